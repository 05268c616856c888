"""What happens whenever leads are shown: who is new gets a lead, and each startup's owner can read who looked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.audit import AuditEntry, Event
from matcher.domain.errors import CarrierNotFound
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.leads import Lead, LeadId
from matcher.domain.permissions import Action, reaches, require
from matcher.domain.startup_records import StartupRecord
from matcher.ports import Ranker, UnitOfWork
from matcher.services.lead_rankings import RankedFor
from matcher.services.lead_views import Known, LeadView, lead_view


@dataclass
class ShowLeads:
    """Makes views of places in a ranking, within a transaction of whoever shows them."""

    ranker: Ranker
    new_id: Callable[[], LeadId]

    def __call__(
        self, uow: UnitOfWork, actor: Actor, known: Known, records: Mapping[int, StartupRecord], now: datetime
    ) -> list[LeadView]:
        """Of the startups at these places, in this order; the name is there of those that have consented."""
        leads = self._leads(uow, known, list(records), now)
        views = [
            replace(
                lead_view(known, place, lead, self.ranker, now.date()),
                record=records[place] if startup in known.consented else None,
            )
            for place, (startup, lead) in zip(records, leads.items(), strict=True)
        ]
        uow.audit.add([seen(actor, view, now, listed=True) for view in views])
        return views

    def _leads(self, uow: UnitOfWork, known: Known, shown: Sequence[int], now: datetime) -> dict[StartupId, Lead]:
        """Of the startups at these places, in this order; who is seen for the first time gets one."""
        startups = [known.ranked.ranking.startups[place].id for place in shown]
        found = dict(uow.leads.of(known.carrier, startups))
        new = [
            Lead(id=self.new_id(), carrier=known.carrier, startup=one, created_at=now, updated_at=now)
            for one in startups
            if one not in found
        ]
        uow.leads.add(new)
        found |= {lead.startup: lead for lead in new}
        return {one: found[one] for one in startups}


def require_own(actor: Actor, carrier: CarrierId, action: Action) -> None:
    """Raises SignInNeeded, NotAllowed, or, where it is another's, CarrierNotFound as if there were none."""
    require(actor, action)
    if not reaches(actor, action, carrier=carrier):
        raise CarrierNotFound("There is no carrier {id}.", id=carrier)


def known_to(uow: UnitOfWork, carrier: CarrierId, ranked: RankedFor) -> Known:
    return Known(carrier, ranked, uow.consents.to(carrier), uow.consents.ever_to(carrier), uow.leads.statuses(carrier))


def still_open(
    uow: UnitOfWork, known: Known, fitting: Sequence[int], begin: int, limit: int
) -> tuple[dict[int, StartupRecord], int]:
    """At most `limit` places from there on, each with its record, and up to where that was looked at.

    The ranking may still have what was erased, withdrawn or hidden half a second ago.
    """
    found: dict[int, StartupRecord] = {}
    while len(found) < limit and begin < len(fitting):
        some = fitting[begin : begin + limit - len(found)]
        begin += len(some)
        ids = {place: known.ranked.ranking.startups[place].id for place in some}
        records = uow.startups.by_id(list(ids.values()))
        for place, one in ids.items():
            record = records.get(one)
            if record is not None and record.is_open_to(known.carrier, consented=one in known.consented):
                found[place] = record
    return found, begin


def seen(actor: Actor, view: LeadView, now: datetime, *, listed: bool) -> AuditEntry:
    """What the log says of a startup that was shown."""
    if view.record is None:
        event = Event.CARD_LISTED if listed else Event.CARD_SEEN
    else:
        event = Event.NAME_LISTED if listed else Event.TEXT_SEEN
    return AuditEntry(startup=view.lead.startup, account=actor.account, carrier=actor.carrier, event=event, at=now)
