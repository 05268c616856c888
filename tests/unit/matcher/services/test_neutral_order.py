"""The neutral order: the same carriers, by name, whatever their scores."""

from datetime import date

import pytest

from matcher.domain.matches import ListOrder
from matcher.domain.messages import Language
from matcher.domain.name_order import name_key
from matcher.domain.startups import Description, Outcome, Scope, Stated
from matcher.services.recommend import Query
from tests.unit.matcher.services.texts import WRITTEN

TODAY = date(2026, 11, 22)
CATHETERS = WRITTEN[15].text


def ask(recommend, order=ListOrder.NEUTRAL, text=CATHETERS, language=None, k=100, scope=Scope.DELTA, **stated):
    description = Description(text=text, stated=Stated(**stated))
    query = Query(description=description, k=k, scope=scope, order=order, language=language, request_id="r")
    return recommend(query, on=TODAY)


@pytest.mark.parametrize("language", [Language.ZH, Language.EN, Language.DE])
def test_carriers_stand_by_their_names_in_the_callers_language(recommend, language) -> None:
    answer = ask(recommend, language=language)

    names = [match.carrier.name.say(language) for match in answer.matches]
    assert names == sorted(names, key=lambda name: name_key(name, language))
    assert [match.rank for match in answer.matches] == list(range(1, len(names) + 1))
    assert answer.order is ListOrder.NEUTRAL


def test_the_same_carriers_are_eligible_as_in_the_ranked_list(recommend) -> None:
    ranked = ask(recommend, ListOrder.FIT, scope=Scope.HOME)
    excluded = ranked.matches[0].carrier.id

    one, other = (ask(recommend, order, scope=Scope.HOME, exclude=frozenset({excluded})) for order in ListOrder)

    assert set(one.carrier_ids) == set(other.carrier_ids)
    assert {no.carrier.id for no in one.not_eligible} == {no.carrier.id for no in other.not_eligible} >= {excluded}


def test_no_other_startup_gets_another_order(recommend) -> None:
    drones = ask(recommend, text=WRITTEN[10].text, language=Language.EN)
    catheters = ask(recommend, language=Language.EN)

    in_both = set(drones.carrier_ids) & set(catheters.carrier_ids)
    assert len(in_both) > 10
    assert [one for one in drones.carrier_ids if one in in_both] == [
        one for one in catheters.carrier_ids if one in in_both
    ]


def test_a_short_list_is_the_beginning_of_a_long_one(recommend) -> None:
    assert ask(recommend, k=5).carrier_ids == ask(recommend).carrier_ids[:5]


def test_it_says_so_and_says_nothing_that_rests_on_places_by_score(recommend) -> None:
    answer = ask(recommend)

    assert any("alphabetical order" in str(note) for note in answer.general)
    assert answer.advice == answer.questions == ()
    assert {match.before_next for match in answer.matches} == {None}


def test_a_vague_text_still_gets_its_questions(recommend) -> None:
    answer = ask(recommend, text="We have a great idea and look for a place.")

    assert answer.outcome is Outcome.NEEDS_MORE_INFORMATION
    assert answer.questions
