import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.understanding.clauses import clauses
from matcher.understanding.evidence import MAX_CHARACTERS, strongest_spans
from tests.unit.matcher.understanding.strategies import any_text

TEXT = "We build laser welders, the team is small. 我们做激光焊接，办公室很小。"


def added_by(text, **words) -> np.ndarray:
    """What each character adds: a word's value is spread over its letters."""
    added = np.zeros(len(text))
    for word, value in words.items():
        start = text.index(word)
        added[start : start + len(word)] += value / len(word)
    return added


def shown(added, n_spans=2, text=TEXT) -> list[str]:
    return [span.text for span in strongest_spans(text, added, clauses(text), n_spans)]


def test_the_words_that_add_most_come_first() -> None:
    assert shown(added_by(TEXT, welders=2.0, 激光=3.0)) == ["激光", "welders"]


def test_no_latin_word_is_cut() -> None:
    assert shown(added_by(TEXT, elder=1.0)) == ["welders"]


def test_there_is_one_stretch_per_clause() -> None:
    assert shown(added_by(TEXT, build=1.0, welders=1.0)) == ["build laser welders"]


def test_a_much_weaker_place_is_not_shown() -> None:
    assert shown(added_by(TEXT, welders=1.0, 激光=0.1)) == ["welders"]


def test_what_speaks_against_it_is_never_shown() -> None:
    assert shown(added_by(TEXT, welders=-1.0, 激光=-0.1)) == []
    assert shown(np.zeros(len(TEXT))) == []


def test_at_most_so_many_are_shown() -> None:
    assert shown(added_by(TEXT, welders=1.0, team=0.8, 激光=0.9), n_spans=1) == ["welders"]


def test_a_stretch_is_no_longer_than_can_be_read_at_a_glance() -> None:
    text = "激" * 500

    assert [len(words) for words in shown(np.ones(len(text)), text=text)] == [MAX_CHARACTERS]


@given(any_text, st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_a_stretch_lies_inside_its_clause_and_quotes_the_text(text, seed, n_spans) -> None:
    places = clauses(text)
    spans = strongest_spans(text, np.random.default_rng(seed).normal(size=len(text)), places, n_spans)

    assert len(spans) <= n_spans
    homes = [next(place for place in places if place[0] <= span.start < span.end <= place[1]) for span in spans]
    assert len(set(homes)) == len(homes)
    assert all(span.text == text[span.start : span.end] == span.text.strip() for span in spans)
