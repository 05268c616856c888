"""Changes of leads: each is made out in full before anything of it is written."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from matcher.domain.accounts import AccountId, Actor, Role
from matcher.domain.audit import AuditEntry, Event
from matcher.domain.errors import AccountNotFound, CarrierNotFound, InvalidField, LeadNotFound
from matcher.domain.ids import CarrierId
from matcher.domain.leads import DeclineReason, Lead, LeadId, LeadPlan, LeadStatus, LeadStep
from matcher.domain.permissions import Action, reaches, require
from matcher.ports import UnitOfWork

Replan = Callable[[LeadPlan], LeadPlan]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedStep:
    """What the staff says of a step."""

    status: LeadStatus
    reason: DeclineReason | None = None
    note: str | None = None


@dataclass(frozen=True)
class Writer:
    """Who changes leads of which carrier, and when."""

    account: AccountId
    carrier: CarrierId
    now: datetime


@dataclass(frozen=True)
class Change:
    """A lead as it is to be, with what is written beside it."""

    lead: Lead
    steps: tuple[LeadStep, ...] = ()
    entries: tuple[AuditEntry, ...] = field(default=())

    @property
    def is_none(self) -> bool:
        return not self.entries


def writer_of(actor: Actor, carrier: CarrierId, now: datetime) -> Writer:
    """Raises SignInNeeded, NotAllowed, or CarrierNotFound where it is another's."""
    account = require(actor, Action.MOVE_LEAD)
    if not reaches(actor, Action.MOVE_LEAD, carrier=carrier):
        raise CarrierNotFound("There is no carrier {id}.", id=carrier)
    return Writer(account, carrier, now)


def visible_lead(uow: UnitOfWork, carrier: CarrierId, lead_id: LeadId) -> Lead:
    """The lead; LeadNotFound where its startup is not to be seen by this carrier any more."""
    lead = uow.leads.get(lead_id, carrier=carrier)
    record = uow.startups.by_id([lead.startup]).get(lead.startup)
    consented = uow.consents.in_force(lead.startup, carrier) is not None
    if record is None or not record.is_open_to(carrier, consented=consented):
        raise LeadNotFound("There is no lead {id}.", id=lead_id)
    return lead


def stepped(uow: UnitOfWork, change: Change, wanted: WantedStep, writer: Writer) -> Change:
    """With this step; raises IllegalStep, or InvalidField where a note or a reason cannot be."""
    before = change.lead
    step = LeadStep(
        lead=before.id,
        status=wanted.status,
        reason=wanted.reason,
        note=wanted.note,
        made_by=writer.account,
        made_at=writer.now,
    )
    consented = uow.consents.in_force(before.startup, writer.carrier) is not None
    after = before.moved(step, consented=consented, known=uow.consents.was_given(before.startup, writer.carrier))
    moved = replace(_entry(before, Event.LEAD_MOVED, writer), detail=step.status.value)
    asked = (_entry(before, Event.CONSENT_ASKED, writer),) if after.asked_at == writer.now else ()
    return Change(after, (*change.steps, step), (*change.entries, moved, *asked))


def replanned(uow: UnitOfWork, change: Change, replan: Replan, writer: Writer) -> Change:
    """With another plan; one that says the same is no change. Raises InvalidField."""
    before = change.lead
    plan = replan(before.plan)
    if plan == before.plan:
        return change
    if plan.owner is not None and plan.owner != before.plan.owner:
        _require_staff(uow, writer.carrier, plan.owner)
    after = before.planned(plan, writer.now)
    return Change(after, change.steps, (*change.entries, _entry(before, Event.LEAD_PLANNED, writer)))


def write(uow: UnitOfWork, change: Change) -> None:
    """Does not commit."""
    if change.is_none:
        return
    uow.leads.replace(change.lead)
    for step in change.steps:
        uow.leads.add_step(step)
    uow.audit.add(change.entries)


def _entry(lead: Lead, event: Event, writer: Writer) -> AuditEntry:
    return AuditEntry(startup=lead.startup, account=writer.account, carrier=writer.carrier, event=event, at=writer.now)


def _require_staff(uow: UnitOfWork, carrier: CarrierId, account_id: AccountId) -> None:
    try:
        account = uow.accounts.get(account_id)
    except AccountNotFound:
        account = None
    if account is None or account.role is not Role.STAFF or account.carrier != carrier or not account.is_active:
        raise InvalidField("The owner of a lead is one of this carrier's staff.", field="owner")
