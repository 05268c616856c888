"""Decides whether a ranker may take the place of another: both rank the judged texts on the same readings."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.random import Generator

from matcher.domain.judgements import Qrels
from matcher.domain.matches import Answer
from matcher.evaluation.figures import CUTOFF, METRICS, SHOWN
from matcher.evaluation.folds import partitions
from matcher.evaluation.intervals import (
    Estimate,
    FloatVector,
    IntVector,
    bootstrap,
    group_numbers,
    paired_randomisation,
    weighted_mean,
)
from matcher.ports import Ranker
from matcher.services.relisting import Refit, Relisting

METRIC = f"ndcg{CUTOFF}"
SMALL_LOSS = 0.005  # passes in any case
BEARABLE_LOSS = 0.02  # passes where chance explains it
SURE = 0.05  # below it, chance does not
SPOILT = 0.02  # a ranker that learned from texts does not rank them this much worse than one that had not seen them


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A ranker, and how to learn it again without a part of the judgements, where it learned from them."""

    ranker: Ranker
    refit: Refit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankerVerdict:
    """Mean nDCG@5 of both and the difference; a ranker that learned from judgements is measured out of fold."""

    candidate: float
    in_force: float
    as_it_is: float  # of the candidate's own file, on texts that it may have learned from
    difference: Estimate  # candidate less in force
    p: float  # two-sided, of a paired randomisation test
    n: int  # texts

    @property
    def is_spoilt(self) -> bool:
        """Whether the file is worse than what its recipe learns: its trees are not what was measured out of fold."""
        return not self.as_it_is >= self.candidate - SPOILT

    @property
    def is_worse(self) -> bool:
        """True also where nothing could be measured."""
        loss = -self.difference.value
        if isnan(loss):
            return True
        return loss > SMALL_LOSS and (loss > BEARABLE_LOSS or self.p < SURE)

    @property
    def passes(self) -> bool:
        return not (self.is_worse or self.is_spoilt)


@dataclass(frozen=True, kw_only=True)
class RankerGate:
    """The judged texts, read once, and the carriers that both contenders rank."""

    qrels: Qrels
    answers: Sequence[Answer]  # in the order of the texts
    relisting: Relisting

    def __call__(self, candidate: Contender, in_force: Contender, *, rng: Generator) -> RankerVerdict:
        groups = group_numbers([startup.twin or startup.id for startup in self.qrels.startups])
        divided = partitions(groups, rng)
        first, second = (self._values(one, groups, divided) for one in (candidate, in_force))
        own = self._measured(self.relisting.answers(self.answers, candidate.ranker))
        return RankerVerdict(
            candidate=_mean(first),
            in_force=_mean(second),
            as_it_is=_mean(own),
            difference=bootstrap(weighted_mean(first - second), groups, rng),
            p=paired_randomisation(first, second, groups, rng),
            n=int((~np.isnan(first - second)).sum()),
        )

    def _values(self, contender: Contender, groups: IntVector, divided: Sequence[IntVector]) -> FloatVector:
        """nDCG@5 of each text, averaged over the divisions; NaN where it is not judged."""
        if contender.refit is None:
            return self._measured(self.relisting.answers(self.answers, contender.ranker))
        runs = [
            self.relisting.out_of_fold(self.qrels, self.answers, contender.refit, groups=groups, folds=folds)
            for folds in divided
        ]
        return np.asarray(np.mean([self._measured(run) for run in runs], axis=0), dtype=np.float64)

    def _measured(self, answers: Sequence[Answer]) -> FloatVector:
        grades = [
            self.qrels.grades.get(startup.id, {}) if startup.labels.readable else {} for startup in self.qrels.startups
        ]
        return np.array(
            [
                METRICS[METRIC](answer.carrier_ids[:SHOWN], judged)
                for answer, judged in zip(answers, grades, strict=True)
            ]
        )


def _mean(values: FloatVector) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")
