"""How well texts are read: what was understood of each startup against its labels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import nan

import numpy as np

from matcher.domain.ids import TermId
from matcher.domain.judgements import Labels
from matcher.domain.matches import Answer
from matcher.domain.startups import Finding, Outcome
from matcher.evaluation.intervals import FloatVector, Statistic, macro_f1, micro_f1, share_of, weighted_mean

NEEDS = ("services", "capabilities", "site")
OUTCOMES = tuple(Outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an answer says it understood, in the same words as the labels."""

    outcome: Outcome
    chain: str
    subfields: tuple[TermId, ...]  # most probable first
    stage: TermId | None
    services: frozenset[TermId]
    capabilities: frozenset[TermId]
    site: frozenset[TermId]

    @classmethod
    def of(cls, answer: Answer) -> "Reading":
        profile = answer.profile
        return cls(
            outcome=answer.outcome,
            chain=profile.chain.id,
            subfields=tuple(finding.id for finding in profile.subfields),
            stage=profile.stage.id if profile.stage else None,
            services=_ids(profile.services),
            capabilities=_ids(profile.capabilities),
            site=_ids(profile.site),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFigure:
    """A figure over all texts, and how many of them it speaks of."""

    name: str
    statistic: Statistic
    n: int


def chain_right(label: Labels, reading: Reading) -> float:
    """1 or 0; NaN where the text does not say what the startup does."""
    return float(reading.chain == label.chain) if label.readable else nan


def main_subfield_found(label: Labels, reading: Reading, first: int) -> float:
    """Whether the main sub-field is among the `first` most probable; NaN where the label has none."""
    if not (label.readable and label.subfields):
        return nan
    return float(label.subfields[0] in reading.subfields[:first])


def stage_near(label: Labels, reading: Reading, steps: int, stages: Sequence[TermId]) -> float:
    """Whether the stage is at most `steps` off in the order of `stages`; NaN where the label has none."""
    if not label.readable or label.stage is None:
        return nan
    if reading.stage not in stages:
        return 0.0
    return float(abs(stages.index(reading.stage) - stages.index(label.stage)) <= steps)


def outcome_right(label: Labels, reading: Reading) -> float:
    return float(reading.outcome is label.outcome)


def reading_figures(
    labels: Sequence[Labels], readings: Sequence[Reading], stages: Sequence[TermId]
) -> list[ReadingFigure]:
    """All figures of the reading, in the order in which they are shown."""
    per_text: Mapping[str, Callable[[Labels, Reading], float]] = {
        "chain_acc": chain_right,
        "subfield_top1": partial(main_subfield_found, first=1),
        "subfield_top3": partial(main_subfield_found, first=3),
        "stage_exact": partial(stage_near, steps=0, stages=stages),
        "stage_within1": partial(stage_near, steps=1, stages=stages),
        "outcome_acc": outcome_right,
    }
    figures = [_mean_figure(name, per_text_values(labels, readings, measure)) for name, measure in per_text.items()]
    outcomes = macro_f1(
        np.array([OUTCOMES.index(label.outcome) for label in labels], dtype=np.int64),
        np.array([OUTCOMES.index(reading.outcome) for reading in readings], dtype=np.int64),
        len(OUTCOMES),
    )
    return [
        *figures,
        ReadingFigure(name="outcome_f1", statistic=outcomes, n=len(labels)),
        *(_need_figure(kind, labels, readings) for kind in NEEDS),
    ]


def outcome_figures(labels: Sequence[Labels], readings: Sequence[Reading]) -> list[ReadingFigure]:
    """Precision and recall of each outcome; NaN where it was never said, or never wanted."""
    figures = []
    for outcome in Outcome:
        is_wanted = np.array([label.outcome is outcome for label in labels], dtype=np.float64)
        is_said = np.array([reading.outcome is outcome for reading in readings], dtype=np.float64)
        for kind, is_asked in (("precision", is_said), ("recall", is_wanted)):
            statistic = share_of(is_wanted * is_said, is_asked)
            figures.append(ReadingFigure(name=f"{kind}_{outcome}", statistic=statistic, n=int(is_asked.sum())))
    return figures


def per_text_values(
    labels: Sequence[Labels], readings: Sequence[Reading], measure: Callable[[Labels, Reading], float]
) -> FloatVector:
    """Shape (n_texts,)."""
    return np.array([measure(label, reading) for label, reading in zip(labels, readings, strict=True)], dtype=float)


def _mean_figure(name: str, values: FloatVector) -> ReadingFigure:
    return ReadingFigure(name=name, statistic=weighted_mean(values), n=int((~np.isnan(values)).sum()))


def _need_figure(kind: str, labels: Sequence[Labels], readings: Sequence[Reading]) -> ReadingFigure:
    """Micro-F1 of one kind of need over all texts that come from a startup at all."""
    pairs = [
        (getattr(label, kind), getattr(reading, kind)) if label.outcome is not Outcome.OUT_OF_SCOPE else (set(), set())
        for label, reading in zip(labels, readings, strict=True)
    ]
    counts = np.array([(len(wanted & said), len(wanted), len(said)) for wanted, said in pairs], dtype=float)
    n_shared, n_wanted, n_said = counts.reshape(-1, 3).T
    n_in_scope = sum(label.outcome is not Outcome.OUT_OF_SCOPE for label in labels)
    return ReadingFigure(name=f"{kind}_f1", statistic=micro_f1(n_shared, n_wanted, n_said), n=n_in_scope)


def _ids(findings: Sequence[Finding]) -> frozenset[TermId]:
    return frozenset(finding.id for finding in findings)
