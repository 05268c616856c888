"""From answers and rankings to the figures of a report, all over the same texts in the same order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from math import nan

import numpy as np
from numpy.random import Generator

from matcher.domain.ids import CarrierId
from matcher.domain.judgements import GOOD_GRADE, Grades, JudgedStartup, Qrels, Run
from matcher.domain.matches import Answer
from matcher.domain.messages import Message
from matcher.domain.taxonomy import CHAINS, NO_CHAIN, Facet, Taxonomy
from matcher.evaluation import wording
from matcher.evaluation.exposure import appearances, gini, share_seen
from matcher.evaluation.intervals import (
    Estimate,
    FloatVector,
    IntVector,
    bootstrap,
    group_numbers,
    paired_randomisation,
    weighted_mean,
)
from matcher.evaluation.metrics import expected_random_ndcg, exponential_gain, hit, ndcg, recall, reciprocal_rank
from matcher.evaluation.promises import core_park_found, n_excluded_wrongly, twin_overlaps
from matcher.evaluation.reading import Reading, chain_right, outcome_figures, per_text_values, reading_figures
from matcher.evaluation.report import Comparison, Figure

CUTOFF = 5  # of nDCG
SHOWN = 10  # the length of a list
FIRST = 3  # where the core park is expected
BASELINES = (
    *("prior", "chain_stage_table", "chain_table", "popularity"),  # the tables and popularity are cross-validated
    *("embedding", "tfidf", "bm25", "random"),
)

Metric = Callable[[Sequence[CarrierId], Grades], float]
METRICS: Mapping[str, Metric] = {
    "ndcg5": partial(ndcg, k=CUTOFF, gain=exponential_gain),
    "hit1_grade2": partial(hit, k=1, relevant=GOOD_GRADE),
    "mrr_grade2": partial(reciprocal_rank, relevant=GOOD_GRADE),
    "recall10_grade2": partial(recall, k=SHOWN, relevant=GOOD_GRADE),
}


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The judged texts with their answers, and what each system ranked for them."""

    qrels: Qrels
    answers: Sequence[Answer]  # in the order of the texts
    runs: Mapping[str, Sequence[Run]]  # of each system but random order; figures are averaged over its runs
    carriers: Sequence[CarrierId]  # those that were ranked
    parks: Mapping[str, CarrierId]  # the core park of each chain
    taxonomy: Taxonomy
    rng: Generator

    def figures(self) -> tuple[Figure, ...]:
        """In the order in which they are shown."""
        return (
            *self._reading(),
            *self._ranking(),
            *self._languages(),
            *self._chains(),
            *self._promises(),
            *self._exposure(),
        )

    def comparisons(self) -> tuple[Comparison, ...]:
        """With each system that does not list the same as the released one."""
        released = self.values("ndcg5", "released")
        others = [one for one in BASELINES if self.runs.get(one) != self.runs["released"]]
        return tuple(self._comparison(released, baseline) for baseline in others)

    @cached_property
    def groups(self) -> IntVector:
        return group_numbers([startup.twin or startup.id for startup in self.qrels.startups])

    @cached_property
    def readings(self) -> list[Reading]:
        return [Reading.of(answer) for answer in self.answers]

    @cached_property
    def _n_judged(self) -> int:
        return sum(startup.labels.readable for startup in self.qrels.graded)

    def _reading(self) -> list[Figure]:
        labels = [startup.labels for startup in self.qrels.startups]
        stages = self.taxonomy.ids(Facet.STAGE)
        by_group = {
            "reading": reading_figures(labels, self.readings, stages),
            "outcomes": outcome_figures(labels, self.readings),
        }
        return [
            Figure(
                group=group,
                name=one.name,
                label=wording.READING[one.name],
                estimate=bootstrap(one.statistic, self.groups, self.rng),
                n=one.n,
            )
            for group, figures in by_group.items()
            for one in figures
        ]

    def _ranking(self) -> list[Figure]:
        shown = [(name, name, "released") for name in METRICS]
        shown += [(f"ndcg5_{system}", "ndcg5", system) for system in BASELINES]
        return [
            self._mean("ranking", name, wording.of_system(metric, system), self.values(metric, system))
            for name, metric, system in shown
        ]

    def _languages(self) -> list[Figure]:
        chain = per_text_values([startup.labels for startup in self.qrels.startups], self.readings, chain_right)
        of_all = {
            "chain_acc": (wording.READING["chain_acc"], chain),
            "ndcg5": (wording.RANKING["ndcg5"], self.values("ndcg5", "released")),
        }
        return [
            self._mean(
                "languages",
                f"{name}_{language}",
                wording.in_language(label, language),
                np.where([startup.language is language for startup in self.qrels.startups], values, nan),
            )
            for name, (label, values) in of_all.items()
            for language in wording.LANGUAGES
        ]

    def _chains(self) -> list[Figure]:
        ndcg5 = self.values("ndcg5", "released")
        return [
            self._mean(
                "chains",
                f"ndcg5_{chain}",
                wording.in_chain(wording.RANKING["ndcg5"], wording.chain_name(chain, self.taxonomy)),
                np.where([startup.labels.chain == chain for startup in self.qrels.startups], ndcg5, nan),
            )
            for chain in (*CHAINS, NO_CHAIN)
        ]

    def _promises(self) -> list[Figure]:
        shown = {startup.id: answer.carrier_ids[:SHOWN] for startup, answer in self._pairs}
        overlaps = twin_overlaps(shown, self.qrels.startups, SHOWN)
        excluded = sum(len(answer.not_eligible) for answer in self.answers)
        wrongly = sum(
            n_excluded_wrongly(answer, self.qrels.grades.get(startup.id, {})) for startup, answer in self._pairs
        )
        park_found = [core_park_found(startup, answer, self.parks, FIRST) for startup, answer in self._pairs]
        return [
            _plain("promises", "twin_overlap10", wording.TWIN_OVERLAP, _mean_of(overlaps), len(overlaps)),
            self._mean("promises", "core_park_top3", wording.CORE_PARK, np.array(park_found)),
            _plain("promises", "n_excluded", wording.EXCLUDED, excluded, len(self.answers)),
            _plain("promises", "n_excluded_wrongly", wording.EXCLUDED_WRONGLY, wrongly, excluded),
        ]

    def _exposure(self) -> list[Figure]:
        lists = [answer.carrier_ids for answer in self.answers]
        seen = [
            _plain(
                "exposure",
                f"seen_top{k}",
                Message.of(wording.SEEN, k=k),
                share_seen(lists, self.carriers, k),
                len(self.carriers),
            )
            for k in (CUTOFF, SHOWN)
        ]
        inequality = gini(appearances(lists, self.carriers, SHOWN))
        label = Message.of(wording.GINI, k=SHOWN)
        return [*seen, _plain("exposure", "gini_top10", label, inequality, len(self.carriers))]

    def _comparison(self, released: FloatVector, baseline: str) -> Comparison:
        other = self.values("ndcg5", baseline)
        return Comparison(
            baseline=baseline,
            label=wording.against(baseline),
            difference=bootstrap(weighted_mean(released - other), self.groups, self.rng),
            p=paired_randomisation(released, other, self.groups, self.rng),
        )

    @property
    def _pairs(self) -> list[tuple[JudgedStartup, Answer]]:
        return list(zip(self.qrels.startups, self.answers, strict=True))

    def values(self, metric: str, system: str) -> FloatVector:
        """Of each text, shape (n_texts,); NaN where it has no grades or no carrier is relevant."""
        judged = [
            (startup.id, self.qrels.grades.get(startup.id, {}) if startup.labels.readable else {})
            for startup in self.qrels.startups
        ]
        if system == "random":
            return np.array(
                [expected_random_ndcg(self.carriers, grades, CUTOFF, exponential_gain) for _, grades in judged]
            )
        by_run = [
            [METRICS[metric](run.get(startup_id, ()), grades) for startup_id, grades in judged]
            for run in self.runs[system]
        ]
        return np.asarray(np.mean(by_run, axis=0), dtype=np.float64)

    def _mean(self, group: str, name: str, label: Message, values: FloatVector) -> Figure:
        n = int((~np.isnan(values)).sum())
        estimate = bootstrap(weighted_mean(values), self.groups, self.rng)
        n_without = self._n_judged - n if group == "ranking" else 0
        return Figure(group=group, name=name, label=label, estimate=estimate, n=n, n_without=n_without)


def _plain(group: str, name: str, label: Message, value: float, n: int) -> Figure:
    """A figure without an interval."""
    return Figure(group=group, name=name, label=label, estimate=Estimate(value=value, low=nan, high=nan), n=n)


def _mean_of(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else nan
