"""On the judged texts no figure may fall below its floor, or behind what was once reached.

The texts are invented and judged by one assessor: the gate guards against getting worse, it proves no quality.
"""

import json

import pytest

from matcher.evaluation.report import EvaluationReport
from tests.quality.real_thing import BASELINE, GUARDED, evaluated

RECORDED = json.loads(BASELINE.read_text(encoding="utf-8"))
FLOORS = {
    "chain_acc": 0.70,
    "subfield_top3": 0.66,
    "stage_exact": 0.54,
    "stage_within1": 0.90,
    "outcome_acc": 0.70,
    "core_park_top3": 1.0,
}


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> EvaluationReport:
    return evaluated(tmp_path_factory.mktemp("quality"))


@pytest.mark.parametrize("name", FLOORS)
def test_a_figure_reaches_its_floor(report: EvaluationReport, name: str) -> None:
    assert report.value(name) >= FLOORS[name]


@pytest.mark.parametrize("name", GUARDED)
def test_a_figure_does_not_fall_behind_the_recorded_one(report: EvaluationReport, name: str) -> None:
    assert report.value(name) >= RECORDED["figures"][name] - RECORDED["tolerance"]


@pytest.mark.parametrize("baseline", ["chain_table", "popularity", "embedding", "tfidf", "bm25", "random"])
def test_the_released_ranker_is_better_than_simpler_ones_beyond_chance(report: EvaluationReport, baseline: str) -> None:
    comparison = next(one for one in report.comparisons if one.baseline == baseline)

    assert comparison.difference.low > 0
    assert comparison.p < 0.05


@pytest.mark.parametrize(("name", "most"), [("ece_bands", 0.06), ("ece_matches", 0.06)])
def test_probabilities_of_matches_hold_on_texts_that_they_were_not_fitted_on(
    report: EvaluationReport, name: str, most: float
) -> None:
    assert report.value(name) <= most


def test_all_judged_texts_and_all_carriers_of_the_home_city_are_measured(report: EvaluationReport) -> None:
    assert (report.n_texts, report.n_graded, report.n_carriers) == (120, 108, 29)
