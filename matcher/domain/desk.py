"""Which of its leads a carrier's staff wants to see, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from matcher.domain.accounts import AccountId
from matcher.domain.ids import TermId
from matcher.domain.leads import LeadPlan, LeadStatus

SOON_DAYS = 7
MAX_SEARCH_CHARACTERS = 100
NOBODY_OWNS = AccountId("nobody")  # no account has this id: they are random


class DueWhen(StrEnum):
    """When the next action of a lead is due."""

    OVERDUE = "overdue"
    SOON = "soon"  # from today on, within a week
    LATER = "later"
    UNDATED = "undated"


class DeskOrder(StrEnum):
    FIT = "fit"  # best first
    DUE = "due"  # earliest first, those without a date behind them
    STATUS = "status"  # those that have come furthest first
    CHANGED = "changed"  # latest first


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFilter:
    """Which leads are wanted; None and an empty search want all, and all that is said has to hold."""

    status: LeadStatus | None = None
    field: TermId | None = None  # a chain, an industry or a sub-field that the card names; "none" for no chain
    stage: TermId | None = None
    consented: bool | None = None
    owner: AccountId | None = None  # `NOBODY_OWNS` for those that nobody looks after
    due: DueWhen | None = None
    search: str = ""  # words, all of which stand in the card, the next action or, with consent, name and text

    def wants_plan(self, plan: LeadPlan, today: date) -> bool:
        """Whether owner and date are as wanted."""
        is_owned = self.owner is None or (plan.owner or NOBODY_OWNS) == self.owner
        return is_owned and self.due in (None, due_when(plan.due, today))

    def finds(self, texts: Iterable[str]) -> bool:
        """Whether every word that is searched for stands somewhere in them, however it is capitalised."""
        words = self.search.casefold().split()
        if not words:
            return True
        text = "\n".join(texts).casefold()
        return all(word in text for word in words)


def due_when(due: date | None, today: date) -> DueWhen:
    if due is None:
        return DueWhen.UNDATED
    if due < today:
        return DueWhen.OVERDUE
    return DueWhen.SOON if due <= today + timedelta(days=SOON_DAYS) else DueWhen.LATER
