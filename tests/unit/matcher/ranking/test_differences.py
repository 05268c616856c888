"""Why one match stands before the next: exact differences, and a sentence that says no more than they do."""

from datetime import date

import pytest

from matcher.domain.matches import Criterion
from matcher.domain.startups import Scope
from matcher.ranking.differences import CRITERION_WORDS, NARROW, deciding, with_differences
from matcher.ranking.listing import ListMaker
from matcher.ranking.reranking import CORE_PARK_WITHIN
from tests.factories import a_match, a_part, a_read_profile
from tests.unit.matcher.ranking.worlds import RANKER, TAXONOMY, a_board, a_device_maker, a_plain_carrier

TODAY = date(2026, 11, 22)


def a_scored_match(**parts: float):
    return a_match(criteria=tuple(a_part(Criterion(name), part=part) for name, part in parts.items()))


def sentence_of(first, second, lifted=None) -> str:
    return with_differences([first, second], lifted)[0].before_next.sentence.text


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("subfield", ["biomed.devices", "aerospace.uav", "equipment.laser", "ict.saas_cloud"])
def test_differences_by_criterion_sum_exactly_to_the_difference_of_the_scores(board, subfield, scope) -> None:
    profile = a_read_profile(TAXONOMY, {subfield: 0.7, "materials.coatings": 0.3}, "stage.seed")
    *matches, last = ListMaker(profile, board, RANKER, scope, TODAY).make(20).matches

    for match, following in zip(matches, [*matches[1:], last], strict=True):
        before = match.before_next
        assert before.carrier == following.carrier.id
        assert before.difference == match.score - following.score == sum(before.parts.values())
    assert last.before_next is None


def test_the_sentence_names_the_other_and_the_criterion_that_decides() -> None:
    first = a_scored_match(field=1.0, stage=0.5, services=0.0)
    second = a_scored_match(field=0.0, stage=0.25, services=0.5)
    before = with_differences([first, second], None)[0].before_next

    assert before.sentence.params == {"other": second.carrier.name, "criteria": (CRITERION_WORDS[Criterion.FIELD],)}


@pytest.mark.parametrize(("parts", "named"), [
    ({"field": 1.0, "stage": 0.5, "place": 0.25}, ["field", "stage"]),
    ({"field": 1.0, "stage": 0.25, "place": -0.5}, ["field"]),
    ({"field": 0.5, "stage": 0.5, "place": 0.5}, ["field", "stage"]),
    ({"field": -1.0, "stage": 2.0}, ["stage"]),
])  # fmt: skip
def test_one_or_two_criteria_are_named_the_second_if_it_counts_at_least_half_as_much(parts, named) -> None:
    assert deciding({Criterion(name): part for name, part in parts.items()}) == named


def test_a_narrow_lead_is_called_narrow() -> None:
    second = a_scored_match(field=0.0)

    assert sentence_of(a_scored_match(field=NARROW / 2), second).startswith("Narrowly before")
    assert sentence_of(a_scored_match(field=NARROW), second).startswith("Before")


def test_a_tie_is_called_a_tie() -> None:
    first, second = a_scored_match(field=0.5, stage=0.0), a_scored_match(field=0.0, stage=0.5)
    before = with_differences([first, second], None)[0].before_next

    assert before.difference == 0
    assert before.sentence.text.startswith("Level with")
    assert before.parts == {"field": 0.5, "stage": -0.5}


def test_a_core_park_that_a_rule_put_there_is_not_said_to_be_better() -> None:
    park = a_plain_carrier(id="zz", anchors=("anchor.shaxi_biomed",), industries=("equipment",), subfields=())
    better = [a_plain_carrier(id=f"c{n}", city="太仓") for n in range(5)]
    matches = ListMaker(a_device_maker(), a_board(*better, park), RANKER, Scope.HOME, TODAY).make(10).matches
    lifted = matches[CORE_PARK_WITHIN - 1]

    assert lifted.carrier.id == "zz"
    assert lifted.before_next.difference < 0
    assert "not because of its score" in lifted.before_next.sentence.text
    assert all("core park" not in one.before_next.sentence.text for one in (*matches[:2], *matches[3:-1]))


@pytest.mark.parametrize("n_matches", [0, 1])
def test_a_list_of_one_or_none_has_nothing_to_compare(n_matches) -> None:
    assert all(one.before_next is None for one in with_differences([a_match(before_next=None)] * n_matches, None))


def test_every_criterion_has_words() -> None:
    assert list(CRITERION_WORDS) == list(Criterion)
