"""Whoever changes a record says on which version the change rests: `ETag` and `If-Match`."""

import re

from fastapi import Request
from starlette.exceptions import HTTPException

from matcher.domain.errors import Outdated

TAG = re.compile(r'(?:W/)?"v(\d{1,18})"', re.ASCII)
ANY_VERSION = "*"


def version_tag(version: int) -> str:
    """A strong tag: the version says all that is kept of the record."""
    return f'"v{version}"'


def named_version(request: Request, form: re.Pattern[str]) -> str | None:
    """What If-Match names, by the one group of `form`; None for `*`, which takes any.

    Raises:
        HTTPException: 428, where there is no If-Match.
        Outdated: it names no version of ours, so not the present one either.
    """
    given = request.headers.get("if-match")
    if given is None:
        raise HTTPException(428)
    if given.strip() == ANY_VERSION:
        return None
    named = form.fullmatch(given.strip())
    if named is None:
        raise Outdated("If-Match names no version of this record; send the ETag with which it was read.")
    return named[1]


def expected_version(request: Request) -> int | None:
    """The number that If-Match names; None for `*`. Raises HTTPException 428 or Outdated."""
    named = named_version(request, TAG)
    return None if named is None else int(named)
