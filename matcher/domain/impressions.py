"""What was shown, in which order and by which models; and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from matcher.domain.accounts import Role
from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.interactions import Interaction, InteractionKind
from matcher.domain.matches import Answer, ListOrder, ModelIds
from matcher.domain.startups import Scope

CLOCKS_DIFFER = timedelta(minutes=5)  # a caller's clock may be this far from ours


class FeedbackKind(StrEnum):
    """What a startup or a carrier did with a place on a list."""

    CLICK = "click"
    CONTACT = "contact"
    VISIT = "visit"
    ADMISSION = "admission"
    DISMISSED = "dismissed"


# Who has no account is known by nothing but the id of the list, so it can report no more than what it did on the page.
OPEN_KINDS = frozenset({FeedbackKind.CLICK, FeedbackKind.DISMISSED})

# A click costs nothing and follows the place on the list more than anything else: it teaches nothing.
OUTCOMES: Mapping[FeedbackKind, InteractionKind] = {
    FeedbackKind.CONTACT: InteractionKind.LEAD,
    FeedbackKind.VISIT: InteractionKind.VISIT,
    FeedbackKind.ADMISSION: InteractionKind.ADMISSION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Impression:
    """One place on a list."""

    rank: int  # from 1; of leads: on their page
    carrier: CarrierId
    startup: StartupId | None = None  # None where no startup is kept
    score: float | None = None  # None where the order used no score


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownList:
    """One list as it was shown; it holds no word of a text, no address and no account."""

    request_id: str
    startup: StartupId | None = None  # that it was made for, where one is kept
    carrier: CarrierId | None = None  # whose leads they are; None for a list of carriers
    scope: Scope | None = None  # None for leads
    order: ListOrder = ListOrder.FIT
    models: ModelIds
    registry: str  # version
    shown_at: datetime
    places: tuple[Impression, ...]

    def place_of(self, carrier: CarrierId) -> Impression:
        """Raises InvalidField where the carrier was not on it."""
        for place in self.places:
            if place.carrier == carrier:
                return place
        raise InvalidField("The carrier {id} was not on this list.", field="carrier_id", id=carrier)

    def happened(self, at: datetime | None, now: datetime) -> datetime:
        """When something happened that is told now.

        Raises:
            InvalidField: it lies in the future, or before the list was shown.
        """
        if at is None:
            return now
        if not self.shown_at - CLOCKS_DIFFER <= at <= now + CLOCKS_DIFFER:
            raise InvalidField("A time between the one at which the list was shown and now is expected.", field="at")
        return at


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What came of one place on a list; its rank is kept with it, so that the list may be forgotten."""

    request_id: str
    carrier: CarrierId
    kind: FeedbackKind
    startup: StartupId | None
    rank: int
    at: datetime
    recorded_at: datetime
    reported_by: Role | None  # None: who has not signed in

    @property
    def outcome(self) -> Interaction | None:
        """What a ranker may learn from; None where it teaches nothing."""
        if self.startup is None or self.kind not in OUTCOMES:
            return None
        return Interaction(
            startup=self.startup, carrier=self.carrier, on=self.at.date(), kind=OUTCOMES[self.kind], rank=self.rank
        )


def shown_list(answer: Answer, startup: StartupId | None, now: datetime) -> ShownList:
    """What is kept of an answer.

    Args:
        answer: as shown.
        startup: that it was made for, where one is kept.
        now: when.
    """
    is_scored = answer.order is ListOrder.FIT
    return ShownList(
        request_id=answer.request_id,
        startup=startup,
        scope=answer.scope,
        order=answer.order,
        models=answer.models,
        registry=answer.registry.version,
        shown_at=now,
        places=tuple(
            Impression(
                rank=match.rank,
                carrier=match.carrier.id,
                startup=startup,
                score=float(match.score) if is_scored else None,
            )
            for match in answer.matches
        ),
    )


def shown_leads(
    request_id: str,
    carrier: CarrierId,
    leads: Sequence[tuple[StartupId, float]],
    *,
    models: ModelIds,
    registry: str,
    now: datetime,
) -> ShownList:
    """What is kept of a page of leads.

    Args:
        request_id: under which it was shown.
        carrier: to whose staff.
        leads: startups with their scores, in the order of the page.
        models: that gave the scores.
        registry: version.
        now: when.
    """
    return ShownList(
        request_id=request_id,
        carrier=carrier,
        models=models,
        registry=registry,
        shown_at=now,
        places=tuple(
            Impression(rank=rank, carrier=carrier, startup=startup, score=float(score))
            for rank, (startup, score) in enumerate(leads, start=1)
        ),
    )
