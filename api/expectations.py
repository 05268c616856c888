"""What was expected of each input at fault, as sentences."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self, cast

from fastapi import Request
from pydantic import BaseModel

from api.schemas.problems import FieldError
from api.sentences import Sentences
from matcher.domain.messages import Language, Message

MAX_NAME_CHARACTERS = 100  # of a name that the caller made up

WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
KEY_HEADER = "Idempotency-Key"

Location = Literal["body", "query", "path", "header"]
Context = Mapping[str, Any]

ANOTHER_VALUE = Message("Another kind of value is expected.")
A_TEXT = Message("A text is expected.")
A_WHOLE_NUMBER = Message("A whole number is expected.")
TRUE_OR_FALSE = Message("true or false is expected.")
AN_OBJECT = Message("A JSON object is expected.")
A_MOMENT = Message("A date and time with its zone is expected, such as 2026-11-24T12:00:00Z.")
A_DAY = Message("A date such as 2026-11-24 is expected.")

EXPECTED: Mapping[str, Callable[[Context], Message]] = {
    "missing": lambda _: Message("This field is required."),
    "string_type": lambda _: A_TEXT,
    "string_unicode": lambda _: Message("A text of valid Unicode characters is expected."),
    "string_too_short": lambda context: Message.of(
        "At least {limit} characters are expected.", limit=context["min_length"]
    ),
    "string_too_long": lambda context: Message.of(
        "At most {limit} characters are expected.", limit=context["max_length"]
    ),
    "string_pattern_mismatch": lambda _: Message("A text without control characters is expected."),
    "int_type": lambda _: A_WHOLE_NUMBER,
    "int_parsing": lambda _: A_WHOLE_NUMBER,
    "int_parsing_size": lambda _: A_WHOLE_NUMBER,
    "int_from_float": lambda _: A_WHOLE_NUMBER,
    "bool_type": lambda _: TRUE_OR_FALSE,
    "bool_parsing": lambda _: TRUE_OR_FALSE,
    "greater_than_equal": lambda context: Message.of("A number of at least {limit} is expected.", limit=context["ge"]),
    "less_than_equal": lambda context: Message.of("A number of at most {limit} is expected.", limit=context["le"]),
    "literal_error": lambda context: _one_of(context["expected"]),
    "enum": lambda context: _one_of(context["expected"]),
    "list_type": lambda _: Message("A list is expected."),
    "too_long": lambda context: Message.of("A list of at most {limit} is expected.", limit=context["max_length"]),
    "model_type": lambda _: AN_OBJECT,
    "model_attributes_type": lambda _: AN_OBJECT,
    "dict_type": lambda _: AN_OBJECT,
    "datetime_from_date_parsing": lambda _: A_MOMENT,
    "datetime_parsing": lambda _: A_MOMENT,
    "timezone_aware": lambda _: A_MOMENT,
    "date_from_datetime_parsing": lambda _: A_DAY,
    "date_parsing": lambda _: A_DAY,
}


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One input at fault, and what was expected of it."""

    location: Location
    path: tuple[str, ...]
    expected: Message

    @classmethod
    def of(cls, request: Request, field: str, expected: Message) -> Self:
        """A fault that the domain found: its fields are those of the body where there is one."""
        location: Location = "body" if request.method in WITH_BODY else "query"
        return cls("header" if field == KEY_HEADER else location, (field,), expected)

    def said(self, sentences: Sentences, language: Language) -> FieldError:
        pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in self.path)
        return FieldError.model_validate(
            {
                "in": self.location,
                "field": ".".join(self.path),
                "pointer": pointer if self.location == "body" else None,
                "expected": sentences.say(self.expected, language),
            }
        )


def faults(request: Request, errors: Sequence[Mapping[str, Any]]) -> list[FieldFault]:
    """The errors of a validation; what the caller sent is not repeated, but for the name of an unknown field."""
    return [_fault(request, error) for error in errors]


def _fault(request: Request, error: Mapping[str, Any]) -> FieldFault:
    location, *path = error["loc"]
    context = error.get("ctx", {})
    if error["type"] == "extra_forbidden":
        expected = Message.of("There is no such field; there are {fields}.", fields=_known_fields(request, location))
    else:
        expected = EXPECTED.get(error["type"], _another)(context)
    return FieldFault(cast(Location, location), tuple(_printable(part) for part in path), expected)


def _another(_: Context) -> Message:
    return ANOTHER_VALUE


def _one_of(expected: str) -> Message:
    return Message.of("One of these is expected: {values}.", values=tuple(re.findall(r"'([^']*)'", expected)))


def _known_fields(request: Request, location: str) -> tuple[str, ...]:
    """Names of the fields that the route takes here."""
    route = request.scope["route"]
    fields = [route.body_field] if location == "body" else route.dependant.query_params
    models = [field.field_info.annotation for field in fields if field is not None]
    return tuple(name for model in models if issubclass(model, BaseModel) for name in model.model_fields)


def _printable(part: object) -> str:
    return str(part)[:MAX_NAME_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
