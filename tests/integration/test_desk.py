"""What a carrier's staff does with many leads at once, on real stores: searched, sorted, moved, planned from a file."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.accounts import Account, AccountId, Role
from matcher.domain.audit import Event
from matcher.domain.desk import NOBODY_OWNS, DeskFilter, DeskOrder, DueWhen
from matcher.domain.errors import CarrierNotFound, ImportRefused, NotAllowed
from matcher.domain.ids import StartupId
from matcher.domain.imports import FileRow, ReadFile
from matcher.domain.leads import DeclineReason, LeadId, LeadPlan, LeadStatus
from matcher.services.import_plans import PlanRow
from matcher.services.lead_changes import WantedStep
from matcher.services.move_leads import WantedChange
from tests.factories import NOW
from tests.integration.lead_world import CARRIER, LATER, OWN, OWNER, RIVAL, STAFF, THEM, US, World, a_world

TODAY = LATER.date()
CONTACTED = WantedStep(status=LeadStatus.CONTACTED)


@pytest.fixture
def world(filled, seed) -> World:
    return a_world(filled, seed)


def desk(world, wanted=None, *, actor=US, carrier=CARRIER, **more):
    return world.desk.page(actor, carrier, wanted or DeskFilter(), now=LATER, **more)


def startups(page) -> list[StartupId]:
    return [view.lead.startup for view in page.leads]


def plan(world, startup, **plan):
    lead = world.lead(startup).lead
    return world.move.plan(US, CARRIER, lead.id, lambda before: replace(before, **plan), expected=None, now=LATER)


def steps(world, lead_id) -> list[LeadStatus]:
    with world.store.transactions() as uow:
        return [step.status for step in uow.leads.steps(lead_id)]


def now_is(world, startup):
    return world.lead(startup).lead


# Looking


def test_the_table_is_filtered_by_plan_status_field_and_words(world) -> None:
    devices, metal = world.startup(), world.startup({"materials.light_alloys": 0.9})
    plan(world, devices, owner=STAFF.id, next_action="Show the Cleanroom", due=TODAY - timedelta(days=1))
    world.walk(metal, LeadStatus.CONTACTED)

    for wanted, found in (
        (DeskFilter(owner=STAFF.id), devices),
        (DeskFilter(owner=NOBODY_OWNS), metal),
        (DeskFilter(due=DueWhen.OVERDUE), devices),
        (DeskFilter(due=DueWhen.UNDATED), metal),
        (DeskFilter(status=LeadStatus.CONTACTED), metal),
        (DeskFilter(field="biomed.devices"), devices),
        (DeskFilter(field="materials"), metal),
        (DeskFilter(search="cleanroom SHOW"), devices),
        (DeskFilter(search=world.vocabulary.label("materials.light_alloys").zh), metal),
    ):
        assert startups(desk(world, wanted)) == [found], wanted
    page = desk(world, DeskFilter(status=LeadStatus.NEW))
    assert (page.total, page.n_overdue) == (1, 1)
    assert page.by_status == {LeadStatus.NEW: 1, LeadStatus.CONTACTED: 1}
    assert page.fields == ("materials.light_alloys", "biomed.devices") or page.fields == (
        "biomed.devices",
        "materials.light_alloys",
    )


def test_a_search_finds_words_of_its_own_only_where_the_startup_has_consented(world) -> None:
    startup = world.startup()
    with world.store.transactions() as uow:
        name = uow.startups.by_id([startup])[startup].draft.name
    wanted = DeskFilter(search=name)
    assert startups(desk(world, wanted)) == []

    world.consents.give(OWN, startup, CARRIER, now=NOW)
    assert startups(desk(world, wanted)) == [startup]
    assert desk(world, wanted).leads[0].record.draft.name == name

    world.consents.withdraw(OWN, startup, CARRIER, now=NOW)
    assert startups(desk(world, wanted)) == []


def test_the_table_is_sorted_and_equals_stay_in_the_order_of_their_fit(world) -> None:
    best, second, third = (view.lead.startup for view in desk_of_three(world).leads)
    plan(world, third, due=TODAY)
    world.step(world.lead(second).lead, LeadStatus.CONTACTED, now=LATER + timedelta(hours=1))

    assert startups(desk(world)) == [best, second, third]
    assert startups(desk(world, order=DeskOrder.DUE)) == [third, best, second]
    assert startups(desk(world, order=DeskOrder.STATUS)) == [second, best, third]
    assert startups(desk(world, order=DeskOrder.CHANGED))[0] == second
    assert startups(desk(world, skip=1, limit=1)) == [second]


def desk_of_three(world):
    for subfield in ("biomed.devices", "materials.light_alloys", "equipment.additive"):
        world.startup({subfield: 0.9})
    return desk(world)


def test_the_board_has_a_column_for_every_status_and_what_is_due_stands_first(world) -> None:
    best, second, third = (view.lead.startup for view in desk_of_three(world).leads)
    plan(world, third, due=TODAY)
    world.walk(second, LeadStatus.CONTACTED)

    columns = {column.status: column for column in world.desk.board(US, CARRIER, DeskFilter(), most=1, now=LATER)}

    assert list(columns) == list(LeadStatus)
    assert startups(columns[LeadStatus.NEW]) == [third]
    assert columns[LeadStatus.NEW].total == 2
    assert startups(columns[LeadStatus.CONTACTED]) == [second]
    assert best not in startups(columns[LeadStatus.NEW])


def test_only_steps_that_can_follow_are_offered(world) -> None:
    startup = world.startup()

    assert desk(world).leads[0].open_steps == (LeadStatus.CONTACTED, LeadStatus.DECLINED)
    world.walk(startup, LeadStatus.CONTACTED)
    assert desk(world).leads[0].open_steps == (LeadStatus.DECLINED,)  # nobody visits whom he does not know
    world.consents.refuse(OWN, startup, CARRIER, now=LATER)
    world.walk(startup, LeadStatus.DECLINED)
    assert desk(world).leads[0].open_steps == ()  # it has refused, so it is not asked again
    world.consents.give(OWN, startup, CARRIER, now=LATER)
    assert desk(world).leads[0].open_steps == (LeadStatus.CONTACTED,)


def test_each_startup_on_a_table_or_a_board_can_read_that_it_was_seen(world) -> None:
    startup = world.startup()

    desk(world)
    world.desk.board(US, CARRIER, DeskFilter(), most=5, now=LATER)

    page = world.audit(OWN, startup, before=None, limit=10)
    assert [entry.event for entry in page.entries] == [Event.CARD_LISTED, Event.CARD_LISTED]


@pytest.mark.parametrize(("actor", "error"), [(THEM, CarrierNotFound), (OWN, NotAllowed)])
def test_anothers_desk_is_closed(world, actor, error) -> None:
    with pytest.raises(error):
        desk(world, actor=actor)
    with pytest.raises(error):
        world.desk.board(actor, CARRIER, DeskFilter(), most=5, now=LATER)
    with pytest.raises(error):
        world.move_many(actor, CARRIER, [], now=LATER)
    with pytest.raises(error):
        world.take_plans(actor, CARRIER, ReadFile(rows=()), lambda _: PlanRow(), now=LATER)


# Many at once


def test_all_are_changed_with_step_plan_and_history(world) -> None:
    some = [world.lead(world.startup()).lead for _ in range(3)]
    due = TODAY + timedelta(days=3)

    moved = world.move_many(
        US,
        CARRIER,
        [
            WantedChange(lead=lead.id, expected=1, step=CONTACTED, replan=lambda plan: replace(plan, due=due))
            for lead in some
        ],
        now=LATER,
    )

    assert (moved.changed, moved.refused, moved.written) == (tuple(lead.id for lead in some), (), True)
    for lead in some:
        after = now_is(world, lead.startup)
        assert (after.status, after.plan.due, after.version) == (LeadStatus.CONTACTED, due, 3)
        assert steps(world, lead.id) == [LeadStatus.CONTACTED]
        events = [entry.event for entry in world.audit(OWN, lead.startup, before=None, limit=10).entries]
        assert {Event.LEAD_MOVED, Event.CONSENT_ASKED, Event.LEAD_PLANNED} <= set(events)


def wrong_ones(world):
    """One lead that can be contacted, and four that cannot, each for another reason."""
    good, met, changed = world.startup(), world.startup(), world.startup()
    world.walk(met, LeadStatus.CONTACTED)
    outdated = plan(world, changed, next_action="call")
    theirs = world.lead(world.startup(), THEM, RIVAL).lead
    wanted = [
        WantedChange(lead=now_is(world, good).id, step=CONTACTED),
        WantedChange(lead=now_is(world, met).id, step=CONTACTED),
        WantedChange(lead=outdated.id, expected=1, step=CONTACTED),
        WantedChange(lead=theirs.id, step=CONTACTED),
        WantedChange(lead=LeadId("none"), step=WantedStep(status=LeadStatus.DECLINED)),
    ]
    return good, wanted


def test_where_one_cannot_be_changed_none_is_and_each_is_named(world) -> None:
    good, wanted = wrong_ones(world)

    moved = world.move_many(US, CARRIER, wanted, now=LATER)

    assert moved.written is False
    assert [one.lead for one in moved.refused] == [one.lead for one in wanted[1:]]
    assert [one.field for one in moved.refused] == ["status", "version", "id", "id"]
    assert now_is(world, good).status is LeadStatus.NEW
    assert steps(world, wanted[0].lead) == []


def test_the_others_are_changed_where_that_is_asked_for(world) -> None:
    good, wanted = wrong_ones(world)

    moved = world.move_many(US, CARRIER, wanted, keep_good=True, now=LATER)

    assert (moved.written, moved.changed, len(moved.refused)) == (True, (wanted[0].lead,), 4)
    assert now_is(world, good).status is LeadStatus.CONTACTED


def test_a_lead_whose_plan_cannot_be_is_not_moved_either(world) -> None:
    startup = world.startup()
    lead = world.lead(startup).lead
    nobody = AccountId("nobody")

    moved = world.move_many(
        US,
        CARRIER,
        [WantedChange(lead=lead.id, step=CONTACTED, replan=lambda plan: replace(plan, owner=nobody))],
        keep_good=True,
        now=LATER,
    )

    assert [one.field for one in moved.refused] == ["owner"]
    assert now_is(world, startup) == lead


def test_a_decline_needs_a_reason(world) -> None:
    lead = world.lead(world.startup()).lead

    def decline(reason):
        step = WantedStep(status=LeadStatus.DECLINED, reason=reason)
        return world.move_many(US, CARRIER, [WantedChange(lead=lead.id, step=step)], now=LATER)

    assert [one.field for one in decline(None).refused] == ["reason"]
    assert decline(DeclineReason.NO_SPACE).changed == (lead.id,)


# Plans from a file


def rows(*values) -> ReadFile:
    return ReadFile(rows=tuple(FileRow(line=number, values=one) for number, one in enumerate(values, start=2)))


def read(values) -> PlanRow:
    return PlanRow(**values.get("plan", {}))


def test_a_file_says_status_owner_next_action_and_day(world) -> None:
    startup, other = world.startup(), world.startup()
    leads = [now_is(world, one).id for one in (startup, other)]
    plan(world, other, next_action="stays")
    wanted = {
        "status": LeadStatus.CONTACTED, "note": "called", "owner": "STAFF", "next_action": "visit", "due": TODAY,
        "spoken_of": frozenset({"owner", "next_action", "due"}),
    }  # fmt: skip

    report = world.take_plans(
        US, CARRIER, rows({"id": leads[0], "plan": wanted}, {"id": leads[1], "plan": {}}), read, now=LATER
    )

    assert (report.changed, report.unchanged) == (1, 1)
    after = now_is(world, startup)
    assert (after.status, after.plan) == (
        LeadStatus.CONTACTED,
        LeadPlan(owner=STAFF.id, next_action="visit", due=TODAY),
    )
    assert now_is(world, other).plan.next_action == "stays"


def test_a_row_that_says_what_is_there_already_changes_nothing(world) -> None:
    startup = world.startup()
    lead = world.walk(startup, LeadStatus.CONTACTED)
    row = {"id": lead.id, "plan": {"status": LeadStatus.CONTACTED, "spoken_of": frozenset({"owner"})}}

    report = world.take_plans(US, CARRIER, rows(row), read, now=LATER)

    assert (report.changed, report.unchanged) == (0, 1)
    assert now_is(world, startup) == lead


def test_every_row_that_cannot_be_used_is_named_and_nothing_is_written(world) -> None:
    good = now_is(world, world.startup())
    wrong = [
        {"id": "none", "plan": {"status": LeadStatus.CONTACTED}},
        {"plan": {}},
        {"id": good.id, "plan": {}},
        {"id": "a", "plan": {"owner": "stranger", "spoken_of": frozenset({"owner"})}},
        {"id": "b", "plan": {"note": "lost"}},
        {"id": "c", "plan": {"next_action": "x" * 201, "spoken_of": frozenset({"next_action"})}},
    ]
    file = rows({"id": good.id, "plan": {"status": LeadStatus.CONTACTED, "version": 1}}, *wrong)

    with pytest.raises(ImportRefused) as refused:
        world.take_plans(US, CARRIER, file, read, now=LATER)

    assert [(fault.line, fault.column) for fault in refused.value.faults] == [
        (3, "id"), (4, "id"), (5, "id"), (6, "owner"), (7, "status"), (8, "next_action"),
    ]  # fmt: skip
    assert now_is(world, good.startup) == good

    report = world.take_plans(US, CARRIER, file, read, keep_good=True, now=LATER)
    assert (report.changed, len(report.faults)) == (1, 6)
    assert now_is(world, good.startup).status is LeadStatus.CONTACTED


def test_a_file_made_before_a_colleague_changed_the_lead_is_told_so(world) -> None:
    startup = world.startup()
    lead = plan(world, startup, next_action="mine")
    row = {"id": lead.id, "plan": {"version": 1, "next_action": "old", "spoken_of": frozenset({"next_action"})}}

    with pytest.raises(ImportRefused) as refused:
        world.take_plans(US, CARRIER, rows(row), read, now=LATER)

    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(2, "version")]


def test_staff_of_a_carrier_are_listed_by_login_and_nobody_else(world) -> None:
    gone = Account(
        id=AccountId("gone"), login="a-gone", role=Role.STAFF, carrier=CARRIER, created_at=NOW, disabled_at=NOW
    )
    with world.store.transactions() as uow:
        uow.accounts.add(gone, "hash")
        uow.commit()

    assert [one.login for one in world.take_plans.colleagues(US, CARRIER)] == ["a-gone", STAFF.login]
    assert OWNER.login not in [one.login for one in world.take_plans.colleagues(THEM, RIVAL)]
