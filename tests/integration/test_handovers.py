"""Who is at a carrier is found on real stores, and sees with its carrier where it could go next."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.domain.audit import Event
from matcher.domain.errors import CarrierNotFound, NotAllowed, StartupNotFound
from matcher.domain.handovers import Ground
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.leads import LeadStatus
from matcher.domain.run_records import RunId, RunRecord, RunWish
from matcher.domain.startups import Scope
from matcher.services.find_handovers import FindHandovers
from matcher.services.see_handovers import SeeHandovers
from models.rankers import load_prior
from tests.factories import NOW
from tests.integration.lead_world import CARRIER, LATER, OWN, READER, RIVAL, THEM, US, World, a_world

WAY_IN = (LeadStatus.CONTACTED, LeadStatus.VISITED, LeadStatus.REVIEWED, LeadStatus.OFFERED, LeadStatus.ADMITTED)
NEAR_THE_END = date(2030, 9, 1)  # four years after the admission of the tests, less some months


@pytest.fixture
def world(filled, seed) -> World:
    """With a carrier that is an incubator, and another's staff."""
    world = a_world(filled, seed)
    with filled.transactions() as uow:
        for carrier in (CARRIER, RIVAL):
            uow.carriers.put(replace(uow.carriers.get(carrier), kind=TermId("kind.incubator")))
        uow.commit()
    with filled.transactions() as uow:
        world.registry = uow.registry()
    world.build()
    return world


@pytest.fixture
def see(world) -> SeeHandovers:
    return SeeHandovers(world.store.transactions)


def found(world: World, on: date = NEAR_THE_END, scope: Scope = Scope.ALL, reader: str = READER):
    return FindHandovers(world.store.transactions, lambda: world.board, load_prior(), reader)(scope, on)


def an_incubatee(world: World, **profile):
    startup = world.startup({"aero.drones": 0.9}, "stage.growth", **profile)
    world.consents.give(OWN, startup, CARRIER, now=NOW)
    world.walk(startup, *WAY_IN)
    return startup


def run_in_force(world: World, on: date = NEAR_THE_END) -> RunId:
    """With the hand-overs of this day."""
    run = RunRecord(id=RunId("run"), wish=RunWish(), program="0", asked_by=None, asked_at=NOW)
    with world.store.transactions() as uow:
        uow.runs.add(run)
        uow.handovers.keep(run.id, found(world, on))
        uow.runs.serve(run.id, NOW)
        uow.commit()
    return run.id


def test_an_incubatee_near_the_end_gets_the_best_carriers_further_along_the_chain(world) -> None:
    startup = an_incubatee(world)

    [handover] = found(world)

    admitted = (LATER + timedelta(days=len(WAY_IN) - 1)).date()
    assert (handover.startup, handover.carrier, handover.began_on) == (startup, CARRIER, admitted)
    assert (handover.grounds, handover.end.months) == ((Ground.STAY_ENDS,), 48)
    assert handover.end.on == admitted.replace(year=admitted.year + 4)
    kinds = [world.registry.carrier(place.carrier).kind for place in handover.next]
    assert set(kinds) <= {"kind.accelerator", "kind.industrial_park"}
    scores = [place.score for place in handover.next]
    assert len(scores) == 5
    assert CARRIER not in {place.carrier for place in handover.next}


def test_who_may_stay_or_has_graduated_or_was_read_by_another_gets_none(world) -> None:
    startup = an_incubatee(world)
    assert found(world, date(2028, 1, 1)) == []
    assert found(world, reader="another") == []

    world.step(world.lead(startup).lead, LeadStatus.GRADUATED)

    assert found(world) == []


def test_a_criterion_of_graduation_counts_from_the_first_day(world) -> None:
    an_incubatee(world, facts={"equity_cny": 6e6})

    [handover] = found(world, date(2027, 1, 1))

    assert (handover.grounds, handover.criteria) == ((Ground.GRADUATION,), ("cumulative_equity_cny>5000000",))


def test_a_withdrawn_consent_ends_it_at_once_for_the_carrier_and_for_the_next_run(world, see) -> None:
    startup = an_incubatee(world)
    run_in_force(world)
    assert [view.name for view in see.of_carrier(US, CARRIER, now=LATER).handovers] != []

    world.consents.withdraw(OWN, startup, CARRIER, now=LATER)

    assert see.of_carrier(US, CARRIER, now=LATER).handovers == ()
    assert found(world) == []
    assert [one.carrier for one in see.own(OWN, startup).handovers] == [CARRIER]


def test_the_carrier_sees_it_and_the_startup_can_read_who_looked(world, see) -> None:
    startup = an_incubatee(world)
    run = run_in_force(world)

    shown = see.of_carrier(US, CARRIER, now=LATER)

    assert (shown.run.id, [view.lead for view in shown.handovers]) == (run, [world.lead(startup).lead.id])
    with world.store.transactions() as uow:
        entries = [one for one in uow.audit.page(startup, before=None, limit=50).entries if one.at == LATER]
    assert Event.NAME_LISTED in {one.event for one in entries}
    assert see.of_carrier(THEM, RIVAL, now=LATER).handovers == ()
    with pytest.raises(CarrierNotFound):
        see.of_carrier(THEM, CARRIER, now=LATER)
    with pytest.raises(NotAllowed):
        see.of_carrier(OWN, CARRIER, now=LATER)


def test_a_stay_that_the_startup_states_counts_and_its_carrier_sees_it_only_by_consent(world, see) -> None:
    startup = world.startup()
    see.state_stay(OWN, startup, RIVAL, began_on=None, ends_on=date(2027, 1, 31), now=NOW)
    run_in_force(world, date(2026, 12, 1))

    own = see.own(OWN, startup)
    assert [(one.carrier, one.end.on, one.end.rule) for one in own.handovers] == [(RIVAL, date(2027, 1, 31), None)]
    assert [stay.ends_on for stay in own.stays] == [date(2027, 1, 31)]
    assert see.of_carrier(THEM, RIVAL, now=LATER).handovers == ()
    world.consents.give(OWN, startup, RIVAL, now=LATER)
    assert [view.lead for view in see.of_carrier(THEM, RIVAL, now=LATER).handovers] == [None]

    see.forget_stay(OWN, startup, RIVAL)

    assert see.own(OWN, startup).stays == ()
    assert found(world, date(2026, 12, 1)) == []


def test_a_makerspace_has_no_end_on_record_and_what_is_stated_leads_on_to_incubators(world, see) -> None:
    with world.store.transactions() as uow:
        uow.carriers.put(replace(uow.carriers.get(RIVAL), kind=TermId("kind.makerspace")))
        uow.commit()
    with world.store.transactions() as uow:
        world.registry = uow.registry()
    world.build()
    startup = world.startup()
    see.state_stay(OWN, startup, RIVAL, began_on=date(2010, 1, 1), ends_on=None, now=NOW)
    assert found(world) == []

    see.state_stay(OWN, startup, RIVAL, began_on=date(2010, 1, 1), ends_on=date(2030, 12, 31), now=NOW)

    [handover] = found(world)
    assert "kind.incubator" in {place.step for place in handover.next}


def test_a_stay_is_the_owners_to_state_at_a_carrier_that_there_is(world, see) -> None:
    startup = world.startup()
    stated = {"began_on": None, "ends_on": None, "now": NOW}

    with pytest.raises(NotAllowed):
        see.state_stay(US, startup, RIVAL, **stated)
    with pytest.raises(CarrierNotFound):
        see.state_stay(OWN, startup, CarrierId("nowhere"), **stated)
    with pytest.raises(StartupNotFound):
        see.forget_stay(OWN, type(startup)("nobody"), RIVAL)


def test_without_a_run_in_force_there_are_none(world, see) -> None:
    an_incubatee(world)

    shown = see.of_carrier(US, CARRIER, now=LATER)

    assert (shown.run, shown.handovers) == (None, ())


def test_erasing_a_startup_takes_its_stays_and_hand_overs_along(world, see) -> None:
    startup = an_incubatee(world)
    see.state_stay(OWN, startup, CARRIER, began_on=None, ends_on=None, now=NOW)
    run = run_in_force(world)

    with world.store.transactions() as uow:
        uow.startups.erase(startup)
        uow.commit()

    with world.store.transactions() as uow:
        assert uow.handovers.of_carrier(run, CARRIER) == []
        assert uow.handovers.stays(startup) == []
        uow.handovers.keep(run, found(world))
