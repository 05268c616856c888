"""The page on how ranking works: everything is in it, it runs no script and loads nothing."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.pages import ranking_words as words
from api.sentences import Sentences
from matcher.domain.messages import Language, Message

PAGE, STYLE = "how_ranking_works.html", "page.css"
LANGUAGES = {"zh": "中文", "en": "English", "de": "Deutsch"}


def ranking_page(content: Mapping[str, Any], language: Language, sentences: Sentences) -> str:
    """What `ranking_out` says, as HTML."""

    def say(message: Message) -> str:
        return sentences.say(message, language)

    return (
        _pages()
        .get_template(PAGE)
        .render(
            content=content,
            parts={name: say(message) for name, message in words.PARTS.items()},
            columns=[say(column) for column in words.COLUMNS],
            languages=LANGUAGES,
            style=style(),
        )
    )


@cache
def style() -> str:
    return (files("api.pages") / STYLE).read_text(encoding="utf-8")


@cache
def content_security_policy() -> str:
    """Nothing but the one style that stands in the page."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@cache
def _pages() -> Environment:
    return Environment(
        loader=PackageLoader("api", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
