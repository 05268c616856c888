"""Changes many leads at once: all of them, or none and each that cannot be changed is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.errors import IllegalStep, InvalidInput, MatcherError, NotFound, Outdated
from matcher.domain.ids import CarrierId
from matcher.domain.leads import LeadId
from matcher.domain.messages import Message
from matcher.ports import Transactions, UnitOfWork
from matcher.services.lead_changes import (
    Change,
    Replan,
    WantedStep,
    Writer,
    replanned,
    stepped,
    visible_lead,
    write,
    writer_of,
)

REFUSALS = (InvalidInput, NotFound, Outdated, IllegalStep)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedChange:
    """What is to become of one lead."""

    lead: LeadId
    expected: int | None = None  # version that it rests on; None takes any
    step: WantedStep | None = None
    replan: Replan | None = None
    unless_there: bool = False  # a step to the status that the lead has already is none


@dataclass(frozen=True, slots=True)
class Refused:
    """A lead that cannot be changed so, with the field at fault, if one is."""

    lead: LeadId
    reason: Message
    field: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedLeads:
    """What became of all of them; nothing is written where any is refused, unless the others are to go on."""

    changed: tuple[LeadId, ...]
    unchanged: tuple[LeadId, ...] = ()
    refused: tuple[Refused, ...] = ()
    written: bool = True


@dataclass
class MoveLeads:
    transactions: Transactions

    def __call__(
        self,
        actor: Actor,
        carrier: CarrierId,
        wanted: Sequence[WantedChange],
        *,
        keep_good: bool = False,
        write_nothing: bool = False,
        now: datetime,
    ) -> MovedLeads:
        """In one transaction, in this order.

        Args:
            actor: who asks.
            carrier: whose leads they are.
            wanted: each lead at most once.
            keep_good: changes those that can be changed, even where others are refused.
            write_nothing: only tells what would become of them.
            now: when.

        Raises:
            SignInNeeded, NotAllowed: it is no carrier's staff that asks.
            CarrierNotFound: there is none, or it is another's.
        """
        writer = writer_of(actor, carrier, now)
        changes: list[Change] = []
        refused: list[Refused] = []
        with self.transactions() as uow:
            uow.lock()
            for one in wanted:
                try:
                    changes.append(_made_out(uow, one, writer))
                except REFUSALS as error:
                    refused.append(Refused(one.lead, error.message, _field_of(error)))
            writes = not write_nothing and (keep_good or not refused)
            if writes:
                for change in changes:
                    write(uow, change)
                uow.commit()
        return MovedLeads(
            changed=tuple(change.lead.id for change in changes if not change.is_none),
            unchanged=tuple(change.lead.id for change in changes if change.is_none),
            refused=tuple(refused),
            written=writes,
        )


def _made_out(uow: UnitOfWork, wanted: WantedChange, writer: Writer) -> Change:
    before = visible_lead(uow, writer.carrier, wanted.lead)
    before.require_version(wanted.expected)
    change, step = Change(before), wanted.step
    if step is not None and not (wanted.unless_there and step.status is before.status):
        change = stepped(uow, change, step, writer)
    elif step is not None and (step.note or step.reason):
        raise IllegalStep("A note or a reason belongs to a step, and the status stays as it is.", field="note")
    return change if wanted.replan is None else replanned(uow, change, wanted.replan, writer)


def _field_of(error: MatcherError) -> str | None:
    return error.field or ("id" if isinstance(error, NotFound) else "version" if isinstance(error, Outdated) else None)
