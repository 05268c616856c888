"""How many places are left, and who says so."""

import pytest

from matcher.domain.errors import CarrierNotFound, InvalidField
from matcher.services.known_places import Places, PlacesFrom, known_places, with_more
from tests.factories import a_carrier


def test_a_file_comes_before_the_record_and_the_record_before_what_is_assumed() -> None:
    records = {one: a_carrier(id=one, places_left=4, places_left_as_of="2026-10-01") for one in ("a", "b", "c")}
    records["d"] = a_carrier(id="d", places_left=None)

    places = known_places(["a", "b", "d"], records, {"b": 9, "c": None}, assumed=2)

    assert places == {
        "a": Places(4, PlacesFrom.RECORD, "2026-10-01"),
        "b": Places(9, PlacesFrom.FILE),
        "c": Places(2, PlacesFrom.ASSUMED),  # the file says that it is unknown
        "d": Places(2, PlacesFrom.ASSUMED),
    }


def test_no_place_left_is_known_and_nothing_is_assumed_unasked() -> None:
    records = {"full": a_carrier(id="full", places_left=0)}

    places = known_places(["full", "silent"], records, {}, assumed=None)

    assert places == {"full": Places(0, PlacesFrom.RECORD, None), "silent": Places(None, PlacesFrom.NOWHERE)}


def test_places_are_added_to_what_is_known_alone() -> None:
    places = {"a": Places(1, PlacesFrom.FILE), "silent": Places(None, PlacesFrom.NOWHERE)}

    assert with_more(places, {"a": 10})["a"] == Places(11, PlacesFrom.FILE)
    with pytest.raises(InvalidField, match="How many places silent has is not known"):
        with_more(places, {"silent": 1})
    with pytest.raises(CarrierNotFound, match="nobody"):
        with_more(places, {"nobody": 1})
