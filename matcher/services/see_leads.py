"""Shows a carrier's staff which startups would suit it: anonymous cards, and more of those that have consented."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.errors import LeadNotFound
from matcher.domain.ids import CarrierId
from matcher.domain.leads import LeadId
from matcher.domain.matches import CriterionPart
from matcher.domain.permissions import Action, reaches
from matcher.ports import Transactions, UnitOfWork
from matcher.ranking.listing import explained
from matcher.services.lead_rankings import LeadRankings, RankedFor
from matcher.services.lead_views import Known, LeadFilter, LeadView, lead_view
from matcher.services.show_leads import ShowLeads, known_to, require_own, seen, still_open


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
    shows: ShowLeads

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
        require_own(actor, carrier, Action.SEE_LEADS)
        ranked = self.rankings.of(carrier, now.date())
        with self.transactions() as uow:
            uow.lock()  # what is shown and what is written down belong together
            known = known_to(uow, carrier, ranked)
            fitting = [place for place in range(len(ranked.ranking.startups)) if known.fits(place, wanted)]
            begin = _begin(uow, known, fitting, after)
            records, end = still_open(uow, known, fitting, begin, limit)
            views = self.shows(uow, actor, known, records, now)
            uow.commit()
        last = None if end == len(fitting) or not views else After(views[-1].score, views[-1].lead.id)
        return LeadPage(leads=tuple(views), next_after=last, total=len(fitting))

    def one(self, actor: Actor, carrier: CarrierId, lead_id: LeadId, *, now: datetime) -> LeadView:
        """With the steps so far, and, where the startup has consented, who it is and why it fits.

        Raises:
            CarrierNotFound: there is none, or it is another's.
            LeadNotFound: there is none, it is of another carrier, or the startup is not to be seen any more.
        """
        require_own(actor, carrier, Action.SEE_LEADS)
        ranked = self.rankings.of(carrier, now.date())
        with self.transactions() as uow:
            uow.lock()
            lead = uow.leads.get(lead_id, carrier=carrier)
            known = known_to(uow, carrier, ranked)
            place = ranked.ranking.row_of.get(lead.startup)
            if place is None or not known.shows(place) or not still_open(uow, known, [place], 0, 1)[0]:
                raise LeadNotFound("There is no lead {id}.", id=lead_id)
            view = replace(
                lead_view(known, place, lead, self.shows.ranker, now.date()), steps=tuple(uow.leads.steps(lead_id))
            )
            record = uow.startups.by_id([lead.startup]).get(lead.startup)
            startup = ranked.ranking.startups[place]
            if view.consented and record is not None and reaches(actor, Action.READ_LEAD_TEXT, carrier=carrier):
                is_as_read = record.version == startup.version  # else the words would not be those of the text
                view = replace(view, record=record, reasons=self._reasons(ranked, place) if is_as_read else ())
            uow.audit.add([seen(actor, view, now, listed=False)])
            uow.commit()
        return view

    def _reasons(self, ranked: RankedFor, place: int) -> tuple[CriterionPart, ...]:
        ranking, row = ranked.ranking, ranked.row
        if row is None:
            return ()
        profile, wished = ranking.startups[place].profile, float(ranking.wished[place])
        return explained(profile, ranked.board, row, ranking.parts[place], wished, self.shows.ranker)


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
