"""What to know before a visit, and what to do next."""

from datetime import date

import pytest

from matcher.domain.carriers import Confidence, Status
from matcher.domain.matches import Criterion
from matcher.ranking.next_steps import flags_of, next_step
from tests.factories import a_carrier, a_part
from tests.unit.matcher.ranking.worlds import TAXONOMY

TODAY = date(2026, 11, 22)


def flags(lifted=False, **record) -> list[str]:
    return [str(flag) for flag in flags_of(a_carrier(**record), TODAY, lifted)]


def step(*parts, **record) -> str:
    return str(next_step(a_carrier(**record), parts, TAXONOMY))


def test_a_well_known_open_carrier_raises_no_doubt() -> None:
    assert flags() == []


@pytest.mark.parametrize(("record", "words"), [
    ({"status": Status.PLANNED}, "Planned"),
    ({"status": Status.UNDER_CONSTRUCTION}, "Under construction"),
    ({"status": Status.UNKNOWN}, "not on record"),
    ({"status_as_of": None}, "No source says"),
    ({"status_as_of": "2020-05"}, "2020-05"),
    ({"status_as_of": "2020"}, "much may have changed"),
    ({"confidence": Confidence.LOW}, "weak sources"),
    ({"lifted": True}, "its score is lower"),
])  # fmt: skip
def test_one_doubt_is_one_flag(record, words) -> None:
    (flag,) = flags(**record)

    assert words in flag


def test_when_a_plan_was_last_seen_open_is_not_asked() -> None:
    assert flags(status=Status.PLANNED, status_as_of=None) == ["Planned: not available yet."]


@pytest.mark.parametrize(("n", "as_of", "words"), [
    (3, "2026-11-01", "Places left: 3, as of 2026-11-01."),
    (3, None, "Places left: 3, as of ?."),
    (0, "2026-08-24", "No place was left as of 2026-08-24; ask when one comes free."),
    (0, "2026-08-23", "As of 2026-08-23, no place was left; that may have changed, so ask."),
    (0, "2026-09", "No place was left as of 2026-09; ask when one comes free."),
    (0, "2026", "As of 2026, no place was left; that may have changed, so ask."),
    (0, None, "As of ?, no place was left; that may have changed, so ask."),
])  # fmt: skip
def test_places_left_are_told_with_their_date_and_a_count_of_none_holds_ninety_days(n, as_of, words) -> None:
    assert flags(places_left=n, places_left_as_of=as_of) == [words]


def test_where_no_place_was_left_that_is_asked_first() -> None:
    assert step(a_part(), places_left=0) == "Get in touch and ask first whether a place is free."
    assert "place is free" not in step(a_part(), places_left=1)


def test_what_is_unknown_is_asked_first_and_each_thing_once() -> None:
    unknown = tuple(TAXONOMY.ids(TAXONOMY.terms[0].facet)[:2])
    said = step(a_part(unknown=unknown), a_part(Criterion.SERVICES, unknown=unknown))

    assert said.startswith("Get in touch and ask first")
    assert all(said.count(TAXONOMY.label(term).en) == 1 for term in unknown)


def test_where_nothing_is_unknown_a_visit_is_next_and_where_nothing_is_open_the_date() -> None:
    assert step(a_part(unknown=())) == "Get in touch and arrange a visit."
    assert "when it opens" in step(a_part(), status=Status.PLANNED)
