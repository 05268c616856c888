import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.understanding.numerals import NUMBER, number

HAN = "零一二三四五六七八九"


def in_chinese(value: int) -> str:
    """As written out, for 1 to 9,999."""
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            written += ("零" if gap else "") + HAN[digit] + name
            gap = False
        else:
            gap = bool(written)
    return written


ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
ONES += " eighteen nineteen"
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty"}
EINER = "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
EINER += " achtzehn neunzehn"
ZEHNER = {20: "zwanzig", 30: "dreißig", 40: "vierzig", 50: "fünfzig", 60: "sechzig"}


def in_english(value: int) -> str:
    tens, rest = value // 10 * 10, value % 10
    if value < 20:
        return ONES.split()[value - 1]
    return f"{TENS[tens]}-{ONES.split()[rest - 1]}" if rest else TENS[tens]


def in_german(value: int) -> str:
    tens, rest = value // 10 * 10, value % 10
    if value < 20:
        return EINER.split()[value - 1]
    return f"{EINER.split()[rest - 1]}und{ZEHNER[tens]}" if rest else ZEHNER[tens]


@given(st.integers(1, 9999))
def test_chinese_numbers_are_read(value) -> None:
    assert number(in_chinese(value)) == value


@pytest.mark.parametrize("written", [in_english, in_german])
@given(value=st.integers(1, 69))
def test_english_and_german_number_words_are_read_and_found_whole(written, value) -> None:
    word = written(value)

    assert number(word) == number(word.upper()) == value
    found = re.search(NUMBER, f"seit {word} x", re.IGNORECASE)
    assert found is not None
    assert found.group() == word


@given(st.integers(0, 10**11))
def test_figures_are_read_with_and_without_marks_between_thousands(value) -> None:
    assert number(str(value)) == number(f"{value:,}") == number(f"{value:,}".replace(",", ".")) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,5", 1.5),
        ("1.5", 1.5),
        ("0,25", 0.25),
        ("1.200", 1200),
        ("1,200,000", 1_200_000),
        ("二〇二四", 2024),
        ("十二", 12),
        ("两百", 200),
        ("一千零五", 1005),
        ("an", 1),
        ("einem", 1),
        ("zweiundzwanzig", 22),
        ("٣٤", 34),
    ],
)
def test_a_number_has_its_value(written, value) -> None:
    assert number(written) == value


@pytest.mark.parametrize("written", ["", "  ", "lasers", "hundund", "twentyish"])
def test_what_does_not_add_up_is_no_number(written) -> None:
    assert number(written) is None


@pytest.mark.parametrize("run", ["7" * 400, "一" * 400, "1," * 400, "9" * 13])
def test_a_run_too_long_for_a_number_is_none_but_tiny_parts(run) -> None:
    values = [number(match.group()) for match in re.finditer(NUMBER, run)]

    assert all(value is not None and value < 1e12 for value in values)


@given(st.text(alphabet="0123456789.,一二十百千 twentysixundzwanzig-", max_size=40))
def test_whatever_matches_has_a_finite_value(text) -> None:
    for match in re.finditer(NUMBER, text, re.IGNORECASE):
        value = number(match.group())
        assert value is None or 0 <= value < 1e16
