from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.understanding.ages import company_age
from matcher.understanding.asides import asides, without
from matcher.understanding.clauses import clauses
from tests.unit.matcher.understanding.strategies import any_text

TODAY = date(2026, 11, 24)


def left(text) -> list[str]:
    """What may speak for a field."""
    age = company_age(text, TODAY)
    places = clauses(text)
    taken = list(asides(text, places, age.span if age else None))
    return [text[start:end].strip() for start, end in without(places, taken)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wir bauen Ventile, gegründet im Mai 2026", ["Wir bauen Ventile"]),
        ("Valves for ships, a team of nine", ["Valves for ships"]),
        ("做力矩传感器，公司2025年3月成立，九个人", ["做力矩传感器", "公司"]),
        ("Founded in March 2025 to build valves", ["to build valves"]),
        ("Zu dritt bauen wir Ventile", ["bauen wir Ventile"]),
        ("做人形机器人，五人", ["做人形机器人"]),
        ("Profile aus Aluminium 2024", ["Profile aus Aluminium 2024"]),
    ],
)
def test_when_it_was_founded_and_by_how_many_says_nothing_of_what_it_makes(text, expected) -> None:
    assert left(text) == expected


def test_what_is_taken_from_the_middle_leaves_both_sides() -> None:
    assert without([(0, 10), (12, 20)], [(14, 16), (3, 5), (4, 6)]) == [(0, 3), (6, 10), (12, 14), (16, 20)]
    assert without([(0, 4)], [(0, 4)]) == []


@given(any_text, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=6))
def test_nothing_taken_is_left_and_nothing_else_is_lost(text, taken) -> None:
    places = clauses(text)
    spans = [(start, start + length) for start, length in taken]
    inside = {n for start, end in places for n in range(start, end)}
    blocked = {n for start, end in spans for n in range(start, end)}

    assert {n for start, end in without(places, spans) for n in range(start, end)} == inside - blocked
