import pytest
from hypothesis import given

from matcher.domain.startups import Span
from matcher.understanding.markup import Unset
from tests.unit.matcher.understanding.strategies import any_text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("**Gas** sensors", "Gas sensors"),
        ("Gas**sensoren**", "Gassensoren"),
        ("做**气体**传感器", "做气体传感器"),
        ("__Gas__ sensors, *small* and _cheap_", "Gas sensors, small and cheap"),
        ("# Gas sensors\n## We need", "Gas sensors\nWe need"),
        ("- pumps\n* valves\n  • seals", "pumps\nvalves\nseals"),
        ("<b>Gas</b> sensors <EM class='x'>now</EM>", "Gas sensors now"),
        ("`Gas` sensors, ~~old~~ new", "Gas sensors, old new"),
        ("> We make pumps", "We make pumps"),
    ],
)
def test_marks_that_set_a_text_are_taken_out(text, said) -> None:
    assert Unset.of(text).text == said


@pytest.mark.parametrize(
    "text",
    ["3*4 mm", "2 * 3 * 4", "snake_case_name", "-20 °C", "5* hotel", "a < b and b > c", "No. #3", "***", "~5 mm"],
)
def test_marks_that_say_something_stay(text) -> None:
    assert Unset.of(text).text == text


def test_a_span_is_found_again_in_the_original() -> None:
    original = "# We\n- make **gas** sensors"
    unset = Unset.of(original)
    start = unset.text.index("gas sensors")

    found = unset.span(Span(start, start + len("gas sensors"), "gas sensors"))

    assert found.text == "gas** sensors"
    assert original[found.start : found.end] == found.text


@given(any_text)
def test_every_character_that_is_kept_keeps_its_place(text) -> None:
    unset = Unset.of(text)

    for place, character in enumerate(unset.text):
        assert unset.span(Span(place, place + 1, character)).text == character
