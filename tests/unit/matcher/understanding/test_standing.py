import pytest
from hypothesis import given

from matcher.understanding.standing import is_foreign_invested, is_high_tech_enterprise, is_registered
from tests.unit.matcher.understanding.strategies import any_text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("公司去年注册", True),
        ("某某传感有限公司", True),
        ("还没注册公司，三个人", False),
        ("准备注册", False),
        ("We were founded in 2024", True),
        ("not yet incorporated", False),
        ("Sensors Ltd", True),
        ("no company yet, three people", False),
        ("gegründet 2024", True),
        ("noch keine Firma", False),
        ("vor der Gründung", False),
        ("我们做传感器", None),
        ("We make sensors", None),
        ("Wir bauen Sensoren", None),
    ],
)
def test_whether_the_company_exists(text, answer) -> None:
    assert is_registered(text) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("外商独资企业", True),
        ("中外合资", True),
        ("股东全内资", False),
        ("a WFOE of a Swiss group", True),
        ("a joint venture with a German firm", True),
        ("fully domestic shareholders", False),
        ("Tochtergesellschaft eines Konzerns", True),
        ("我们做传感器", None),
        ("We make sensors", None),
        ("Wir bauen Sensoren", None),
    ],
)
def test_whether_foreign_money_is_in_it(text, answer) -> None:
    assert is_foreign_invested(text) is answer


@pytest.mark.parametrize(
    "text", ["已是高新技术企业", "recognised as a high-tech enterprise", "Hochtechnologieunternehmen seit 2024"]
)
def test_a_stated_recognition_as_high_tech_is_read(text) -> None:
    assert is_high_tech_enterprise(text) is True


def test_silence_is_unknown_and_never_no() -> None:
    assert is_high_tech_enterprise("We make sensors") is None


@given(any_text)
def test_any_text_gets_one_of_three_answers(text) -> None:
    assert {is_registered(text), is_foreign_invested(text), is_high_tech_enterprise(text)} <= {True, False, None}
