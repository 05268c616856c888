"""Consents, leads and the audit log on real stores, with startups of many fields."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import repeat
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from data.tables import AuditEntryRow, LeadRow, LeadStepRow
from matcher.domain.accounts import actor_of
from matcher.domain.audit import Event
from matcher.domain.entry_rules import Treatment
from matcher.domain.errors import CarrierNotFound, IllegalStep, LeadNotFound, MatcherError, NotAllowed, Outdated
from matcher.domain.ids import TermId
from matcher.domain.interactions import InteractionKind
from matcher.domain.leads import LeadStatus
from matcher.domain.startups import Outcome, Scope
from matcher.ranking.scoring import score_pairs
from matcher.services.lead_views import LeadFilter
from matcher.services.recorded_interactions import RecordedInteractions
from matcher.services.see_leads import After
from tests.factories import NOW, an_entry_rule
from tests.integration.lead_world import (
    CARRIER,
    LATER,
    OWN,
    OWNER,
    RIVAL,
    STAFF,
    THEM,
    US,
    World,
    a_world,
    many,
)


@pytest.fixture
def world(filled, seed) -> World:
    return a_world(filled, seed)


# Ranking


def test_a_startup_scores_for_a_carrier_what_the_carrier_scores_for_the_startup(world) -> None:
    many(world)

    for view in world.page(limit=100).leads:
        profile = world.rankings.everybodys().by_id[view.lead.startup].profile
        scored = score_pairs(profile, world.board, Scope.ALL, world.rankings.ranker)
        row = [world.board.carriers[place].id for place in scored.rows].index(CARRIER)
        assert view.score == scored.parts[row].sum() == sum(view.parts.values())
        assert view.startup_utility == pytest.approx(scored.startup_utility[row], rel=1e-12)
        assert view.carrier_utility == pytest.approx(scored.carrier_utility[row], rel=1e-12)


def test_leads_are_best_first_and_equals_keep_their_order_over_pages(world) -> None:
    twins = {world.startup() for _ in range(5)}
    many(world, 10)
    whole = [view.lead.startup for view in world.page(limit=100).leads]

    found, after = [], None
    while after is not None or not found:
        page = world.page(limit=3, after=after)
        found += [view.lead.startup for view in page.leads]
        after = page.next_after
    assert found == whole
    assert [one for one in whole if one in twins] == sorted(twins)
    assert page.total == 15


def test_a_page_goes_on_where_a_lead_that_is_gone_stood(world) -> None:
    many(world, 6)
    first = world.page(limit=2)
    rest = [view.lead.startup for view in world.page(limit=100).leads][2:]
    with world.store.transactions() as uow:
        uow.startups.erase(first.leads[1].lead.startup)
        uow.commit()

    second = world.page(limit=100, after=first.next_after)

    assert [view.lead.startup for view in second.leads] == rest


def test_a_page_after_another_carriers_lead_tells_nothing_of_it(world) -> None:
    theirs = world.lead(world.startup(), THEM, RIVAL)

    page = world.page(after=After(theirs.score + 100, theirs.lead.id))

    assert page.total == 1


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"chain": "biomed"}, {"devices"}), ({"chain": "none"}, {"other"}), ({"stage": "stage.team"}, {"other"}),
        ({"stage": "stage.seed"}, {"devices"}), ({"chain": "biomed", "stage": "stage.team"}, set()),
    ],
)  # fmt: skip
def test_filters_go_by_what_the_card_shows(world, wanted, found) -> None:
    names = {
        world.startup({"biomed.devices": 0.9}, "stage.seed"): "devices",
        world.startup({"ict.industrial_ai": 0.9}, "stage.team"): "other",
    }

    page = world.page(wanted=LeadFilter(**wanted))

    assert {names[view.lead.startup] for view in page.leads} == found
    assert page.total == len(found)


def test_a_change_is_in_the_next_list(world) -> None:
    first = world.startup()
    assert [view.lead.startup for view in world.page().leads] == [first]

    second = world.startup()

    assert {view.lead.startup for view in world.page().leads} == {first, second}


@pytest.mark.parametrize("gone", ["erased", "withdrawn", "hidden"])
def test_who_is_gone_is_not_shown_even_by_a_list_that_does_not_know_yet(world, gone) -> None:
    many(world, 5)
    world.build(ticks=repeat(0))  # what is ranked stays as it is
    first = world.page(limit=2)
    startup, lead = first.leads[0].lead.startup, first.leads[0].lead
    with world.store.transactions() as uow:
        record, read = uow.startups.get(startup, owner=OWNER.id), uow.startups.read(startup)
        if gone == "erased":
            uow.startups.erase(startup)
        elif gone == "withdrawn":
            uow.startups.withdraw(record.withdrawn(LATER))
        else:
            uow.startups.put(replace(record, draft=replace(record.draft, discoverable=False)), read)
        uow.commit()

    again = world.page(limit=2)

    assert startup not in {view.lead.startup for view in again.leads}
    assert len(again.leads) == 2
    assert len(world.page(limit=100).leads) == 4
    with pytest.raises(LeadNotFound):
        world.see.one(US, CARRIER, lead.id, now=NOW)
    with pytest.raises(LeadNotFound):
        world.step(lead, LeadStatus.CONTACTED)


def test_who_says_nothing_of_a_startup_is_no_lead_until_it_consents(world) -> None:
    startup = world.startup(outcome=Outcome.OUT_OF_SCOPE)
    assert world.page().total == 0

    world.consents.give(OWN, startup, CARRIER, now=NOW)

    assert world.page().total == 1


def test_a_carrier_that_is_no_home_has_no_leads(world) -> None:
    world.startup()
    partner = next(one for one in world.registry.carriers if one.id not in {home.id for home in world.board.carriers})
    staff = replace(STAFF, carrier=partner.id)

    assert world.page(actor_of(staff), partner.id).total == 0


# Rules


def a_rule_of(carrier, treatment):
    return an_entry_rule(
        carrier_id=carrier, carrier_kinds=(), subject="company_age_months_at_entry", value=12, treatment=treatment
    )


def test_a_rule_of_the_carriers_own_takes_a_new_startup_off_the_list_and_no_other(world) -> None:
    old, young = world.startup(company_age_months=40), world.startup(company_age_months=6)
    known = world.startup(company_age_months=40)
    world.walk(known, LeadStatus.CONTACTED)

    world.build(a_rule_of(CARRIER, Treatment.EXCLUDE))

    assert {view.lead.startup for view in world.page().leads} == {young, known}
    with world.store.transactions() as uow:
        lead = uow.leads.of(CARRIER, [old])[old]
    with pytest.raises(LeadNotFound):
        world.see.one(US, CARRIER, lead.id, now=NOW)


def test_a_usual_rule_only_warns_and_without_consent_only_of_what_the_card_says(world) -> None:
    startup = world.startup(company_age_months=90, facts={"annual_revenue_cny": 3e8})
    kind = world.registry.by_id[CARRIER].kind
    rules = [
        an_entry_rule(carrier_kinds=(kind,), subject="company_age_months_at_entry", value=12),
        an_entry_rule(carrier_kinds=(kind,), subject="annual_revenue_cny", value=1e6),
    ]
    world.build(*rules)

    def told() -> set[str]:
        return {verdict.rule for verdict in world.lead(startup).eligibility} & {rule.id for rule in rules}

    assert told() == {rules[0].id}
    world.consents.give(OWN, startup, CARRIER, now=NOW)
    assert told() == {rule.id for rule in rules}


# Moves


def test_of_many_who_move_one_lead_at_once_one_wins_and_the_others_are_told(world) -> None:
    lead = world.lead(world.startup()).lead
    together, results = Barrier(4), []

    def move() -> None:
        together.wait()
        try:
            results.append(world.step(lead, LeadStatus.CONTACTED, expected=1))
        except MatcherError as error:
            results.append(error)

    threads = [Thread(target=move) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert [type(one) for one in results].count(Outdated) == 3
    with world.store.transactions() as uow:
        assert uow.leads.get(lead.id, carrier=CARRIER).version == 2
        assert len(uow.leads.steps(lead.id)) == 1


def test_two_who_see_a_startup_first_at_once_know_it_by_one_id(world) -> None:
    world.startup()
    together, pages = Barrier(3), []

    def look() -> None:
        together.wait()
        pages.append(world.page())

    threads = [Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert len({page.leads[0].lead.id for page in pages}) == 1
    assert len(pages) == 3


def test_a_refused_step_leaves_no_trace(world) -> None:
    startup = world.startup()
    lead = world.lead(startup).lead
    before = len(world.audit(OWN, startup).entries)

    with pytest.raises(IllegalStep):
        world.step(lead, LeadStatus.ADMITTED)

    with world.store.transactions() as uow:
        assert uow.leads.get(lead.id, carrier=CARRIER) == lead
        assert uow.leads.steps(lead.id) == []
    assert len(world.audit(OWN, startup).entries) == before


def test_others_than_the_carriers_staff_find_no_leads(world) -> None:
    lead = world.lead(world.startup()).lead
    calls = [
        lambda actor: world.page(actor),
        lambda actor: world.see.one(actor, CARRIER, lead.id, now=NOW),
        lambda actor: world.step(lead, LeadStatus.CONTACTED, actor=actor),
        lambda actor: world.move.plan(actor, CARRIER, lead.id, lambda plan: plan, expected=None, now=NOW),
    ]

    for call in calls:
        with pytest.raises(CarrierNotFound):
            call(THEM)
        with pytest.raises(NotAllowed):
            call(OWN)


# What training reads


def test_steps_are_interactions_of_startups_from_which_models_may_learn(world) -> None:
    yes, no = world.startup(train_consent=True), world.startup(train_consent=False)
    for startup in (yes, no):
        world.consents.give(OWN, startup, CARRIER, now=NOW)
        world.walk(startup, LeadStatus.CONTACTED, LeadStatus.VISITED, LeadStatus.REVIEWED, LeadStatus.DECLINED)

    found = RecordedInteractions(world.store.transactions)(date(2027, 1, 1))

    assert [(one.startup, one.carrier, one.kind, one.on.day) for one in found] == [
        (yes, CARRIER, InteractionKind.LEAD, 24),
        (yes, CARRIER, InteractionKind.VISIT, 25),
        (yes, CARRIER, InteractionKind.DECLINED, 27),
    ]


def test_training_is_told_nothing_of_what_came_later(world) -> None:
    startup = world.startup(train_consent=True)
    world.consents.give(OWN, startup, CARRIER, now=NOW)
    world.walk(startup, LeadStatus.CONTACTED, LeadStatus.VISITED)
    recorded = RecordedInteractions(world.store.transactions)

    assert [one.kind for one in recorded(LATER.date())] == [InteractionKind.LEAD]
    assert recorded(LATER.date() - timedelta(days=1)) == []


# What is written down


def test_every_card_that_is_shown_is_written_down_once_for_each_time(world) -> None:
    startups = many(world, 6)

    page = world.page(limit=4)
    world.page(limit=100)

    shown = {view.lead.startup for view in page.leads}
    for startup in startups:
        events = [entry.event for entry in world.audit(OWN, startup).entries]
        assert events == [Event.CARD_LISTED] * (1 + (startup in shown))


def test_an_erased_startup_leaves_no_lead_and_an_entry_of_nobody(world) -> None:
    startup = world.startup()
    world.consents.give(OWN, startup, CARRIER, now=NOW)
    world.walk(startup, LeadStatus.CONTACTED)
    with world.store.transactions() as uow:
        n_entries = uow.session.scalar(select(func.count()).select_from(AuditEntryRow))
        uow.startups.erase(startup)
        uow.commit()

    with world.store.transactions() as uow:
        assert uow.session.scalar(select(func.count()).select_from(LeadRow)) == 0
        assert uow.session.scalar(select(func.count()).select_from(LeadStepRow)) == 0
        assert uow.session.scalars(select(AuditEntryRow.startup_id)).all() == [None] * n_entries


def test_a_text_that_has_just_changed_is_not_shown_with_the_reasons_of_the_old_one(world) -> None:
    startup = world.startup()
    world.consents.give(OWN, startup, CARRIER, now=NOW)
    lead = world.lead(startup).lead
    world.build(ticks=repeat(0))  # what is listed stays as it is
    assert world.see.one(US, CARRIER, lead.id, now=NOW).reasons
    with world.store.transactions() as uow:
        record, read = uow.startups.get(startup, owner=OWNER.id), uow.startups.read(startup)
        uow.startups.put(replace(record, version=2), read)
        uow.commit()

    view = world.see.one(US, CARRIER, lead.id, now=NOW)

    assert (view.record.version, view.reasons) == (2, ())


def test_industries_beside_the_four_chains_are_told_as_none(world) -> None:
    view = world.lead(world.startup({"ict.industrial_ai": 0.9}))

    assert (view.card.chain, view.card.industry) == (TermId("none"), TermId("ict"))


# Erased


def test_a_startup_that_was_erased_just_now_is_on_no_page_although_the_ranking_still_has_it(world) -> None:
    gone, kept = world.startup(), world.startup()
    world.build(ticks=repeat(0.0))  # looks at the store once
    assert {one.lead.startup for one in world.page().leads} == {gone, kept}
    with world.store.transactions() as uow:
        uow.personal.erase_startup(gone)
        uow.commit()

    assert [one.lead.startup for one in world.page().leads] == [kept]


def test_a_process_that_nobody_asks_forgets_the_rankings_in_which_an_erased_startup_stood(world) -> None:
    gone = world.startup()
    ranked = world.rankings.of(CARRIER, NOW.date())
    with world.store.transactions() as uow:
        uow.personal.erase_startup(gone)
        uow.commit()

    world.rankings.forget_erased()

    assert gone in ranked.ranking.row_of
    assert not vars(world.rankings)["_kept"]
    world.rankings.forget_erased()
    assert gone not in world.rankings.of(CARRIER, NOW.date()).ranking.row_of


def test_who_lives_with_a_carrier_is_counted_once_from_its_last_admission_until_it_graduates(world) -> None:
    admitted = (LeadStatus.CONTACTED, LeadStatus.VISITED, LeadStatus.REVIEWED, LeadStatus.OFFERED, LeadStatus.ADMITTED)
    here, gone, asked = world.startup(), world.startup(), world.startup()
    for startup, steps in ((here, admitted), (gone, (*admitted, LeadStatus.GRADUATED)), (asked, admitted[:2])):
        world.consents.give(OWN, startup, CARRIER, now=NOW)
        world.walk(startup, *steps)

    with world.store.transactions() as uow:
        assert uow.leads.admitted() == [(LATER + timedelta(days=4)).date()]
