"""A carrier's leads as its staff works on them: searched, filtered and sorted, as a table, a board or a file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.desk import DeskFilter, DeskOrder, DueWhen, due_when
from matcher.domain.ids import CarrierId, StartupId, TermId
from matcher.domain.leads import Lead, LeadPlan, LeadStatus
from matcher.domain.permissions import Action
from matcher.domain.startup_records import StartupRecord
from matcher.domain.taxonomy import Facet
from matcher.ports import Transactions, UnitOfWork
from matcher.services.lead_rankings import LeadRankings, RankedFor
from matcher.services.lead_views import Known, LeadView
from matcher.services.show_leads import ShowLeads, known_to, require_own, still_open

UNDATED = (True, 0)
NOTHING_PLANNED = LeadPlan()
ORDER = {status: place for place, status in enumerate(LeadStatus)} | {LeadStatus.DECLINED: -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """Some leads in the order that was asked for, and what the filters may choose from."""

    leads: Sequence[LeadView]
    total: int  # of all pages
    by_status: Mapping[LeadStatus, int]  # of all leads that the filter wants, whatever their status
    n_overdue: int  # of all leads of the carrier
    fields: tuple[TermId, ...]  # sub-fields that its leads' cards name, in the vocabulary's order


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardColumn:
    """The leads of one status: the first ones, and how many there are."""

    status: LeadStatus
    leads: Sequence[LeadView]
    total: int


@dataclass
class DeskLeads:
    """Each method raises SignInNeeded or NotAllowed where it is no carrier's staff that asks.

    And CarrierNotFound where there is no such carrier, or it is another's. Each startup shown can read that it was.
    """

    transactions: Transactions
    rankings: LeadRankings
    shows: ShowLeads

    def page(
        self,
        actor: Actor,
        carrier: CarrierId,
        wanted: DeskFilter,
        *,
        order: DeskOrder = DeskOrder.FIT,
        skip: int = 0,
        limit: int = 20,
        now: datetime,
    ) -> DeskPage:
        """Leads from the place `skip` on; fewer than `limit` where some have just gone."""
        require_own(actor, carrier, Action.SEE_LEADS)
        ranked = self.rankings.of(carrier, now.date())
        with self.transactions() as uow:
            uow.lock()  # what is shown and what is written down belong together
            desk = _desk(uow, carrier, ranked, now)
            fitting = desk.sorted(desk.fitting(wanted), order)
            records, _ = still_open(uow, desk.known, fitting[skip : skip + limit], 0, limit)
            leads = self.shows(uow, actor, desk.known, records, now)
            uow.commit()
        return DeskPage(
            leads=tuple(leads),
            total=len(fitting),
            by_status=Counter(desk.known.status(place) for place in desk.fitting(wanted, any_status=True)),
            n_overdue=desk.n_overdue(),
            fields=desk.fields(),
        )

    def board(
        self, actor: Actor, carrier: CarrierId, wanted: DeskFilter, *, most: int, now: datetime
    ) -> list[BoardColumn]:
        """One column a status, in the pipeline's order: what is due first stands first, else what fits best."""
        require_own(actor, carrier, Action.SEE_LEADS)
        ranked = self.rankings.of(carrier, now.date())
        with self.transactions() as uow:
            uow.lock()
            desk = _desk(uow, carrier, ranked, now)
            fitting = desk.sorted(desk.fitting(wanted), DeskOrder.DUE)
            columns = []
            for status in LeadStatus:
                places = [place for place in fitting if desk.known.status(place) is status]
                records, _ = still_open(uow, desk.known, places, 0, most)
                leads = self.shows(uow, actor, desk.known, records, now)
                columns.append(BoardColumn(status=status, leads=tuple(leads), total=len(places)))
            uow.commit()
        return columns


@dataclass(frozen=True)
class _Desk:
    """Everything of one carrier's leads at one moment, by their places in the ranking."""

    known: Known
    leads: Mapping[StartupId, Lead]  # who was never seen has none
    records: Mapping[StartupId, StartupRecord]  # of those that have consented
    now: datetime

    def places(self) -> list[int]:
        return [place for place in range(len(self.known.ranked.ranking.startups)) if self.known.shows(place)]

    def fitting(self, wanted: DeskFilter, *, any_status: bool = False) -> list[int]:
        """Best first."""
        return [
            place
            for place in self.places()
            if (any_status or wanted.status in (None, self.known.status(place))) and self._fits(place, wanted)
        ]

    def sorted(self, places: Sequence[int], order: DeskOrder) -> Sequence[int]:
        """Equals stay in the order of their fit."""
        match order:
            case DeskOrder.FIT:
                return places
            case DeskOrder.DUE:
                return sorted(places, key=self._due)
            case DeskOrder.STATUS:
                return sorted(places, key=lambda place: -ORDER[self.known.status(place)])
            case DeskOrder.CHANGED:
                return sorted(places, key=self._age)

    def n_overdue(self) -> int:
        today = self.now.date()
        return sum(due_when(self._plan(place).due, today) is DueWhen.OVERDUE for place in self.places())

    def fields(self) -> tuple[TermId, ...]:
        named = {one for place in self.places() for one in self.known.ranked.cards[place].subfields}
        taxonomy = self.known.ranked.board.registry.taxonomy
        return tuple(one for one in taxonomy.ids(Facet.SUBFIELD) if one in named)

    def _fits(self, place: int, wanted: DeskFilter) -> bool:
        card = self.known.ranked.cards[place]
        startup = self._startup(place)
        return (
            wanted.field in (None, card.chain, card.industry, *card.subfields)
            and wanted.stage in (None, card.stage)
            and wanted.consented in (None, startup in self.known.consented)
            and wanted.wants_plan(self._plan(place), self.now.date())
            and (not wanted.search or wanted.finds(self._texts(place)))
        )

    def _texts(self, place: int) -> list[str]:
        """What the staff may read of it: the words of the card in all languages, and more where it has consented."""
        card, taxonomy = self.known.ranked.cards[place], self.known.ranked.board.registry.taxonomy
        terms = (card.industry, *card.subfields, *card.services, *card.capabilities, *card.site)
        texts = [word for term in (*terms, *([card.stage] if card.stage else [])) for word in taxonomy.label(term)]
        texts += [word for named in card.places for word in named]
        texts.append(self._plan(place).next_action or "")
        record = self.records.get(self._startup(place))
        return texts + ([record.draft.name, record.draft.description.text] if record else [])

    def _due(self, place: int) -> tuple[bool, int]:
        due = self._plan(place).due
        return UNDATED if due is None else (False, due.toordinal())

    def _age(self, place: int) -> float:
        lead = self.leads.get(self._startup(place))
        return float("inf") if lead is None else (self.now - lead.updated_at).total_seconds()

    def _plan(self, place: int) -> LeadPlan:
        lead = self.leads.get(self._startup(place))
        return lead.plan if lead else NOTHING_PLANNED

    def _startup(self, place: int) -> StartupId:
        return self.known.ranked.ranking.startups[place].id


def _desk(uow: UnitOfWork, carrier: CarrierId, ranked: RankedFor, now: datetime) -> _Desk:
    known = known_to(uow, carrier, ranked)
    return _Desk(known, uow.leads.all_of(carrier), uow.startups.by_id(list(known.consented)), now)
