"""How far a carrier has come with one startup: which step may follow which, and what is kept of each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Self

from matcher.domain.accounts import AccountId
from matcher.domain.errors import IllegalStep, InvalidField, Outdated
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.interactions import InteractionKind

LeadId = NewType("LeadId", str)

MAX_ACTION_CHARACTERS = 200
MAX_NOTE_CHARACTERS = 2_000
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class LeadStatus(StrEnum):
    """In the order in which they usually follow each other."""

    NEW = "new"
    CONTACTED = "contacted"
    VISITED = "visited"
    REVIEWED = "reviewed"
    OFFERED = "offered"
    ADMITTED = "admitted"
    DECLINED = "declined"
    GRADUATED = "graduated"


NEXT: Mapping[LeadStatus, tuple[LeadStatus, ...]] = {
    LeadStatus.NEW: (LeadStatus.CONTACTED, LeadStatus.DECLINED),
    LeadStatus.CONTACTED: (LeadStatus.VISITED, LeadStatus.DECLINED),
    LeadStatus.VISITED: (LeadStatus.REVIEWED, LeadStatus.DECLINED),
    LeadStatus.REVIEWED: (LeadStatus.OFFERED, LeadStatus.DECLINED),
    LeadStatus.OFFERED: (LeadStatus.ADMITTED, LeadStatus.DECLINED),
    LeadStatus.ADMITTED: (LeadStatus.GRADUATED,),
    LeadStatus.DECLINED: (LeadStatus.CONTACTED,),  # a startup grows, and a place becomes free
    LeadStatus.GRADUATED: (),
}
WITHOUT_CONSENT = (LeadStatus.CONTACTED, LeadStatus.DECLINED)  # nobody visits whom he does not know


class DeclineReason(StrEnum):
    """Why it went no further; the last three are the startup's own."""

    OUTSIDE_FIELD = "outside_field"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NO_SPACE = "no_space"
    FACILITIES_MISSING = "facilities_missing"
    ENTRY_RULE = "entry_rule"
    NOT_CONVINCING = "not_convincing"
    WENT_ELSEWHERE = "went_elsewhere"
    NO_ANSWER = "no_answer"
    GAVE_UP = "gave_up"


OF_THE_STARTUP = (DeclineReason.WENT_ELSEWHERE, DeclineReason.NO_ANSWER, DeclineReason.GAVE_UP)
KIND_OF_STEP: Mapping[LeadStatus, InteractionKind] = {
    LeadStatus.CONTACTED: InteractionKind.LEAD,
    LeadStatus.VISITED: InteractionKind.VISIT,
    LeadStatus.ADMITTED: InteractionKind.ADMISSION,
    LeadStatus.DECLINED: InteractionKind.DECLINED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPlan:
    """Who looks after a lead, and what comes next."""

    owner: AccountId | None = None  # one of the carrier's staff
    next_action: str | None = None
    due: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "next_action", checked_text(self.next_action, "next_action", MAX_ACTION_CHARACTERS))
        if self.due is not None and not EARLIEST <= self.due <= LATEST:
            raise InvalidField("A date from {first} to {last} is expected.", field="due", first=EARLIEST, last=LATEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadStep:
    """One step, with who made it and when."""

    lead: LeadId
    status: LeadStatus  # that it leads to
    reason: DeclineReason | None = None  # there is one where it is declined, and only there
    note: str | None = None
    made_by: AccountId | None  # None where the account is gone
    made_at: datetime

    def __post_init__(self) -> None:
        if (self.reason is not None) != (self.status is LeadStatus.DECLINED):
            raise InvalidField("A reason belongs to the status declined, and to no other.", field="reason")
        object.__setattr__(self, "note", checked_text(self.note, "note", MAX_NOTE_CHARACTERS))

    @property
    def kind(self) -> InteractionKind | None:
        """What training makes of it; None for a step that says nothing of the match.

        `declined` means that the carrier said no: a startup that went elsewhere says nothing of the carrier's wish.
        """
        return None if self.reason in OF_THE_STARTUP else KIND_OF_STEP.get(self.status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One startup in the eyes of one carrier."""

    id: LeadId  # random, another one for each carrier: no two of them can join what they see
    carrier: CarrierId
    startup: StartupId
    status: LeadStatus = LeadStatus.NEW
    plan: LeadPlan = field(default_factory=LeadPlan)
    asked_at: datetime | None = None  # when the startup was last asked for its consent
    refused_at: datetime | None = None
    version: int = 1
    created_at: datetime
    updated_at: datetime

    def moved(self, step: LeadStep, *, consented: bool, known: bool) -> Self:
        """After this step; whoever contacts a startup that has not consented asks it to.

        Args:
            step: to make.
            consented: whether the startup's consent is in force.
            known: whether it was at any time.

        Raises:
            IllegalStep: that step cannot follow, or the startup has not consented.
        """
        allowed = NEXT[self.status]
        if step.status not in allowed:
            raise IllegalStep(
                "From {status} a lead goes on to: {allowed}.",
                field="status",
                status=self.status.value,
                allowed=tuple(one.value for one in allowed) or "-",
            )
        if _meets_a_stranger(step.status, known):
            raise IllegalStep(
                "The startup has not consented to this carrier, so nobody can have met it yet.", field="status"
            )
        if self._asks_in_vain(step.status, consented):
            raise IllegalStep("The startup was asked and has refused; it is not asked again.", field="status")
        asks = step.status is LeadStatus.CONTACTED and not consented
        return replace(
            self,
            status=step.status,
            asked_at=step.made_at if asks else self.asked_at,
            version=self.version + 1,
            updated_at=step.made_at,
        )

    def open_steps(self, *, consented: bool, known: bool) -> tuple[LeadStatus, ...]:
        """Where it may go on to now; see `moved`."""
        return tuple(
            status
            for status in NEXT[self.status]
            if not _meets_a_stranger(status, known) and not self._asks_in_vain(status, consented)
        )

    def planned(self, plan: LeadPlan, now: datetime) -> Self:
        return replace(self, plan=plan, version=self.version + 1, updated_at=now)

    def answered(self, now: datetime, *, refused: bool) -> Self:
        """The startup has consented, or refused: for the carrier that is no change of its own, so the version stays."""
        return replace(self, refused_at=now if refused else None)

    def require_version(self, expected: int | None) -> None:
        """Raises Outdated where another version is stored; None takes any."""
        if expected is not None and expected != self.version:
            raise Outdated(
                "The record has changed since you read it: it is at version {version}. Read it again, then change it.",
                version=self.version,
            )

    def _asks_in_vain(self, status: LeadStatus, consented: bool) -> bool:
        return status is LeadStatus.CONTACTED and not consented and self.refused_at is not None


def _meets_a_stranger(status: LeadStatus, known: bool) -> bool:
    return not known and status not in WITHOUT_CONSENT


def checked_text(text: str | None, name: str, limit: int) -> str | None:
    """Without blanks around it; None where nothing is left. Raises InvalidField where it is too long, or no text."""
    if text is None or not text.strip():
        return None
    if len(text) > limit:
        raise InvalidField("{name}: at most {limit} characters.", field=name, name=name, limit=limit)
    if NOT_TEXT.search(text):
        raise InvalidField("{name}: control characters are not text.", field=name, name=name)
    return text.strip()
