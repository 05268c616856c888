"""Do the probabilities beside matches and findings hold? Figures and reliability curves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.random import Generator

from matcher.domain.calibration import FloatVector
from matcher.domain.ids import StartupId
from matcher.domain.judgements import GOOD_GRADE, Grades, JudgedStartup, Labels
from matcher.domain.matches import Answer, Band
from matcher.domain.startups import Profile
from matcher.evaluation import wording
from matcher.evaluation.calibration import (
    Bins,
    band_bins,
    band_numbers,
    brier,
    calibration_error,
    cross_fitted,
    equal_mass_bins,
    reliability,
)
from matcher.evaluation.intervals import IntVector, Statistic, bootstrap, share_of
from matcher.evaluation.report import Curve, Figure

BANDS = (Band.LOW, Band.MEDIUM, Band.HIGH)  # by number
SHOWN = 10  # the length of a list
N_BINS_OF_MATCHES, N_BINS_OF_TEXTS = 10, 5  # about a hundred matches and twenty texts in each


Found = Callable[[Labels, Profile], tuple[float, float] | None]  # probability and 1 or 0; None: nothing to compare


def _chain(labels: Labels, profile: Profile) -> tuple[float, float]:
    return profile.chain.probability, float(profile.chain.id == labels.chain)


def _subfield(labels: Labels, profile: Profile) -> tuple[float, float] | None:
    if not (profile.subfields and labels.subfields):
        return None
    return profile.subfields[0].probability, float(profile.subfields[0].id == labels.subfields[0])


def _stage(labels: Labels, profile: Profile) -> tuple[float, float] | None:
    if profile.stage is None or labels.stage is None:
        return None
    return profile.stage.probability, float(profile.stage.id == labels.stage)


FINDINGS: Mapping[str, Found] = {"ece_chain": _chain, "ece_subfield": _subfield, "ece_stage": _stage}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Listed carriers of judged texts, one row each."""

    texts: IntVector  # the number of the text
    ranks: IntVector  # from 1
    scores: FloatVector
    good: FloatVector  # 1 where the grade is 2 or 3, else 0


def listed_pairs(
    startups: Sequence[JudgedStartup], answers: Sequence[Answer], grades: Mapping[StartupId, Grades]
) -> Pairs:
    """All matches of the answers whose texts have grades; one answer for each startup."""
    rows = [
        (number, one.rank, one.score, grades[startup.id].get(one.carrier.id, 0) >= GOOD_GRADE)
        for number, (startup, answer) in enumerate(zip(startups, answers, strict=True))
        if startup.id in grades
        for one in answer.matches
    ]
    columns = np.array(rows, dtype=np.float64).reshape(-1, 4).T
    return Pairs(columns[0].astype(np.int64), columns[1].astype(np.int64), columns[2], columns[3])


@dataclass(frozen=True, slots=True)
class Promised:
    """Probabilities of one kind with what came true, each belonging to a text."""

    name: str
    texts: IntVector
    probabilities: FloatVector
    outcomes: FloatVector
    bins: Bins

    def error(self, n_texts: int) -> Statistic:
        return calibration_error(self.probabilities, self.outcomes, self.bins, self.texts, n_texts)

    def curve(self) -> Curve:
        return Curve(
            name=self.name,
            label=wording.CALIBRATION[self.name],
            bins=reliability(self.probabilities, self.outcomes, self.bins),
        )


@dataclass(frozen=True, kw_only=True)
class Trust:
    """The judged texts and their answers; `folds` and `groups` hold one number for each text."""

    startups: Sequence[JudgedStartup]
    answers: Sequence[Answer]  # as they are given
    pairs: Pairs  # whose scores no text of the same fold has shaped
    folds: IntVector
    groups: IntVector
    rng: Generator

    def figures(self) -> list[Figure]:
        matches = self._matches()
        squares = brier(matches.probabilities, matches.outcomes, matches.texts, len(self.startups))
        return [
            *(self._figure(one.name, one.error(len(self.startups)), len(one.texts)) for one in self._promised),
            self._figure("brier_matches", squares, len(matches.texts)),
            *self._bands(matches),
        ]

    def curves(self) -> tuple[Curve, ...]:
        return tuple(one.curve() for one in self._promised)

    @cached_property
    def _promised(self) -> list[Promised]:
        matches = self._matches()
        by_band = replace(matches, name="ece_bands", bins=band_bins(matches.probabilities))
        return [matches, by_band, *(self._findings(name, found) for name, found in FINDINGS.items())]

    def _matches(self) -> Promised:
        """The first ten of each list, with probabilities from a curve fitted without their text."""
        pairs = self.pairs
        probabilities = cross_fitted(pairs.scores, pairs.good, self.folds[pairs.texts])
        shown = (pairs.ranks <= SHOWN) & ~np.isnan(probabilities)
        texts, known = pairs.texts[shown], probabilities[shown]
        return Promised("ece_matches", texts, known, pairs.good[shown], equal_mass_bins(known, N_BINS_OF_MATCHES))

    def _findings(self, name: str, found: Found) -> Promised:
        rows = [
            (number, *one)
            for number, (startup, answer) in enumerate(zip(self.startups, self.answers, strict=True))
            if startup.labels.readable and (one := found(startup.labels, answer.profile)) is not None
        ]
        texts, probabilities, outcomes = np.array(rows, dtype=np.float64).reshape(-1, 3).T
        bins = equal_mass_bins(probabilities, N_BINS_OF_TEXTS)
        return Promised(name, texts.astype(np.int64), probabilities, outcomes, bins)

    def _bands(self, matches: Promised) -> list[Figure]:
        """How many matches of each band are good ones."""
        texts, good = matches.texts, matches.outcomes
        bands = band_numbers(matches.probabilities)
        figures = []
        for number, band in enumerate(BANDS):
            is_band = bands == number
            n_good = np.bincount(texts[is_band], weights=good[is_band], minlength=len(self.startups)).astype(np.float64)
            n_all = np.bincount(texts[is_band], minlength=len(self.startups)).astype(np.float64)
            figures.append(self._figure(f"good_{band}", share_of(n_good, n_all), int(is_band.sum())))
        return figures

    def _figure(self, name: str, statistic: Statistic, n: int) -> Figure:
        estimate = bootstrap(statistic, self.groups, self.rng)
        return Figure(group="calibration", name=name, label=wording.CALIBRATION[name], estimate=estimate, n=n)
