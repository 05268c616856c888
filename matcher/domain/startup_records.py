"""A startup as it is kept: whose it is, what it says, and who may see or learn from it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Self

from matcher.domain.accounts import AccountId
from matcher.domain.errors import InvalidField, InvalidText, Outdated
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.messages import Language
from matcher.domain.secrecy import refuse_secret
from matcher.domain.startups import MAX_NAME_CHARACTERS, Description, Profile, Stated

DEFAULT_NAME_CHARACTERS = 40  # of a text's beginning, where it has to serve as a name
MAX_CONTACT_CHARACTERS = 500
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # no file or database keeps these as they are
LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class StartupDraft:
    """What its owner writes: refuses what cannot be kept. All line ends become newlines."""

    name: str
    contact: str | None = None  # kept apart from the text: no model reads it
    description: Description
    discoverable: bool = True  # carriers may see its anonymous card
    train_consent: bool = False  # models may learn from it

    def __post_init__(self) -> None:
        _refuse_long(self.name, "name", MAX_NAME_CHARACTERS)
        if not self.name.strip():
            raise InvalidField("A startup has a name.", field="name")
        if self.contact is not None:
            _refuse_long(self.contact, "contact", MAX_CONTACT_CHARACTERS)
        for name, text in self._words():
            if NOT_TEXT.search(text):
                raise InvalidText("{name}: control characters are not text.", field=name, name=name)
            refuse_secret(text, name)
        text = self.description.text
        name = " ".join(self.name.split())
        text = LINE_END.sub("\n", text)
        told = None if name == default_name(text) else name
        object.__setattr__(self, "description", replace(self.description, text=text, name=told))
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "contact", LINE_END.sub("\n", (self.contact or "").strip()) or None)

    def _words(self) -> tuple[tuple[str, str], ...]:
        stated = self.description.stated
        lists = ("districts", " ".join(stated.districts)), ("exclude", " ".join(stated.exclude))
        return ("name", self.name), ("contact", self.contact or ""), ("text", self.description.text), *lists


@dataclass(frozen=True, slots=True, kw_only=True)
class StartupRecord:
    """One startup of one account; withdrawn, it is kept but in no list."""

    id: StartupId  # random: it cannot be guessed
    owner: AccountId
    draft: StartupDraft
    language: Language  # of the text
    version: int = 1
    created_at: datetime
    updated_at: datetime
    withdrawn_at: datetime | None = None

    def revised(self, draft: StartupDraft, language: Language, now: datetime) -> Self:
        """The next version; a withdrawn startup that is written anew is back in the lists."""
        return replace(
            self, draft=draft, language=language, version=self.version + 1, updated_at=now, withdrawn_at=None
        )

    def withdrawn(self, now: datetime) -> Self:
        """The next version, out of every list."""
        return replace(self, version=self.version + 1, updated_at=now, withdrawn_at=now)

    def require_version(self, expected: int | None) -> None:
        """Raises Outdated where another version is stored; None takes any."""
        if expected is not None and expected != self.version:
            raise Outdated(
                "The record has changed since you read it: it is at version {version}. Read it again, then change it.",
                version=self.version,
            )

    @property
    def stated(self) -> Stated:
        return self.draft.description.stated

    def is_open_to(self, carrier: CarrierId, *, consented: bool) -> bool:
        """Whether this carrier may see it at all: who has consented to one is seen by it even if by no other."""
        if self.withdrawn_at is not None:
            return False
        return consented or (self.draft.discoverable and carrier not in self.stated.exclude)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStartup:
    """A startup's text as one reader understood it."""

    startup_id: StartupId
    content_hash: str  # of the text, the name and what is stated
    reader_id: str
    read_in: str  # month in which ages were counted: "2026-11"
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedStartup:
    """What lists of startups are made of: what was read, and no name, contact or text beside it."""

    id: StartupId
    owner: AccountId
    language: Language
    discoverable: bool
    train_consent: bool
    version: int
    updated_at: datetime
    reader_id: str
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedStartup:
    """A startup that was written, read anew or withdrawn; the latter leaves nothing to list."""

    id: StartupId
    listed: ListedStartup | None


@dataclass(frozen=True, slots=True)
class StartupChanges:
    """How often any startup changed, and at which of these changes one was last erased."""

    last: int = 0
    erased: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StartupFilter:
    """Which of an account's startups are asked for; None asks for all."""

    language: Language | None = None
    withdrawn: bool | None = None
    updated_since: datetime | None = None
    name: str | None = None  # any part of the name, without regard to case


@dataclass(frozen=True, slots=True, kw_only=True)
class StartupPage:
    """Some startups in the order of their ids, and the id after which the next page begins."""

    startups: Sequence[StartupRecord] = field(default=())
    next_after: StartupId | None  # None: this was the last page
    total: int  # of all pages


def default_name(text: str) -> str:
    """What a startup is called that states no name: the beginning of its text."""
    return " ".join(text.split("\n")[0][:DEFAULT_NAME_CHARACTERS].split())


def content_hash(description: Description) -> str:
    """Of all that a reader sees: the text, and the name and what else is stated beside it."""
    stated = description.stated
    seen = (description.text, replace(stated, exclude=frozenset()), sorted(stated.exclude), description.name)
    return sha256(repr(seen).encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_long(text: str, name: str, limit: int) -> None:
    if len(text) > limit:
        raise InvalidField("{name}: at most {limit} characters.", field=name, name=name, limit=limit)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidText("{name}: control characters are not text.", field=name, name=name)
