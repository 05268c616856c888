"""Records what came of a place on a list that was shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.errors import InvalidField, ListNotFound, StartupNotFound
from matcher.domain.ids import CarrierId
from matcher.domain.impressions import OPEN_KINDS, Feedback, FeedbackKind, ShownList
from matcher.domain.permissions import Action, reaches
from matcher.ports import Transactions, UnitOfWork
from matcher.services.register_startup import Once


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody says came of it."""

    request_id: str  # under which the list was shown
    carrier: CarrierId
    kind: FeedbackKind
    at: datetime | None = None  # aware; None: now


@dataclass
class RecordFeedback:
    """The same told twice is one row: the first one stays."""

    transactions: Transactions
    keep_shown: Callable[[], None]  # writes down the lists that were shown but are not kept yet

    def __call__(self, actor: Actor, told: Told, *, now: datetime, once: Once | None = None) -> tuple[Feedback, bool]:
        """What is on record now, and whether it is new.

        Args:
            actor: for a kept startup's list its owner, or staff of the carrier; for another list anybody.
            told: what happened.
            now: when it is told.
            once: counts for who has signed in.

        Raises:
            ListNotFound: no list was shown under this id, or it is none of this actor's.
            InvalidField: the carrier was not on it, the time cannot be, or an open list takes no such feedback.
            KeyReused: the key came before with other content.
        """
        self.keep_shown()
        with self.transactions() as uow:
            uow.lock()
            shown = uow.impressions.get(told.request_id)
            if shown is None or not _is_within_reach(actor, told, shown, uow):
                raise ListNotFound("No list was shown under the id {id}.", id=told.request_id)
            if shown.startup is None and told.kind not in OPEN_KINDS:
                raise InvalidField(
                    "For a list of no kept startup one of {expected} is expected.",
                    field="kind",
                    expected=tuple(sorted(kind.value for kind in OPEN_KINDS)),
                )
            place = shown.place_of(told.carrier)
            happened = shown.happened(told.at, now)
            _keep_key(uow, actor, once, now)
            known = uow.feedback.get(told.request_id, told.carrier, told.kind)
            feedback = known or Feedback(
                request_id=told.request_id,
                carrier=told.carrier,
                kind=told.kind,
                startup=shown.startup,
                rank=place.rank,
                at=happened,
                recorded_at=now,
                reported_by=actor.role,
            )
            if known is None:
                uow.feedback.add(feedback)
            uow.commit()
        return feedback, known is None


def _keep_key(uow: UnitOfWork, actor: Actor, once: Once | None, now: datetime) -> None:
    """Only so that a key is not used for two things: the same feedback is one record without it."""
    if once is None or actor.account is None:
        return
    if uow.keys.known(actor.account, once.key, once.content_hash) is None:
        uow.keys.keep(actor.account, once.key, once.content_hash, {}, now=now)


def _is_within_reach(actor: Actor, told: Told, shown: ShownList, uow: UnitOfWork) -> bool:
    """A list of leads is nobody's here: what comes of a lead are its steps."""
    if shown.carrier is not None:
        return False
    if shown.startup is None:
        return True
    is_listed = any(place.carrier == told.carrier for place in shown.places)
    if is_listed and reaches(actor, Action.RECORD_FEEDBACK, carrier=told.carrier):
        return True
    if actor.account is None or not reaches(actor, Action.RECORD_FEEDBACK, owner=actor.account):
        return False
    try:
        uow.startups.get(shown.startup, owner=actor.account)
    except StartupNotFound:
        return False
    return True
