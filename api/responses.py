"""JSON answers in one language, and how a caller learns that nothing has changed."""

from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import orjson
from starlette.responses import JSONResponse, Response

from matcher.domain.messages import Language

PROGRAM = version("matcher")  # another one may write the same facts in another form


class Json(JSONResponse):
    """A JSON body; says its language, and that the Accept-Language header chose it."""

    def __init__(
        self,
        content: Mapping[str, Any],
        status_code: int = 200,
        *,
        language: Language | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(content, status_code, dict(headers or {}))
        self.headers.update(language_headers(language))

    def render(self, content: Mapping[str, Any]) -> bytes:
        return orjson.dumps(content)


class NotModified(Response):
    """What the caller has is still true."""

    def __init__(self, tag: str, language: Language) -> None:
        super().__init__(status_code=304, headers={"ETag": tag, "Cache-Control": "no-cache"})
        self.headers.update(language_headers(language))


def entity_tag(*parts: object) -> str:
    """A weak tag: the same parts give the same answer but for its request id."""
    return f'W/"{sha256(repr((PROGRAM, *parts)).encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def matches(if_none_match: str | None, tag: str) -> bool:
    """Whether a list of tags, or `*`, names this one; weak and strong tags compare as equal."""
    if if_none_match == tag:  # as most callers send it
        return True
    named = [one.strip().removeprefix("W/") for one in (if_none_match or "").split(",")]
    return "*" in named or tag.removeprefix("W/") in named


def language_headers(language: Language | None) -> dict[str, str]:
    """In which language an answer is, and what chose it; none where it has no words."""
    return {} if language is None else {"Content-Language": language.value, "Vary": "Accept-Language"}
