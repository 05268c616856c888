"""What is kept of an answer, and what of feedback teaches."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.impressions import FeedbackKind, shown_list
from matcher.domain.interactions import InteractionKind
from matcher.domain.matches import ListOrder
from tests.contracts.test_feedback_contract import a_feedback, a_list
from tests.factories import NOW, a_match, an_answer


def test_an_answer_leaves_ids_ranks_and_scores_and_no_word() -> None:
    answer = an_answer(matches=(a_match(rank=1), a_match(rank=2)))

    shown = shown_list(answer, StartupId("s1"), NOW)

    assert [(place.rank, place.carrier, place.score) for place in shown.places] == [
        (match.rank, match.carrier.id, match.score) for match in answer.matches
    ]
    assert {place.startup for place in shown.places} == {StartupId("s1")}
    assert (shown.request_id, shown.models, shown.registry) == (
        answer.request_id,
        answer.models,
        answer.registry.version,
    )


def test_a_neutral_list_is_recorded_as_such_and_without_scores() -> None:
    shown = shown_list(an_answer(order=ListOrder.NEUTRAL), None, NOW)

    assert shown.order is ListOrder.NEUTRAL
    assert [place.score for place in shown.places] == [None]


def test_a_carrier_has_a_place_only_on_its_list() -> None:
    assert a_list().place_of(CarrierId("c2")).rank == 2
    with pytest.raises(InvalidField, match="c3 was not on this list"):
        a_list().place_of(CarrierId("c3"))


@pytest.mark.parametrize("minutes", [-4, 0, 60, 64])
def test_a_time_between_showing_and_now_is_taken(minutes) -> None:
    at = NOW + timedelta(minutes=minutes)

    assert a_list().happened(at, NOW + timedelta(minutes=60)) == at


@pytest.mark.parametrize("minutes", [-6, 66])
def test_a_time_before_showing_or_after_now_is_refused(minutes) -> None:
    with pytest.raises(InvalidField, match="A time between"):
        a_list().happened(NOW + timedelta(minutes=minutes), NOW + timedelta(minutes=60))


@pytest.mark.parametrize(
    ("kind", "teaches"),
    [
        (FeedbackKind.CLICK, None),
        (FeedbackKind.DISMISSED, None),
        (FeedbackKind.CONTACT, InteractionKind.LEAD),
        (FeedbackKind.VISIT, InteractionKind.VISIT),
        (FeedbackKind.ADMISSION, InteractionKind.ADMISSION),
    ],
)
def test_what_costs_something_teaches_and_keeps_its_rank(kind, teaches) -> None:
    outcome = replace(a_feedback(), kind=kind).outcome

    assert (outcome and outcome.kind) == teaches
    if outcome:
        assert (outcome.rank, outcome.on) == (2, NOW.date())


def test_feedback_of_nobody_teaches_nothing() -> None:
    assert a_feedback(startup=None).outcome is None
