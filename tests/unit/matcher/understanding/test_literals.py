"""A pattern that matches is never sieved out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.understanding.amounts import AREA, MONEY_WORDS, _money
from matcher.understanding.literals import Sieve, holds_one, required, searchable
from matcher.understanding.times import DURATION, RELATIVE, YEAR_MONTH
from models.reader_store import load_model
from tests.unit.matcher.understanding.strategies import any_text

PATTERNS = [
    r"\b(?:space|premises|lab(?:oratory)? (?:space|room)|sqm)\b",
    "场地|厂房|[ABC]轮|融\\d",
    r"(?:borrow|rent).{0,8}(?:machine|hall)s?",
    r"räum\w*|stra(?:ß|ss)e",
    r"\d+ ?(?:m²|kW)",
    r"\w{3}\s?\d",
]
OF_TIMES_AND_AREAS = [
    "2023", "2023年", "二〇二一", "3月", "March ", "SEPT. ", "last ", "letztes ", "Jahr", "this ", "of ", "year",
    "去年", "春", "Q3 ", " 19", "24", "个月", " months", "half a year", "半年", "满周岁", "zweijährige ", "Firma",
    "前年", "ein halbes jahr", "five ", "acht", "三", "岁", "/", ".", " ", "500", "平米",
    "m²", " SQM", "万", " sq.m ", "亩", " mu ",
]  # fmt: skip
OF_MONEY = [
    "5", "1,200", "三百", "five ", "zwei ", "万", "亿", "千万", "元", " ", "EUR", "€", "$", "£", "¥", "RMB", "Renminbi",
    "euros", "M", "k", "m", " Mio", " MRD. ", "bn", "million ", "pounds", "Reminbi", "美金", "thousand ",
    "parts", "台", "多",
]  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bhall\b", {"hall"}),
        ("厂房|平米", {"厂房", "平米"}),
        (r"(?:rent|hire) (?:big|hall)s", {"rent", "hire"}),
        (r"a+b?", {"a"}),
        (r"(?:hall)?\d", None),
        (r"hall|\d", None),
        (r"(?>halls?)", {"hall"}),
        ("Straße", {"straße"}),
    ],
)
def test_the_most_telling_words_that_a_pattern_needs_are_found(pattern, words) -> None:
    assert required(pattern) == (None if words is None else frozenset(words))


def test_a_letter_is_found_by_whatever_a_case_blind_pattern_takes_for_it() -> None:
    characters = "".join(map(chr, range(0x20000)))
    low = searchable(characters)

    assert len(low) == len(characters)
    for letter in "abcdefghijklmnopqrstuvwxyzäöüß":
        matched = (match.start() for match in re.finditer(letter, characters, re.IGNORECASE))
        assert {low[place] for place in matched} == {letter}


@given(
    st.lists(
        st.one_of(
            any_text,
            st.sampled_from(
                ["space", "lab", "room", "厂房", "融", "3", "Rent", "İ", "halls", "STRASSE", "ẞ", "RÄUME", "m²", "kW"]
            ),
        )
    )
)
def test_what_is_sieved_out_matches_nothing(pieces) -> None:
    text = " ".join(pieces)

    matching = {n for n, pattern in enumerate(PATTERNS) if re.search(pattern, text, re.IGNORECASE)}

    assert matching <= set(Sieve(PATTERNS).possible(text))


def test_a_sieve_lets_little_through() -> None:
    assert Sieve(PATTERNS[:5]).possible("we rent halls") == [2]


def test_the_released_cues_are_sieved_as_if_each_pattern_were_tried() -> None:
    cues = load_model().cues
    words = sorted({word for pattern in cues.patterns for word in required(pattern.pattern) or ()})
    texts = [*(f"we want {word} now" for word in words), *(word.upper() for word in words), " ".join(words)]

    for text in texts[::7]:
        assert cues.columns(text).tolist() == [float(pattern.search(text) is not None) for pattern in cues.patterns]


@pytest.mark.parametrize("pattern", [YEAR_MONTH, RELATIVE, DURATION, AREA])
@given(text=st.lists(st.sampled_from(OF_TIMES_AND_AREAS)).map("".join))
def test_whatever_tells_a_time_or_an_area_holds_one_of_its_words(pattern, text) -> None:
    if pattern.search(text):
        assert holds_one(searchable(text), required(pattern.pattern))


@given(text=st.lists(st.sampled_from(OF_MONEY)).map("".join))
def test_whatever_tells_an_amount_of_money_holds_a_word_of_money(text) -> None:
    if list(_money(text, 0, len(text))):
        assert holds_one(searchable(text), MONEY_WORDS)
