"""The services around leads on one store, with startups of many fields."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import numpy as np

from matcher.domain.accounts import Account, AccountId, Role, actor_of
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.leads import DeclineReason, LeadId, LeadStatus
from matcher.domain.startup_records import ReadStartup, content_hash
from matcher.domain.startups import Stated
from matcher.domain.taxonomy import Facet
from matcher.ranking.board import build_board
from matcher.services.all_startups import AllStartups
from matcher.services.colleagues import Colleagues
from matcher.services.consents import OwnConsents
from matcher.services.desk_leads import DeskLeads
from matcher.services.import_plans import ImportPlans
from matcher.services.lead_changes import WantedStep
from matcher.services.lead_rankings import LeadRankings
from matcher.services.lead_views import LeadFilter
from matcher.services.move_lead import MoveLead
from matcher.services.move_leads import MoveLeads
from matcher.services.own_audit import OwnAudit
from matcher.services.see_leads import SeeLeads
from matcher.services.show_leads import ShowLeads
from models.hashing_encoder import HashingEncoder
from models.rankers import load_prior
from tests.factories import NOW, a_draft, a_read_profile, a_startup

DIMS = 64
READER = "reader@1"
CARRIER, RIVAL = CarrierId("cn001"), CarrierId("cn002")
ALL = LeadFilter()
LATER = NOW + timedelta(hours=1)
OWNER = Account(id=AccountId("owner"), login="owner", role=Role.STARTUP, created_at=NOW)
STAFF = Account(id=AccountId("staff"), login="staff", role=Role.STAFF, carrier=CARRIER, created_at=NOW)
RIVALS = Account(id=AccountId("rival"), login="rival", role=Role.STAFF, carrier=RIVAL, created_at=NOW)
OWN, US, THEM = actor_of(OWNER), actor_of(STAFF), actor_of(RIVALS)


class World:
    """The services on one store, as `bootstrap` puts them together."""

    def __init__(self, store, vocabulary) -> None:
        self.store, self.vocabulary = store, vocabulary
        self._numbers = count(1)
        with store.transactions() as uow:
            self.registry = uow.registry()
        self.build()
        self.consents = OwnConsents(store.transactions)
        self.move = MoveLead(store.transactions)
        self.move_many = MoveLeads(store.transactions)
        self.take_plans = ImportPlans(self.move_many, Colleagues(store.transactions))
        self.audit = OwnAudit(store.transactions)

    def build(self, *rules, ticks=None) -> None:
        registry = replace(self.registry, entry_rules=(*self.registry.entry_rules, *rules))
        self.board = build_board(registry, HashingEncoder(DIMS), "太仓")
        ticks = count() if ticks is None else ticks  # each call sees what the one before has written
        self.everybodys = everybodys = AllStartups(self.store.transactions, READER, ticks.__next__)
        self.rankings = LeadRankings(board=lambda: self.board, everybodys=everybodys, ranker=load_prior())
        self.shows = ShowLeads(load_prior(), lambda: LeadId(f"lead-{next(self._numbers):03}"))
        self.see = SeeLeads(self.store.transactions, self.rankings, self.shows)
        self.desk = DeskLeads(self.store.transactions, self.rankings, self.shows)

    def startup(self, subfields=None, stage="stage.seed", *, stated=None, train_consent=False, **profile) -> StartupId:
        stated = stated or Stated()
        record = a_startup(
            owner=OWNER.id,
            draft=a_draft(description=replace(a_draft().description, stated=stated), train_consent=train_consent),
        )
        read = ReadStartup(
            startup_id=record.id,
            content_hash=content_hash(record.draft.description),
            reader_id=READER,
            read_in="2026-11",
            profile=a_read_profile(
                self.vocabulary, subfields or {"biomed.devices": 0.9}, stage, stated=stated, **profile
            ),
        )
        with self.store.transactions() as uow:
            uow.startups.put(record, read)
            uow.commit()
        return record.id

    def page(self, actor=US, carrier=CARRIER, wanted=ALL, **more):
        return self.see.page(actor, carrier, wanted, now=NOW, **more)

    def lead(self, startup: StartupId, actor=US, carrier=CARRIER):
        [view] = [one for one in self.page(actor, carrier, limit=100).leads if one.lead.startup == startup]
        return view

    def step(self, lead, status, *, now=LATER, actor=US, carrier=CARRIER, expected=None, **more):
        wanted = WantedStep(status=status, **more)
        return self.move.step(actor, carrier, lead.id, wanted, expected=expected, now=now)

    def walk(self, startup, *statuses, actor=US, carrier=CARRIER):
        lead = self.lead(startup, actor, carrier).lead
        for number, status in enumerate(statuses):
            reason = DeclineReason.OUTSIDE_FIELD if status is LeadStatus.DECLINED else None
            now = LATER + timedelta(days=number)
            lead = self.step(lead, status, now=now, actor=actor, carrier=carrier, reason=reason)
        return lead


def a_world(filled, seed) -> World:
    """On a store that holds the seed."""
    with filled.transactions() as uow:
        for account in (OWNER, STAFF, RIVALS):
            uow.accounts.add(account, "hash")
        uow.commit()
    return World(filled, seed.vocabulary)


def many(world, n=24) -> list[StartupId]:
    """Startups of many fields and all stages, some with a wish."""
    subfields, stages = world.vocabulary.ids(Facet.SUBFIELD), world.vocabulary.ids(Facet.STAGE)
    return [
        world.startup(
            {subfields[7 * number % len(subfields)]: 0.7, subfields[3 * number % len(subfields)]: 0.2},
            stages[number % len(stages)] if number % 4 else None,
            stated=Stated(districts=("太仓",) if number % 3 == 0 else ()),
            embedding=np.eye(DIMS, dtype=np.float32)[number],
        )
        for number in range(n)
    ]
