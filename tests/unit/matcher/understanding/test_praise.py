import pytest

from matcher.understanding.praise import may_praise, only_praises
from models.reader_store import load_model

LEXIS = load_model().lexis


@pytest.mark.parametrize(
    "clause",
    [
        "Investors love us",
        "our team is the best in the whole of Europe",
        "We are the number 1 of the industry",
        "uns gehört die Zukunft",
        "业内公认领先",
        "前景无限",
        "未来属于我们",
    ],
)
def test_a_clause_of_rating_and_plain_words_only_praises(clause) -> None:
    assert only_praises(clause, LEXIS)


@pytest.mark.parametrize(
    "clause",
    [
        "our laser welding machine is the best",
        "We need the best investors",
        "Our team has 9 brilliant people",
        "Firma besteht seit einem Jahr",
        "nobody calls us a start-up any more",
        "我们需要优秀的投资人",
        "做激光焊接设备，行业领先",
    ],
)
def test_a_clause_that_says_or_asks_something_is_read(clause) -> None:
    assert not only_praises(clause, LEXIS)


def test_plain_words_without_a_rating_one_leave_it_open() -> None:
    assert may_praise("Few can match us", LEXIS)
    assert not may_praise("Gas sensors for tunnels", LEXIS)
    assert not may_praise("We are 9 people", LEXIS)
    assert may_praise("A prize of 2024", LEXIS)
