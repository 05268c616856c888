"""Terms of word lists, found in running text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from matcher.understanding.terms import TermIndex

INDEX = TermIndex(
    {
        "tools": ["硬质合金", "硬质合金刀片", "end mill", "Wendeschneidplatte", "PCD"],
        "drones": ["无人机", "drone", "flight controller"],
        "parts": ["Drehteil", "EN 9100", "flight controller"],
    },
    left_out=["SiC"],
)


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.name, text[hit.start : hit.end]) for hit in INDEX.hits(text)]


def test_the_longest_term_wins() -> None:
    assert found("我们做硬质合金刀片。") == [("tools", "硬质合金刀片")]


def test_a_latin_term_is_a_whole_word_whatever_its_case_and_ending() -> None:
    assert found("End mills, Drehteile; dronelike") == [("tools", "End mills"), ("parts", "Drehteile")]


def test_marks_within_a_term_do_not_matter() -> None:
    assert found("EN-9100 certified") == [("parts", "EN-9100")]


def test_a_term_of_two_lists_points_to_both() -> None:
    assert {name for name, _ in found("a flight controller")} == {"drones", "parts"}


def test_a_word_with_several_senses_points_nowhere() -> None:
    index = TermIndex({"chips": ["SiC", "SiC wafer"]}, left_out=["SiC"])

    assert [hit.name for hit in index.hits("SiC")] == []
    assert [hit.name for hit in index.hits("SiC wafers")] == ["chips"]


def test_a_short_term_weighs_less() -> None:
    short, long = next(iter(INDEX.hits("PCD"))), next(iter(INDEX.hits("Wendeschneidplatten")))

    assert short.weight < long.weight


def test_no_lists_find_nothing() -> None:
    assert list(TermIndex({}).hits("anything")) == []


@given(st.text(alphabet="硬质合金刀片无人机 drone.-PCDend mill\n", max_size=80))
def test_hits_stand_in_order_and_never_cut_a_word(text) -> None:
    places = sorted({(hit.start, hit.end) for hit in INDEX.hits(text)})

    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
