"""Moves a lead along the pipeline, and plans what comes next."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from matcher.domain.accounts import AccountId, Actor, Role
from matcher.domain.audit import AuditEntry, Event
from matcher.domain.errors import AccountNotFound, CarrierNotFound, InvalidField, LeadNotFound
from matcher.domain.ids import CarrierId
from matcher.domain.leads import DeclineReason, Lead, LeadId, LeadPlan, LeadStatus, LeadStep
from matcher.domain.permissions import Action, reaches, require
from matcher.ports import Transactions, UnitOfWork
from matcher.services.register_startup import Once


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedStep:
    """What the staff says of a step."""

    status: LeadStatus
    reason: DeclineReason | None = None
    note: str | None = None


@dataclass
class MoveLead:
    """Each method raises SignInNeeded or NotAllowed where it is no carrier's staff that asks."""

    transactions: Transactions

    def step(
        self,
        actor: Actor,
        carrier: CarrierId,
        lead_id: LeadId,
        wanted: WantedStep,
        *,
        expected: int | None,
        now: datetime,
        once: Once | None = None,
    ) -> Lead:
        """The lead after this step, which is kept with who made it; with a key that came before, as it stands now.

        Args:
            actor: who asks.
            carrier: whose lead it is.
            lead_id: of the lead.
            wanted: the step.
            expected: version that it rests on; None takes any.
            now: when.
            once: so that the same call again makes no second step.

        Raises:
            CarrierNotFound: there is none, or it is another's.
            LeadNotFound: there is none, it is of another carrier, or the startup is not to be seen any more.
            Outdated: the lead has another version by now.
            IllegalStep: that step cannot follow, or needs a consent.
            KeyReused: the key came before with other content.
            InvalidField: a note is too long or no text, or a reason is missing or too many.
        """
        made_by = _require(actor, carrier)
        step = LeadStep(
            lead=lead_id,
            status=wanted.status,
            reason=wanted.reason,
            note=wanted.note,
            made_by=made_by,
            made_at=now,
        )
        with self.transactions() as uow:
            uow.lock()
            before = _visible(uow, carrier, lead_id)
            if once is not None:
                if uow.keys.known(made_by, once.key, once.content_hash) is not None:
                    return before
                uow.keys.keep(made_by, once.key, once.content_hash, {"id": lead_id}, now=now)
            before.require_version(expected)
            consented = uow.consents.in_force(before.startup, carrier) is not None
            after = before.moved(step, consented=consented, known=uow.consents.was_given(before.startup, carrier))
            uow.leads.replace(after)
            uow.leads.add_step(step)
            entry = AuditEntry(
                startup=before.startup,
                account=made_by,
                carrier=carrier,
                event=Event.LEAD_MOVED,
                detail=step.status,
                at=now,
            )
            asked = [replace(entry, event=Event.CONSENT_ASKED, detail=None)] if after.asked_at == now else []
            uow.audit.add([entry, *asked])
            uow.commit()
        return after

    def plan(
        self,
        actor: Actor,
        carrier: CarrierId,
        lead_id: LeadId,
        change: Callable[[LeadPlan], LeadPlan],
        *,
        expected: int | None,
        now: datetime,
    ) -> Lead:
        """The lead with another plan; one that says the same is no change.

        Args:
            actor: who asks.
            carrier: whose lead it is.
            lead_id: of the lead.
            change: from what stands there to what is to stand there.
            expected: version that it rests on; None takes any.
            now: when.

        Raises:
            CarrierNotFound: there is none, or it is another's.
            LeadNotFound: there is none, it is of another carrier, or the startup is not to be seen any more.
            Outdated: the lead has another version by now.
            InvalidField: the owner is not of this carrier's staff, or a value cannot be kept.
        """
        made_by = _require(actor, carrier)
        with self.transactions() as uow:
            uow.lock()
            before = _visible(uow, carrier, lead_id)
            before.require_version(expected)
            plan = change(before.plan)
            if plan == before.plan:
                return before
            if plan.owner is not None and plan.owner != before.plan.owner:
                _require_staff(uow, carrier, plan.owner)
            after = before.planned(plan, now)
            uow.leads.replace(after)
            entry = AuditEntry(
                startup=before.startup, account=made_by, carrier=carrier, event=Event.LEAD_PLANNED, at=now
            )
            uow.audit.add([entry])
            uow.commit()
        return after


def _require(actor: Actor, carrier: CarrierId) -> AccountId:
    account = require(actor, Action.MOVE_LEAD)
    if not reaches(actor, Action.MOVE_LEAD, carrier=carrier):
        raise CarrierNotFound("There is no carrier {id}.", id=carrier)
    return account


def _visible(uow: UnitOfWork, carrier: CarrierId, lead_id: LeadId) -> Lead:
    """The lead, if its startup is still to be seen by this carrier."""
    lead = uow.leads.get(lead_id, carrier=carrier)
    record = uow.startups.by_id([lead.startup]).get(lead.startup)
    if record is None or not record.is_open_to(
        carrier, consented=uow.consents.in_force(lead.startup, carrier) is not None
    ):
        raise LeadNotFound("There is no lead {id}.", id=lead_id)
    return lead


def _require_staff(uow: UnitOfWork, carrier: CarrierId, account_id: AccountId) -> None:
    try:
        account = uow.accounts.get(account_id)
    except AccountNotFound:
        account = None
    if account is None or account.role is not Role.STAFF or account.carrier != carrier or not account.is_active:
        raise InvalidField("The owner of a lead is one of this carrier's staff.", field="owner")
