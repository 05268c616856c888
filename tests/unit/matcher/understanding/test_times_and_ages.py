from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.understanding.ages import company_age
from matcher.understanding.times import Times
from tests.unit.matcher.understanding.strategies import any_text

TODAY = date(2026, 11, 24)
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
GERMAN = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
REFERENCE_DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def months(text) -> int | None:
    age = company_age(text, TODAY)
    return age.months if age else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公司2025年3月成立，做力矩传感器", 20),
        ("2024年成立", 29),
        ("2023年底注册的公司", 35),
        ("2024.05注册", 30),
        ("成立两年半", 30),
        ("公司成立一年半，做阀门", 18),
        ("成立18个月", 18),
        ("公司满三周年", 36),
        ("去年五月注册", 18),
        ("今年3月刚成立", 8),
        ("前年成立的小公司", 29),
        ("Founded in March 2025, we make sensors.", 20),
        ("We were incorporated 2024-05.", 30),
        ("Founded last year in Suzhou", 12),
        ("The company is eighteen months old.", 18),
        ("A two years old firm", 24),
        ("In business since spring 2024.", 31),
        ("Gegründet im Mai 2023.", 42),
        ("Unsere GmbH seit Oktober 2025 baut Ventile", 13),
        ("Die Firma ist zweiundzwanzig Monate alt.", 22),
        ("Handelsregister: 03/2026", 8),
        ("去年底注册", 11),
        ("今年初成立", 9),
        ("去年初创的公司成立", 17),
        ("去年年底成立", 11),
        ("Eingetragen 2022 in Taicang", 53),
        ("成立快两年了", 24),
        ("去年三月注册的", 20),
        ("大前年成立", 41),
        ("注册刚满一年", 12),
        ("成立才半年", 6),
        ("开业一年零三个月", 15),
        ("24年3月成立", 32),
        ("二零二五年三月成立", 20),
        ("2024年第三季度注册", 27),
        ("a two-year-old firm", 24),
        ("an eighteen-month-old startup", 18),
        ("founded in spring 2025", 19),
        ("The company is nearly three years old", 36),
        ("We've been around for a year and a half", 18),
        ("founded two and a half years ago", 30),
        ("Founded half a year ago", 6),
        ("registered in March last year", 20),
        ("founded in Q1 2025", 21),
        ("The firm has existed since 2023", 41),
        ("Die Firma besteht seit einem Jahr.", 12),
        ("Uns gibt es seit anderthalb Jahren", 18),
        ("Die GmbH ist zweieinhalb Jahre alt", 30),
        ("vor einem halben Jahr gegründet", 6),
        ("Die Firma ist ein Jahr und drei Monate alt", 15),
        ("Eine zweijährige Firma aus Ulm", 24),
        ("seit März letzten Jahres eingetragen", 20),
        ("Im Mai dieses Jahres gegründet", 6),
    ],
)
def test_the_age_is_counted_in_months_up_to_the_day(text, expected) -> None:
    assert months(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "我们做力矩传感器，需要厂房",
        "We make sensors for robots.",
        "Wir bauen Ventile.",
        "质保两年",
        "公司2026上半年半年报出来了",
        "Unser Unternehmen will in einem Jahr liefern",
        "Our company plans to deliver within half a year",
        "Our firm gives a 2-year guarantee on every pump, which is what customers ask us for",
        "母公司1998年起做泵，我们要在太仓设点",
        "The lease of our hall runs for three more years, production ramps up in 2027.",
        "",
        "🚀",
    ],
)
def test_without_a_word_on_the_founding_the_age_is_unknown(text) -> None:
    assert months(text) is None


def test_the_founding_wins_over_other_stories_with_a_date() -> None:
    assert months("2024年5月入驻孵化器，公司2023年3月成立。") == 44
    assert months("Founded in March 2025; revenue since January 2026, patent filed 2019.") == 20
    assert months("Umsatz seit Juli 2026. Gegründet im Mai 2023.") == 42


def test_a_day_to_come_is_age_zero() -> None:
    assert months("公司计划2027年3月注册") == 0
    assert months("The company will be founded in January 2027.") == 0


def test_the_words_that_show_the_age_are_quoted_exactly() -> None:
    text = "We make sensors. Founded in March 2025, five people."
    age = company_age(text, TODAY)

    assert age is not None
    assert age.span.text == text[age.span.start : age.span.end] == "March 2025"


def test_an_absurd_age_is_a_misreading() -> None:
    assert months("公司成立九千年") is None
    assert months("company is 999999999999 years old") is None
    assert months(f"公司成立{'7' * 500}年") is None


@given(
    st.integers(2, 23),
    st.sampled_from(["公司成立{}个月", "The company is {} months old.", "Die Firma ist {} Monate alt"]),
)
def test_a_duration_in_figures_is_read_in_all_languages(n_months, sentence) -> None:
    assert months(sentence.format(n_months)) == n_months


@given(st.integers(2004, 2026), st.integers(1, 12))
def test_a_month_of_founding_is_read_alike_in_all_languages(year, month) -> None:
    expected = max(0, (2026 - year) * 12 + 11 - month)

    assert months(f"公司{year}年{month}月成立") == expected
    assert months(f"Founded in {ENGLISH[month - 1]} {year}.") == expected
    assert months(f"Gegründet im {GERMAN[month - 1]} {year}.") == expected


@given(any_text, REFERENCE_DAYS)
def test_any_text_on_any_day_gives_times_inside_it(text, on) -> None:
    for time in Times(text, on).between(0, len(text)):
        assert time.months >= 0
        assert 0 <= time.start < time.end <= len(text)


@given(any_text, REFERENCE_DAYS)
def test_any_age_is_possible_and_quotes_the_text(text, on) -> None:
    age = company_age(text, on)

    if age is not None:
        assert 0 <= age.months <= 2_400
        assert age.span.text == text[age.span.start : age.span.end]
