"""Metrics of one ranking against numbers worked out by hand and against trec_eval."""

from math import isnan, log2

import numpy as np
import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.ids import CarrierId
from matcher.domain.judgements import MAX_GRADE
from matcher.evaluation.metrics import (
    expected_random_ndcg,
    exponential_gain,
    hit,
    linear_gain,
    ndcg,
    recall,
    reciprocal_rank,
)

CARRIERS = [CarrierId(f"c{number:02}") for number in range(12)]
A, B, C, D, *_ = CARRIERS
GRADES = {A: 3, B: 2, C: 1}

rankings = st.permutations(CARRIERS)
some_grades = st.dictionaries(st.sampled_from(CARRIERS), st.integers(0, MAX_GRADE), min_size=1)


def test_ndcg_is_one_for_the_ideal_order() -> None:
    assert ndcg([A, B, C], GRADES) == 1.0


def test_ndcg_with_linear_gain_equals_the_sum_worked_out_by_hand() -> None:
    ideal = 3 + 2 / log2(3) + 1 / 2

    assert ndcg([C, D, A], GRADES, gain=linear_gain) == pytest.approx((1 + 3 / 2) / ideal)


def test_ndcg_with_exponential_gain_equals_the_sum_worked_out_by_hand() -> None:
    ideal = 7 + 3 / log2(3) + 1 / 2

    assert ndcg([B, A], GRADES, gain=exponential_gain) == pytest.approx((3 + 7 / log2(3)) / ideal)


def test_the_ideal_is_cut_at_the_same_place_as_the_ranking() -> None:
    assert ndcg([A, D, B], GRADES, k=1) == 1.0


def test_an_empty_list_gains_nothing_where_something_is_relevant() -> None:
    assert ndcg([], GRADES) == recall([], GRADES) == reciprocal_rank([], GRADES) == hit([], GRADES) == 0.0


@pytest.mark.parametrize("metric", [ndcg, recall, reciprocal_rank, hit])
def test_nothing_relevant_is_not_a_zero_but_unknown(metric) -> None:
    assert isnan(metric(CARRIERS, {A: 0}))


def test_recall_reciprocal_rank_and_hit_count_from_the_grade_asked_for() -> None:
    assert recall([C, B, D], GRADES, k=2, relevant=2) == 0.5
    assert reciprocal_rank([C, B, D], GRADES, relevant=2) == 0.5
    assert hit([C, B, D], GRADES, relevant=2) == 0.0
    assert hit([C, B, D], GRADES, k=2, relevant=2) == 1.0


def trec_eval(ranking, grades, *measures):
    """The C implementation; it orders by score, so places become scores."""
    scores = {carrier: float(len(ranking) - place) for place, carrier in enumerate(ranking)}
    return pytrec_eval.RelevanceEvaluator({"q": grades}, set(measures)).evaluate({"q": scores})["q"]


@given(ranking=rankings, grades=some_grades.filter(lambda grades: any(grades.values())))
def test_metrics_equal_those_of_trec_eval(ranking, grades) -> None:
    theirs = trec_eval(ranking, grades, "ndcg_cut.5", "ndcg_cut.10", "recall.5", "recip_rank", "success.1")
    squared = trec_eval(ranking, {carrier: 2**grade - 1 for carrier, grade in grades.items()}, "ndcg_cut.5")

    assert ndcg(ranking, grades, k=5) == pytest.approx(theirs["ndcg_cut_5"])
    assert ndcg(ranking, grades, k=10) == pytest.approx(theirs["ndcg_cut_10"])
    assert ndcg(ranking, grades, k=5, gain=exponential_gain) == pytest.approx(squared["ndcg_cut_5"])
    assert recall(ranking, grades, k=5) == pytest.approx(theirs["recall_5"])
    assert reciprocal_rank(ranking, grades) == pytest.approx(theirs["recip_rank"])
    assert hit(ranking, grades) == theirs["success_1"]


@given(ranking=rankings, grades=some_grades, place=st.integers(0, len(CARRIERS) - 2))
def test_moving_a_better_carrier_up_never_lowers_ndcg(ranking, grades, place) -> None:
    first, second = ranking[place], ranking[place + 1]
    if grades.get(first, 0) >= grades.get(second, 0):
        first, second = second, first
    better, worse = list(ranking), list(ranking)
    better[place : place + 2], worse[place : place + 2] = [second, first], [first, second]

    assert not ndcg(better, grades, k=5) < ndcg(worse, grades, k=5) - 1e-12


def test_the_expected_ndcg_of_chance_is_the_mean_over_many_random_orders() -> None:
    rng = np.random.default_rng(7)
    drawn = [ndcg(list(rng.permutation(CARRIERS)), GRADES, k=5, gain=exponential_gain) for _ in range(4000)]

    assert expected_random_ndcg(CARRIERS, GRADES, k=5, gain=exponential_gain) == pytest.approx(
        np.mean(drawn), abs=3 * np.std(drawn) / np.sqrt(len(drawn))
    )


def test_chance_is_unknown_where_nothing_is_relevant() -> None:
    assert isnan(expected_random_ndcg(CARRIERS, {}))
