"""A startup's word to one carrier: it may know who the startup is, until that is taken back."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.messages import Message

WORDING = "2026-11"  # of the text below; another text gets another one, and earlier consents keep theirs
CONSENT_TEXT = Message.of(
    "The staff of this carrier, and nobody else, may see the startup's name, contact and text, and why it fits. Each "
    "view is written down where you can read it. You can take this back at any time; from then on they see the "
    "anonymous card."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Given once, perhaps withdrawn once; who consents again makes another one."""

    startup: StartupId
    carrier: CarrierId
    wording: str = WORDING
    given_at: datetime
    withdrawn_at: datetime | None = None

    @property
    def is_in_force(self) -> bool:
        return self.withdrawn_at is None

    def withdrawn(self, now: datetime) -> Self:
        return replace(self, withdrawn_at=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRequest:
    """A carrier has asked; consenting or refusing answers it."""

    startup: StartupId
    carrier: CarrierId
    asked_at: datetime
    refused_at: datetime | None = None
