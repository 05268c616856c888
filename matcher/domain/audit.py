"""Who has seen or done what with a startup, and when: only ever added to, and its owner can read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matcher.domain.accounts import AccountId
from matcher.domain.ids import CarrierId, StartupId


class Event(StrEnum):
    """What was seen or done."""

    CARD_LISTED = "card.listed"  # the anonymous card, among others
    CARD_SEEN = "card.seen"  # the anonymous card alone
    NAME_LISTED = "name.listed"  # the card with the name, among others
    TEXT_SEEN = "text.seen"  # name, contact and text
    CONSENT_GIVEN = "consent.given"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    CONSENT_ASKED = "consent.asked"
    CONSENT_REFUSED = "consent.refused"
    LEAD_MOVED = "lead.moved"  # the detail says to which status
    LEAD_PLANNED = "lead.planned"  # who looks after it, what comes next
    CORRECTED = "startup.corrected"
    EXPORTED = "startup.exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One thing that was seen or done."""

    startup: StartupId
    account: AccountId | None  # who did it; None where the account is gone
    carrier: CarrierId | None  # whose staff that was, or whom it concerns
    event: Event
    detail: str | None = None  # an id of this program, never a text of anybody
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Some entries, the latest first, and before which the next page begins."""

    entries: Sequence[AuditEntry]
    next_before: int | None  # None: this was the last page
