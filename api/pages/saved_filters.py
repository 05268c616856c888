"""Named filters of the desk, kept by the browser itself: a server that does not know them cannot leak them."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qsl

from fastapi import Request, Response

from api.pages.desk_query import DESK, DeskQuery
from matcher.domain.accounts import AccountId
from matcher.domain.errors import InvalidField

A_YEAR_S = 365 * 24 * 3600
MOST = 12
MAX_NAME_CHARACTERS = 30
MOST_COOKIE_CHARACTERS = 3_500  # browsers keep four thousand bytes with name and attributes


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A name, and what the address of the desk says."""

    name: str
    query: DeskQuery


def saved_filters(request: Request, account: AccountId | None) -> list[SavedFilter]:
    """Those of this account on this device, in the order in which they were kept; none where they cannot be read."""
    try:
        pairs = json.loads(urlsafe_b64decode(request.cookies.get(_cookie(account), "").encode()))
        return [SavedFilter(str(name)[:MAX_NAME_CHARACTERS], _query(str(words))) for name, words in pairs][:MOST]
    except (ValueError, TypeError, InvalidField):
        return []


def with_filter(kept: Sequence[SavedFilter], name: str | None, words: str) -> list[SavedFilter]:
    """One more; one of the same name gives way to it.

    Raises:
        InvalidField: the name is missing or too long, nothing is filtered, or there are too many.
    """
    if name is None or len(name) > MAX_NAME_CHARACTERS or not name.isprintable():
        raise InvalidField("A name of 1 to {limit} characters is expected.", field="name", limit=MAX_NAME_CHARACTERS)
    query = _query(words)
    if not query.words:
        raise InvalidField("Choose something to filter or sort by first.", field="name")
    others = [one for one in kept if one.name != name]
    if len(others) >= MOST:
        raise InvalidField("At most {limit} filters are kept; forget one first.", field="name", limit=MOST)
    return [*others, SavedFilter(name, query)]


def remember(answer: Response, account: AccountId | None, filters: Sequence[SavedFilter], *, secure: bool) -> None:
    """Raises InvalidField where they are too long for a browser to keep."""
    pairs = [[one.name, one.query.text] for one in filters]
    value = urlsafe_b64encode(json.dumps(pairs, ensure_ascii=False).encode("utf-8", "surrogatepass")).decode()
    if len(value) > MOST_COOKIE_CHARACTERS:
        raise InvalidField("At most {limit} filters are kept; forget one first.", field="name", limit=len(filters) - 1)
    answer.set_cookie(
        _cookie(account), value, max_age=A_YEAR_S, path=DESK, secure=secure, httponly=True, samesite="lax"
    )


def _query(words: str) -> DeskQuery:
    return DeskQuery(DeskQuery.of(dict(parse_qsl(words))).words)


def _cookie(account: AccountId | None) -> str:
    """Another one for each account, so that colleagues at one machine do not mix theirs."""
    return f"desk-{sha256(str(account).encode()).hexdigest()[:16]}"
