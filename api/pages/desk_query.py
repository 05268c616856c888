"""What the address of the staff's desk says: which leads, in which order, which page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlencode

from matcher.domain.accounts import AccountId
from matcher.domain.desk import MAX_SEARCH_CHARACTERS, NOBODY_OWNS, DeskFilter, DeskOrder, DueWhen
from matcher.domain.errors import InvalidField
from matcher.domain.ids import TermId
from matcher.domain.leads import LeadStatus

DESK = "/desk"
FIELDS = ("q", "status", "field", "stage", "consented", "owner", "due", "order")
MINE = "me"
YES, NO = "yes", "no"
AT_ONCE = 20
MOST_PAGES = 10_000
Choice = TypeVar("Choice", LeadStatus, DueWhen, DeskOrder)


@dataclass(frozen=True)
class DeskQuery:
    """The words of the address that mean something; an empty one asks for nothing."""

    words: Mapping[str, str]
    page: int = 1

    @classmethod
    def of(cls, params: Mapping[str, str]) -> "DeskQuery":
        """Raises InvalidField where the number of the page is none."""
        told = {name: params[name].strip() for name in FIELDS if params.get(name, "").strip()}
        if told.get("order") == DeskOrder.FIT:  # as without a word
            del told["order"]
        page = params.get("page") or "1"
        if not (page.isascii() and page.isdigit() and 1 <= int(page) <= MOST_PAGES):
            raise InvalidField("A whole number from 1 to {limit} is expected.", field="page", limit=MOST_PAGES)
        return cls(told, int(page))

    def filter(self, own: AccountId | None) -> DeskFilter:
        """Raises InvalidField where a word is none that can be chosen."""
        search = self.words.get("q", "")
        if len(search) > MAX_SEARCH_CHARACTERS:
            raise InvalidField("{name}: at most {limit} characters.", field="q", name="q", limit=MAX_SEARCH_CHARACTERS)
        consented, owner = self.words.get("consented"), self.words.get("owner")
        if consented not in (None, YES, NO):
            raise InvalidField("{value} is none of {known}.", field="consented", value=consented, known=(YES, NO))
        return DeskFilter(
            status=self._choice("status", LeadStatus),
            field=TermId(self.words["field"]) if "field" in self.words else None,
            stage=TermId(self.words["stage"]) if "stage" in self.words else None,
            consented=None if consented is None else consented == YES,
            owner=own if owner == MINE else AccountId(owner) if owner else None,
            due=self._choice("due", DueWhen),
            search=search,
        )

    @property
    def order(self) -> DeskOrder:
        return self._choice("order", DeskOrder) or DeskOrder.FIT

    @property
    def skip(self) -> int:
        return (self.page - 1) * AT_ONCE

    @property
    def narrows(self) -> bool:
        """Whether it asks for less than all leads."""
        return bool(self.words.keys() - {"order"})

    @property
    def text(self) -> str:
        """As an address has it behind the question mark, without the page."""
        return urlencode(self.words)

    def turned_to(self, page: int) -> "DeskQuery":
        return replace(self, page=page)

    def with_word(self, name: str, value: str) -> "DeskQuery":
        """Asking for this instead, from its first page on; an empty value asks no more."""
        words = {key: word for key, word in self.words.items() if key != name}
        return DeskQuery(words | ({name: value} if value else {}))

    def address(self, path: str = DESK, **more: str) -> str:
        """Of a page that shows the same leads."""
        words = dict(self.words) | ({"page": str(self.page)} if self.page > 1 else {}) | more
        return f"{path}?{urlencode(words)}" if words else path

    def _choice(self, name: str, choices: type[Choice]) -> Choice | None:
        word = self.words.get(name)
        if word is None:
            return None
        if word not in list(choices):
            raise InvalidField(
                "{value} is none of {known}.",
                field=name,
                value=word[:60],
                known=tuple(one.value for one in choices),
            )
        return choices(word)


NOBODY = str(NOBODY_OWNS)
