"""Decides whether a reader may take the place of another: both read the judged texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from matcher.domain.ids import TermId
from matcher.domain.judgements import Qrels
from matcher.domain.matches import Answer
from matcher.evaluation.reading import Reading, reading_figures

SHOWN = ("chain_acc", "subfield_top1", "subfield_top3", "stage_exact", "stage_within1", "outcome_acc", "outcome_f1")
GUARDED = ("chain_acc", "subfield_top3", "outcome_f1")
BEARABLE_LOSS = 0.02
ROUNDING = 1e-9  # a fall of exactly the bearable loss is bearable


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPair:
    """One figure of both readers; NaN where it could not be measured."""

    name: str
    candidate: float
    in_force: float
    n: int  # texts

    @property
    def stops(self) -> bool:
        """Whether it alone stops the promotion."""
        loss = self.in_force - self.candidate
        return self.name in GUARDED and (isnan(loss) or loss > BEARABLE_LOSS + ROUNDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderVerdict:
    figures: tuple[ReadingPair, ...]

    @property
    def worse(self) -> tuple[str, ...]:
        """The names of the figures that stop the promotion."""
        return tuple(one.name for one in self.figures if one.stops)

    @property
    def passes(self) -> bool:
        return not self.worse


def compare_readers(
    qrels: Qrels, candidate: Sequence[Answer], in_force: Sequence[Answer], stages: Sequence[TermId]
) -> ReaderVerdict:
    """The figures of both readers on the judged texts.

    Args:
        qrels: the judged texts.
        candidate: answers with its readings, in the order of the texts.
        in_force: the same with the other reader.
        stages: in their order.
    """
    labels, once = [startup.labels for startup in qrels.startups], np.ones((1, len(qrels.startups)))
    first, second = (
        {one.name: one for one in reading_figures(labels, [Reading.of(answer) for answer in answers], stages)}
        for answers in (candidate, in_force)
    )
    return ReaderVerdict(
        figures=tuple(
            ReadingPair(
                name=name,
                candidate=float(first[name].statistic(once)[0]),
                in_force=float(second[name].statistic(once)[0]),
                n=first[name].n,
            )
            for name in SHOWN
        )
    )
