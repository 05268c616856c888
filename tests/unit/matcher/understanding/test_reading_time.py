"""No text, however odd, keeps a reader busy: every rule takes about as long as the text is."""

from collections.abc import Callable
from datetime import date
from time import process_time

import pytest

from matcher.domain.startups import MAX_CHARACTERS
from matcher.understanding.ages import company_age
from matcher.understanding.amounts import amounts
from matcher.understanding.clauses import clauses, sentences
from matcher.understanding.language import detect_language
from matcher.understanding.markup import Unset
from matcher.understanding.negation import disclaimed, refused
from matcher.understanding.noise import noise
from matcher.understanding.standing import is_foreign_invested, is_high_tech_enterprise, is_registered
from matcher.understanding.tokens import tokens
from models.reader_store import load_model

TODAY = date(2026, 11, 24)
SECONDS = 1.5  # for the longest text allowed; each took below 0.5 s, and the slow ones took a minute
CUES = load_model().cues
LEXIS = load_model().lexis
RULES: dict[str, Callable[[str], object]] = {
    "age": lambda text: company_age(text, TODAY),
    "amounts": amounts,
    "clauses": clauses,
    "sentences": sentences,
    "language": detect_language,
    "disclaimed": disclaimed,
    "refused": refused,
    "noise": noise,
    "markup": Unset.of,
    "names and praise": lambda text: noise(text, LEXIS),
    "registered": is_registered,
    "foreign": is_foreign_invested,
    "high-tech": is_high_tech_enterprise,
    "tokens": lambda text: list(tokens(text)),
    "cues": CUES.columns,
    "places of cues": lambda text: [list(CUES.places(number, text)) for number in range(len(CUES.ids))],
}
PIECES = [
    "7", "一", "a", ",", "，", ".", "(", "（", " ", "\n", "-", "—", "1.", "1,", "1,000,", "5万", "5 ", "€", "年",
    "两年", "2020年成立", "founded 2020 ", "营收5万，", "one ", "twenty-", "keine ", "do not ", "<b>", "<!--", "{ ",
    "不是而是", "借", "🚀", "ですので", "e\u0301", "spring of ", "put first ",
    "Xy ", "Xyz is ", "Wir sind Xyz. ", "腾跃是一家", "best ", "最好",
    "*", "*a ", "_a ", "`", "# ", "> ", "- \n", "<b ", "**b** ",
]  # fmt: skip


@pytest.mark.parametrize("rule", list(RULES))
def test_the_longest_texts_are_read_at_once(rule) -> None:
    slow = {}
    for piece in PIECES:
        text = ("x" + piece * MAX_CHARACTERS)[: MAX_CHARACTERS - 1] + "\n"
        start = process_time()
        RULES[rule](text)
        if (seconds := process_time() - start) > SECONDS:
            slow[piece] = seconds

    assert not slow


@pytest.mark.parametrize("rule", ["age", "amounts", "cues"])
def test_a_gap_of_spaces_costs_nothing(rule) -> None:
    start = process_time()
    RULES[rule]("公司成立5" + " " * (MAX_CHARACTERS - 10) + "x")

    assert process_time() - start < SECONDS
