"""Figures of reading, worked out by hand."""

from math import isnan

import numpy as np
import pytest

from matcher.domain.ids import TermId
from matcher.domain.judgements import Labels
from matcher.domain.startups import Outcome
from matcher.evaluation.reading import Reading, reading_figures, stage_near

STAGES = [TermId(f"stage.{name}") for name in ("team", "seed", "incubation", "growth", "industrial")]
ROBOTS, LASERS = TermId("equipment.robotics"), TermId("equipment.laser")


def a_label(**changes) -> Labels:
    return Labels(
        **{
            "outcome": Outcome.RANKED,
            "chain": "equipment",
            "industry": TermId("equipment"),
            "subfields": (ROBOTS,),
            "stage": STAGES[1],
            **changes,
        }
    )


def a_reading(**changes) -> Reading:
    return Reading(
        **{
            "outcome": Outcome.RANKED,
            "chain": "equipment",
            "subfields": (ROBOTS, LASERS),
            "stage": STAGES[1],
            "services": frozenset(),
            "capabilities": frozenset(),
            "site": frozenset(),
            **changes,
        }
    )


def figures(*pairs):
    labels, readings = zip(*pairs, strict=True)
    weights = np.ones((1, len(pairs)))
    return {figure.name: figure.statistic(weights)[0] for figure in reading_figures(labels, readings, STAGES)}


def counts(*pairs):
    labels, readings = zip(*pairs, strict=True)
    return {figure.name: figure.n for figure in reading_figures(labels, readings, STAGES)}


def test_field_and_stage_are_asked_only_of_texts_that_say_what_the_startup_does() -> None:
    vague = a_label(outcome=Outcome.NEEDS_MORE_INFORMATION, chain="none", subfields=(), stage=None)

    of = counts((a_label(), a_reading()), (vague, a_reading(outcome=Outcome.NEEDS_MORE_INFORMATION)))

    assert of["chain_acc"] == of["subfield_top3"] == of["stage_exact"] == 1
    assert of["outcome_acc"] == 2


def test_only_the_main_sub_field_counts_and_its_place_among_those_read() -> None:
    second = a_label(subfields=(LASERS, ROBOTS))

    of = figures((a_label(), a_reading()), (second, a_reading()), (a_label(), a_reading(subfields=())))

    assert of["subfield_top1"] == pytest.approx(1 / 3)
    assert of["subfield_top3"] == pytest.approx(2 / 3)


def test_a_stage_next_to_the_right_one_is_within_one_step() -> None:
    of = figures(
        (a_label(), a_reading()),
        (a_label(), a_reading(stage=STAGES[2])),
        (a_label(), a_reading(stage=STAGES[4])),
        (a_label(), a_reading(stage=None)),
    )

    assert of["stage_exact"] == 0.25
    assert of["stage_within1"] == 0.5


def test_a_stage_that_cannot_be_told_from_the_text_is_not_asked() -> None:
    assert isnan(stage_near(a_label(stage=None), a_reading(), steps=0, stages=STAGES))


def test_the_f1_of_outcomes_is_the_mean_over_those_that_occur() -> None:
    adjacent = a_label(outcome=Outcome.NO_CORE_CHAIN, chain="none", subfields=())

    of = figures(
        (a_label(), a_reading()),
        (a_label(), a_reading(outcome=Outcome.OUT_OF_SCOPE)),
        (adjacent, a_reading(outcome=Outcome.NO_CORE_CHAIN)),
        (adjacent, a_reading()),
    )

    f1_of_ranked, f1_of_no_core_chain = 2 / (2 + 2), 2 / (1 + 2)
    assert of["outcome_f1"] == pytest.approx((f1_of_ranked + f1_of_no_core_chain) / 2)
    assert of["outcome_acc"] == 0.5


def test_needs_are_counted_together_over_all_texts_of_startups() -> None:
    site, market = TermId("service.site"), TermId("service.market")
    beside = a_label(outcome=Outcome.OUT_OF_SCOPE, chain="none", subfields=(), services=frozenset({market}))

    of = figures(
        (a_label(services=frozenset({site, market})), a_reading(services=frozenset({site}))),
        (a_label(), a_reading(services=frozenset({market}))),
        (beside, a_reading(outcome=Outcome.OUT_OF_SCOPE)),
    )

    assert of["services_f1"] == pytest.approx(2 * 1 / (2 + 2))
    assert isnan(of["site_f1"])
