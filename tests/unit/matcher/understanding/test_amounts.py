import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.understanding.amounts import YUAN_PER, amounts
from tests.unit.matcher.understanding.strategies import any_text


def values(text) -> dict[str, float]:
    return {kind: round(amount.value) for kind, amount in amounts(text).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年营收1,200万元", {"annual_revenue_cny": 12_000_000}),
        ("年销售三千万", {"annual_revenue_cny": 30_000_000}),
        ("营收1.3亿元", {"annual_revenue_cny": 130_000_000}),
        ("已完成天使轮500万元到账", {"equity_cny": 5_000_000}),
        ("想融资800万元", {"equity_wanted_cny": 8_000_000}),
        ("Revenue last year was CNY 12 million.", {"annual_revenue_cny": 12_000_000}),
        ("turnover of $2.5m", {"annual_revenue_cny": 2_500_000 * YUAN_PER["usd"]}),
        ("We raised a seed round of EUR 400,000.", {"equity_cny": 400_000 * YUAN_PER["eur"]}),
        ("We want to raise three million yuan of equity", {"equity_wanted_cny": 3_000_000}),
        ("Umsatz 1,5 Mio. Euro", {"annual_revenue_cny": 1_500_000 * YUAN_PER["eur"]}),
        ("Umsatz 1.200.000 Euro im Vorjahr", {"annual_revenue_cny": 1_200_000 * YUAN_PER["eur"]}),
        ("Wir suchen zwei Millionen Wagniskapital", {"equity_wanted_cny": 2_000_000}),
    ],
)
def test_money_is_read_as_yuan_by_what_it_is_for(text, expected) -> None:
    assert values(text) == {kind: round(value) for kind, value in expected.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("需要500平米厂房", 500),
        ("想拿地30亩", 20_001),
        ("1.2万平方米", 12_000),
        ("a hall of 1,200 m² or more", 1_200),
        ("we need 300 sqm", 300),
        ("about two hundred square metres", None),
        ("eine Halle mit 1.200 m²", 1_200),
        ("rund 450 Quadratmeter", 450),
    ],
)
def test_an_area_is_read_in_square_metres(text, expected) -> None:
    assert values(text).get("area_m2") == expected


@pytest.mark.parametrize(
    "text",
    [
        "第一轮试产已经做了5万台",
        "Series A behind us: four million parts a year",
        "A 轮后每月两百万 pieces",
        "nach der ersten Runde liefern wir zwei Millionen Ventile im Jahr",
        "销售的设备转速3万转，平均寿命两万次",
        "revenue grew, 12 employees, 40 customers",
        "我们做传感器",
        "",
    ],
)
def test_counts_of_other_things_are_no_money(text) -> None:
    assert values(text) == {}


def test_the_largest_of_a_kind_counts_and_two_years_add_up() -> None:
    assert values("2024年营收600万元，2025年营收900万元") == {
        "annual_revenue_cny": 9_000_000,
        "two_year_revenue_cny": 15_000_000,
    }


def test_the_words_that_show_an_amount_are_quoted_exactly() -> None:
    text = "Sensors. Last year's revenue was  12 million yuan , and we need 1,200 m² ."

    quoted = {kind: amount.span for kind, amount in amounts(text).items()}
    assert {kind: span.text for kind, span in quoted.items()} == {
        "annual_revenue_cny": "12 million yuan",
        "area_m2": "1,200 m²",
    }
    assert all(text[span.start : span.end] == span.text for span in quoted.values())


@given(
    st.integers(2, 999),
    st.sampled_from([("营收{}万元", 1e4), ("revenue of RMB {}m", 1e6), ("Umsatz {} Mio. CNY", 1e6)]),
)
def test_a_revenue_in_figures_is_read_in_all_languages(value, written) -> None:
    sentence, unit = written

    assert amounts(sentence.format(value))["annual_revenue_cny"].value == value * unit


@given(any_text)
def test_any_amount_is_positive_and_finite_and_quotes_the_text(text) -> None:
    for amount in amounts(text).values():
        assert 0 <= amount.value < 1e24
        assert amount.span.text == text[amount.span.start : amount.span.end]
        assert amount.span.text == amount.span.text.strip()
