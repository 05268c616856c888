"""Shows hand-overs of the run in force to the carrier that a startup is at, and to the startup itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from matcher.domain.accounts import Actor
from matcher.domain.audit import AuditEntry, Event
from matcher.domain.handovers import Handover, Stay
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.leads import LeadId, LeadStatus
from matcher.domain.permissions import Action, require
from matcher.domain.run_records import RunRecord
from matcher.ports import Transactions, UnitOfWork
from matcher.services.show_leads import require_own


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverView:
    """One hand-over as its carrier sees it."""

    handover: Handover
    name: str  # of the startup
    lead: LeadId | None  # None where the startup says that it is there and no lead speaks of it


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierHandovers:
    """Those of one carrier; `run` is None where none is in force yet."""

    run: RunRecord | None
    handovers: Sequence[HandoverView] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHandovers:
    """Those of one startup, and where it says that it is."""

    run: RunRecord | None
    handovers: Sequence[Handover]
    stays: Sequence[Stay]


@dataclass(frozen=True)
class SeeHandovers:
    """Each method raises SignInNeeded or NotAllowed where it is not for the role of who asks."""

    transactions: Transactions

    def of_carrier(self, actor: Actor, carrier: CarrierId, *, now: datetime) -> CarrierHandovers:
        """Of startups whose consent to it is in force now and that have not graduated; each is told who looked.

        Raises:
            CarrierNotFound: there is none, or it is another's.
        """
        require_own(actor, carrier, Action.READ_LEAD_TEXT)
        with self.transactions() as uow:
            uow.lock()  # what is shown and what is written down belong together
            run = uow.runs.served()
            views = [] if run is None else _views(uow, uow.handovers.of_carrier(run.id, carrier), carrier)
            uow.audit.add(
                [
                    AuditEntry(
                        startup=view.handover.startup,
                        account=actor.account,
                        carrier=carrier,
                        event=Event.NAME_LISTED,
                        at=now,
                    )
                    for view in views
                ]
            )
            uow.commit()
        return CarrierHandovers(run=run, handovers=tuple(views))

    def own(self, actor: Actor, startup: StartupId) -> OwnHandovers:
        """Raises StartupNotFound where there is none, or it is another's."""
        owner = require(actor, Action.READ_STARTUP)
        with self.transactions() as uow:
            uow.startups.get(startup, owner=owner)
            run = uow.runs.served()
            found = [] if run is None else uow.handovers.of_startup(run.id, startup)
            return OwnHandovers(run=run, handovers=tuple(found), stays=tuple(uow.handovers.stays(startup)))

    def state_stay(
        self,
        actor: Actor,
        startup: StartupId,
        carrier: CarrierId,
        *,
        began_on: date | None,
        ends_on: date | None,
        now: datetime,
    ) -> Stay:
        """Where it is, in place of what it said of the same carrier before; the next run heeds it.

        Raises:
            StartupNotFound: there is none, or it is another's.
            CarrierNotFound: there is none.
            InvalidField: a date is out of range, or the end lies before the beginning.
        """
        owner = require(actor, Action.UPDATE_STARTUP)
        stay = Stay(startup=startup, carrier=carrier, began_on=began_on, ends_on=ends_on, stated_at=now)
        with self.transactions() as uow:
            uow.lock()
            uow.startups.get(startup, owner=owner)
            uow.carriers.get(carrier)
            uow.handovers.state_stay(stay)
            uow.commit()
        return stay

    def forget_stay(self, actor: Actor, startup: StartupId, carrier: CarrierId) -> None:
        """Nothing where nothing was stated; raises StartupNotFound."""
        owner = require(actor, Action.UPDATE_STARTUP)
        with self.transactions() as uow:
            uow.lock()
            uow.startups.get(startup, owner=owner)
            uow.handovers.forget_stay(startup, carrier)
            uow.commit()


def _views(uow: UnitOfWork, found: Sequence[Handover], carrier: CarrierId) -> list[HandoverView]:
    ids = [one.startup for one in found]
    consented, records, leads = uow.consents.to(carrier), uow.startups.by_id(ids), uow.leads.of(carrier, ids)
    views = []
    for one in found:
        record, lead = records.get(one.startup), leads.get(one.startup)
        if record is None or record.withdrawn_at is not None or one.startup not in consented:
            continue
        if lead is not None and lead.status is LeadStatus.GRADUATED:
            continue
        views.append(HandoverView(handover=one, name=record.draft.name, lead=None if lead is None else lead.id))
    return views
