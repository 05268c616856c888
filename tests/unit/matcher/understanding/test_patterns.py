"""Patterns that are tried only where they may match find what they would find together."""

from hypothesis import given
from hypothesis import strategies as st

from matcher.understanding.patterns import AnyOf, any_of

PATTERNS = (r"\bhall\b", r"(?:big|small) hall", "厂房|平米", r"\d+ ?m²", r"halls?\s\d")
words = st.lists(st.sampled_from(["hall", "halls", "big", "SMALL", "厂房", "平米", "5", "m²", " ", " ", "。"]))


@given(words.map("".join))
def test_the_same_places_are_found_as_by_all_patterns_at_once(text) -> None:
    some, everything = AnyOf(*PATTERNS), any_of(*PATTERNS)

    assert [match.span() for match in some.finditer(text)] == [match.span() for match in everything.finditer(text)]
    assert some.matches(text) == bool(everything.search(text))


def test_a_text_without_any_of_the_words_matches_nothing() -> None:
    assert not AnyOf("hall", "厂房").matches("we make pumps")
    assert list(AnyOf("hall", "厂房").finditer("we make pumps")) == []
