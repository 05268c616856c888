"""What a page's form brings; its token is found before it is asked who sends it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from api.who_asks import who_asks
from matcher.domain.errors import InvalidField
from matcher.domain.permissions import Action, require

CSRF_FIELD = "csrf_token"
MOST_FIELDS = 2_000
MOST_FILES = 1
LARGEST_PART = 2**18  # bytes of one field of a form with a file
MOST_DIGITS = 6
SEPARATORS = str.maketrans("，、；;\n", ",,,,,")


@dataclass(frozen=True)
class Sent:
    """The fields of a form; line ends are newlines, as everywhere else here."""

    fields: FormData

    def text(self, name: str) -> str:
        """The field, or an empty text where it was not sent."""
        value = self.fields.get(name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else ""

    def told(self, name: str) -> str | None:
        """The field without blanks around it; None where nothing stands in it."""
        return self.text(name).strip() or None

    def texts(self, name: str) -> list[str]:
        """All fields of this name in which something stands, in order."""
        return [value for value in self.fields.getlist(name) if isinstance(value, str) and value]

    def file(self, name: str) -> UploadFile | None:
        value = self.fields.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None

    def __contains__(self, name: str) -> bool:
        return name in self.fields


def listed(text: str) -> list[str]:
    """What stands in one field with commas between, in any writing of a comma, or line by line."""
    return [one.strip() for one in text.translate(SEPARATORS).split(",") if one.strip()]


def whole_number(text: str, field: str) -> int | None:
    """None where nothing stands in the field; InvalidField where it is no number without sign and fraction."""
    told = text.strip()
    if not told:
        return None
    if not (told.isdecimal() and len(told) <= MOST_DIGITS):
        raise InvalidField("A whole number is expected.", field=field)
    return int(told)


async def sent_form(request: Request) -> AsyncIterator[Sent]:
    """Read the form; whoever is asked later who sends it finds its token. Its files are gone with the answer."""
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LARGEST_PART) as form:
        token = form.get(CSRF_FIELD)
        request.state.csrf_token = token if isinstance(token, str) else ""
        yield Sent(form)


Form = Annotated[Sent, Depends(sent_form)]


def form_needs(action: Action) -> dict[str, Any]:
    """For a route that takes a form: who may send it, asked before anything is done with it."""

    async def check(request: Request, _: Form) -> None:
        require(await run_in_threadpool(who_asks, request), action)

    return _demands(check)


def page_needs(action: Action) -> dict[str, Any]:
    """For a route that shows a page: who may see it."""

    def check(request: Request) -> None:
        require(who_asks(request), action)

    return _demands(check)


def _demands(check: Callable[..., Any]) -> dict[str, Any]:
    return {"dependencies": [Depends(check)], "openapi_extra": None, "include_in_schema": False}
