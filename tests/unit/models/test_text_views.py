from datetime import date

from hypothesis import given

from models.text_views import TextView
from tests.unit.matcher.understanding.strategies import any_text

TODAY = date(2026, 11, 24)


def view(text) -> TextView:
    return TextView.of(text, TODAY)


def test_a_disclaimer_is_no_evidence_of_a_field() -> None:
    of = view("我们做灌装机，不做药。公司2025年3月成立")

    assert "药" not in of.field_text
    assert "灌装机" in of.field_text
    assert of.text[slice(*of.clauses[0])] == "我们做灌装机"


def test_a_refusal_is_no_need() -> None:
    of = view("We need a hall, we don't need an office")

    assert "office" not in of.need_text
    assert "hall" in of.need_text


def test_age_and_amounts_are_read_once_for_all() -> None:
    signals = view("公司2025年3月成立，需要500平米").signals

    assert signals.age is not None
    assert signals.age.months == 20
    assert signals.amounts["area_m2"].value == 500


def test_a_text_of_disclaimers_only_is_read_as_it_is() -> None:
    of = view("不做药")

    assert of.field_text.strip() == "不做药"
    assert of.clauses


@given(any_text)
def test_all_views_have_the_length_of_the_text_and_add_no_character(text) -> None:
    of = view(text)

    for one in (of.clean, of.field_text, of.need_text):
        assert len(one) == len(of.text)
        assert all(new in (old, " ") for new, old in zip(one, of.text, strict=True))
    assert all(0 <= start < end <= len(of.text) for start, end in of.clauses)
