"""How good one ranking is, measured on the graded carriers of one startup."""

from collections.abc import Callable, Sequence
from math import log2, nan

from matcher.domain.ids import CarrierId
from matcher.domain.judgements import Grades

Gain = Callable[[int], float]


def linear_gain(grade: int) -> float:
    """Source: Järvelin & Kekäläinen, ACM TOIS 20(4), 2002."""
    return float(grade)


def exponential_gain(grade: int) -> float:
    """2 ** grade - 1: one grade up counts about twice. Source: Burges et al., ICML 2005."""
    return 2.0**grade - 1.0


def ndcg(ranking: Sequence[CarrierId], grades: Grades, k: int = 10, gain: Gain = linear_gain) -> float:
    """Normalised discounted cumulative gain of one ranking.

    Args:
        ranking: carrier ids, best first; ties are already broken.
        grades: judged carriers of this startup; an unjudged one counts as 0.
        k: cutoff; the ideal ranking is cut at the same k.
        gain: what a grade is worth; 0 for grade 0.

    Returns:
        In [0, 1]. NaN when no carrier is relevant: such a startup is counted apart, never scored 0.

    Source: Järvelin & Kekäläinen, ACM TOIS 20(4), 2002.
    """
    ideal = _dcg(sorted(grades.values(), reverse=True)[:k], gain)
    return _dcg([grades.get(carrier, 0) for carrier in ranking[:k]], gain) / ideal if ideal else nan


def expected_random_ndcg(carriers: Sequence[CarrierId], grades: Grades, k: int = 10, gain: Gain = linear_gain) -> float:
    """What `ndcg` is on average over all orders of these carriers, exactly: each place gets the mean gain."""
    ideal = _dcg(sorted(grades.values(), reverse=True)[:k], gain)
    if not ideal or not carriers:
        return nan
    mean_gain = sum(gain(grades.get(carrier, 0)) for carrier in carriers) / len(carriers)
    return mean_gain * sum(_discount(place) for place in range(min(k, len(carriers)))) / ideal


def recall(ranking: Sequence[CarrierId], grades: Grades, k: int = 10, relevant: int = 1) -> float:
    """Share of the relevant carriers (grade at least `relevant`) among the first k; NaN where there is none."""
    wanted = _relevant(grades, relevant)
    return len(wanted.intersection(ranking[:k])) / len(wanted) if wanted else nan


def reciprocal_rank(ranking: Sequence[CarrierId], grades: Grades, relevant: int = 1) -> float:
    """One over the place of the first relevant carrier, 0 where none is listed; NaN where there is none."""
    wanted = _relevant(grades, relevant)
    if not wanted:
        return nan
    return next((1 / place for place, carrier in enumerate(ranking, start=1) if carrier in wanted), 0.0)


def hit(ranking: Sequence[CarrierId], grades: Grades, k: int = 1, relevant: int = 1) -> float:
    """1 where a relevant carrier is among the first k, else 0; NaN where there is none."""
    wanted = _relevant(grades, relevant)
    return float(not wanted.isdisjoint(ranking[:k])) if wanted else nan


def _relevant(grades: Grades, relevant: int) -> set[CarrierId]:
    return {carrier for carrier, grade in grades.items() if grade >= relevant}


def _dcg(grades: Sequence[int], gain: Gain) -> float:
    return sum(gain(grade) * _discount(place) for place, grade in enumerate(grades))


def _discount(place: int) -> float:
    return 1 / log2(place + 2)  # places from 0
