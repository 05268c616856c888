"""What a caller asked, from options or a line of a file, as the API's own request."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from api.schemas.requests import RecommendationIn
from matcher.domain.errors import InvalidField, InvalidText

LINE_FIELDS = frozenset(RecommendationIn.model_fields)
NO_LANGUAGE_TO_ANSWER_IN = ("mixed", "other")  # a line may say so of its text; the answer then picks its own


@dataclass(frozen=True, slots=True)
class Asked:
    """The options; what is None was not said."""

    k: int
    scope: str
    order: str
    lang: str | None
    stage: str | None
    company_age_months: int | None
    districts: list[str] | None
    exclude: list[str] | None
    foreign_invested: bool | None

    def request(self, text: object, line: Mapping[str, Any] | None = None) -> RecommendationIn:
        """One request; what a line of a file states wins over the options, keys that mean nothing here are passed over.

        Raises:
            InvalidText: the text is missing, or not text.
            InvalidField: a field has the wrong type or lies out of range.
        """
        options = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) is not None}
        stated = {name: value for name, value in (line or {}).items() if name in LINE_FIELDS}
        if stated.get("lang") in NO_LANGUAGE_TO_ANSWER_IN:
            del stated["lang"]
        try:
            return RecommendationIn.model_validate(options | stated | {"text": text})
        except ValidationError as error:
            raise first_fault(error) from None


def text_of(argument: str) -> str:
    """The text of an argument; "-" reads all of standard input.

    Raises:
        InvalidText: it is not UTF-8.
    """
    try:
        if argument != "-":
            return argument.encode("utf-8", "surrogateescape").decode("utf-8")
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeError:
        raise InvalidText("The text is not written in UTF-8.", field="text") from None


def first_fault(error: ValidationError) -> InvalidField:
    """The first thing wrong with a request, as an error that can be said."""
    from api.expectations import ANOTHER_VALUE, EXPECTED  # noqa: PLC0415 - brings FastAPI, and only errors need it

    first = error.errors(include_url=False, include_input=False)[0]
    expect = EXPECTED.get(first["type"])
    expected = expect(first.get("ctx", {})) if expect else ANOTHER_VALUE
    field = ".".join(str(part) for part in first["loc"])
    return InvalidField("{name}: {expected}", field=field, name=field, expected=expected)
