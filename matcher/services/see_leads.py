"""Shows a carrier's staff which startups would suit it: anonymous cards, and more of those that have consented."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.audit import AuditEntry, Event
from matcher.domain.errors import CarrierNotFound, LeadNotFound
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.leads import Lead, LeadId
from matcher.domain.matches import CriterionPart
from matcher.domain.permissions import Action, reaches, require
from matcher.domain.startup_records import StartupRecord
from matcher.ports import Transactions, UnitOfWork
from matcher.ranking.listing import explained
from matcher.services.lead_rankings import LeadRankings, RankedFor
from matcher.services.lead_views import Known, LeadFilter, LeadView, lead_view


@dataclass(frozen=True, slots=True)
class After:
    """Where a page begins: behind this lead, which had this score when it was shown."""

    score: float
    lead: LeadId


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPage:
    """Some leads, best first, and behind which the next page begins."""

    leads: Sequence[LeadView]
    next_after: After | None  # None: this was the last page
    total: int  # of all pages


@dataclass
class SeeLeads:
    """Each method raises SignInNeeded or NotAllowed where it is no carrier's staff that asks."""

    transactions: Transactions
    rankings: LeadRankings
    new_id: Callable[[], LeadId]

    def page(
        self,
        actor: Actor,
        carrier: CarrierId,
        wanted: LeadFilter,
        *,
        after: After | None = None,
        limit: int = 20,
        now: datetime,
    ) -> LeadPage:
        """Best first, ties in an order that stays; each card shown is written down for the startup's owner.

        Raises:
            CarrierNotFound: there is none, or it is another's.
        """
        _require(actor, carrier, Action.SEE_LEADS)
        ranked = self.rankings.of(carrier, now.date())
        with self.transactions() as uow:
            uow.lock()  # what is shown and what is written down belong together
            known = _known(uow, carrier, ranked)
            fitting = [place for place in range(len(ranked.ranking.startups)) if known.fits(place, wanted)]
            begin = _begin(uow, known, fitting, after)
            shown, end = _still_open(uow, known, fitting, begin, limit)
            leads = self._leads(uow, known, list(shown), now)
            views = [
                replace(
                    lead_view(known, place, lead, self.rankings.ranker, now.date()),
                    record=shown[place] if startup in known.consented else None,
                )
                for place, (startup, lead) in zip(shown, leads.items(), strict=True)
            ]
            uow.audit.add([_seen(actor, view, now, listed=True) for view in views])
            uow.commit()
        last = None if end == len(fitting) or not views else After(views[-1].score, views[-1].lead.id)
        return LeadPage(leads=tuple(views), next_after=last, total=len(fitting))

    def one(self, actor: Actor, carrier: CarrierId, lead_id: LeadId, *, now: datetime) -> LeadView:
        """With the steps so far, and, where the startup has consented, who it is and why it fits.

        Raises:
            CarrierNotFound: there is none, or it is another's.
            LeadNotFound: there is none, it is of another carrier, or the startup is not to be seen any more.
        """
        _require(actor, carrier, Action.SEE_LEADS)
        ranked = self.rankings.of(carrier, now.date())
        with self.transactions() as uow:
            uow.lock()
            lead = uow.leads.get(lead_id, carrier=carrier)
            known = _known(uow, carrier, ranked)
            place = ranked.ranking.row_of.get(lead.startup)
            if place is None or not known.shows(place) or not _still_open(uow, known, [place], 0, 1)[0]:
                raise LeadNotFound("There is no lead {id}.", id=lead_id)
            view = replace(
                lead_view(known, place, lead, self.rankings.ranker, now.date()), steps=tuple(uow.leads.steps(lead_id))
            )
            record = uow.startups.by_id([lead.startup]).get(lead.startup)
            startup = ranked.ranking.startups[place]
            if view.consented and record is not None and reaches(actor, Action.READ_LEAD_TEXT, carrier=carrier):
                is_as_read = record.version == startup.version  # else the words would not be those of the text
                view = replace(view, record=record, reasons=self._reasons(ranked, place) if is_as_read else ())
            uow.audit.add([_seen(actor, view, now, listed=False)])
            uow.commit()
        return view

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

    def _reasons(self, ranked: RankedFor, place: int) -> tuple[CriterionPart, ...]:
        ranking, row = ranked.ranking, ranked.row
        if row is None:
            return ()
        profile, wished = ranking.startups[place].profile, float(ranking.wished[place])
        return explained(profile, ranked.board, row, ranking.parts[place], wished, self.rankings.ranker)


def _require(actor: Actor, carrier: CarrierId, action: Action) -> None:
    require(actor, action)
    if not reaches(actor, action, carrier=carrier):
        raise CarrierNotFound("There is no carrier {id}.", id=carrier)


def _known(uow: UnitOfWork, carrier: CarrierId, ranked: RankedFor) -> Known:
    return Known(carrier, ranked, uow.consents.to(carrier), uow.leads.statuses(carrier))


def _still_open(
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


def _begin(uow: UnitOfWork, known: Known, fitting: Sequence[int], after: After | None) -> int:
    """Where among the fitting places the page begins; a lead that is gone stands before all with its score."""
    if after is None:
        return 0
    startups, scores = known.ranked.ranking.startups, known.ranked.ranking.scores
    try:
        last = str(uow.leads.get(after.lead, carrier=known.carrier).startup)
    except LeadNotFound:
        last = ""
    position = (-after.score, last)
    return next(
        (number for number, place in enumerate(fitting) if (-scores[place], startups[place].id) > position),
        len(fitting),
    )


def _seen(actor: Actor, view: LeadView, now: datetime, *, listed: bool) -> AuditEntry:
    if view.record is None:
        event = Event.CARD_LISTED if listed else Event.CARD_SEEN
    else:
        event = Event.NAME_LISTED if listed else Event.TEXT_SEEN
    return AuditEntry(startup=view.lead.startup, account=actor.account, carrier=actor.carrier, event=event, at=now)
