"""Accept-Language."""

import pytest

from api.languages import accepted_language
from matcher.domain.messages import Language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de", Language.DE),
        ("de-AT,en;q=0.5", Language.DE),
        ("fr, zh-Hans-CN;q=0.4, en;q=0.8", Language.EN),
        ("en;q=0, ZH;q=0.1", Language.ZH),
        ("en, de", Language.EN),
    ],
)
def test_the_best_spoken_language_of_a_header_is_taken(header: str, language: Language) -> None:
    assert accepted_language(header) is language


@pytest.mark.parametrize("header", [None, "", "fr", "*", "en;q=nan", "en;q=2", "en;v=1", ";;,,q=", "de;q=x", "deutsch"])
def test_a_header_that_names_no_spoken_language_chooses_none(header: str | None) -> None:
    assert accepted_language(header) is None


def test_of_an_endless_header_only_the_beginning_is_read() -> None:
    assert accepted_language("fr," * 100_000 + "de") is None
