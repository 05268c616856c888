"""Who is to move on, as pages say it: to its carrier by consent, and to itself, which states where it is."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from api.lead_services import build_leads
from matcher.domain.accounts import Role
from matcher.domain.handovers import Ground, Handover, NextCarrier, StayEnd
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.matches import ModelIds
from matcher.domain.run_records import RunId, RunInputs, RunRecord, RunState, RunWish
from models.rankers import load_prior
from tests.http.callers import a_startup_of, key_of
from tests.http.paging import Person, main_of
from tests.http.signing import bearer
from tests.security.hostile import SCRIPT

CARRIER, NEXT = CarrierId("cn004"), (CarrierId("cn001"), CarrierId("cn002"))
ENDS = date(2027, 1, 31)


@pytest.fixture
def house(house, board):
    """With the services around leads on the same store."""
    everybodys = type(house.services.startups.everybodys)(house.store.transactions, "steady@1", count().__next__)
    leads = build_leads(house.store.transactions, lambda: board, everybodys, load_prior())
    return replace(house, services=replace(house.services, leads=leads))


@pytest.fixture
def owner(house):
    return house.account()


@pytest.fixture
def person(house, owner):
    with house.client() as client:
        someone = Person(client)
        someone.signs_in(owner)
        yield someone


@pytest.fixture
def startup(house, person, owner) -> str:
    body = {"name": f"Valves {SCRIPT}", "text": "We develop catheters and need a cleanroom."}
    return a_startup_of(person.client, key_of(house.services, owner), **body)["id"]


@pytest.fixture
def staff(house):
    """A page of the carrier's staff, in English."""
    with house.client() as client:
        someone = Person(client)
        someone.signs_in(house.account(Role.STAFF, carrier=CARRIER))
        yield someone


def found_by_a_run(house, *handovers: Handover) -> None:
    inputs = RunInputs(
        result="r",
        startups="s",
        carriers="c",
        vocabulary="v",
        models=ModelIds(encoder="e", reader="r", ranker="k"),
        registry="1",
        on=date(2026, 11, 24),
    )
    now = house.clock()
    run = RunRecord(id=RunId("run1"), wish=RunWish(), program="0", asked_by=None, asked_at=now)
    with house.store.transactions() as uow:
        uow.runs.add(replace(run, state=RunState.DONE, finished_at=now, inputs=inputs))
        uow.handovers.keep(run.id, handovers)
        uow.runs.serve(run.id, now)
        uow.commit()


def ending(startup: str, rule: str | None = None, **changes) -> Handover:
    wanted = {
        "startup": StartupId(startup),
        "carrier": CARRIER,
        "began_on": None,
        "end": StayEnd(on=ENDS, rule=rule, months=36 if rule else None),
        "grounds": (Ground.STAY_ENDS,),
        "criteria": (),
        "criteria_rule": None,
        "next": tuple(NextCarrier(carrier=one, step="kind.accelerator", score=0.5) for one in NEXT),
    }
    return Handover(**{**wanted, **changes})


def consent(house, person, owner, startup: str) -> None:
    path = f"/v1/startups/{startup}/consents"
    headers = bearer(house.key_of(owner))
    with house.client() as client:
        assert client.post(path, json={"carrier_id": CARRIER}, headers=headers).status_code < 300


def test_before_any_run_the_desk_says_that_nobody_has_been_looked_at(staff) -> None:
    assert "no run over all startups is in force" in staff.reads("/desk/handovers", lang="en")
    assert "Hand-overs" in staff.reads("/desk/board", lang="en")


def test_where_a_run_found_nobody_the_desk_does_not_say_that_all_may_stay(house, staff) -> None:
    found_by_a_run(house)

    assert "its end is unknown" in staff.reads("/desk/handovers", lang="en")


def test_the_carrier_reads_why_and_where_to_and_its_look_is_in_the_log(house, staff, person, owner, startup) -> None:
    rule = next(one for one in house.services.registry.snapshot().entry_rules if one.subject == "incubation_months")
    found_by_a_run(house, ending(startup, rule.id, began_on=date(2024, 1, 31)))
    assert "Valves" not in staff.reads("/desk/handovers", lang="en")
    consent(house, person, owner, startup)

    answer = staff.opens("/desk/handovers", lang="en")

    shown = main_of(answer)
    assert "The stay ends on January 31, 2027: the rule of this kind of carrier gives it 36 months." in shown
    assert all(word in shown for word in ("To move on: 1", "January 31, 2024", rule.id, rule.source.label, SCRIPT))
    assert SCRIPT not in answer.text
    places = [answer.text.index(f'href="/carriers/{one}"') for one in NEXT]
    assert places == sorted(places)
    assert "saw the card with the name in a list" in person.reads(f"/me/startups/{startup}", lang="en")


def test_many_are_shown_page_by_page(house, staff, person, owner) -> None:
    key = key_of(house.services, owner)
    text = "We develop catheters and need a cleanroom."
    ids = [a_startup_of(person.client, key, name=f"Number {one}.", text=text)["id"] for one in range(21)]
    for one in ids:
        consent(house, person, owner, one)
    found_by_a_run(house, *(ending(one, next=()) for one in ids))

    first, second = (staff.reads("/desk/handovers", lang="en", start=start) for start in ("0", "20"))

    assert (first.count("Number "), second.count("Number ")) == (20, 1)
    assert "names no later step" in second


@pytest.mark.parametrize(("role", "status"), [(None, 303), (Role.STARTUP, 403), (Role.OFFICE, 403)])
def test_hand_overs_of_a_carrier_are_for_its_staff_alone(house, role, status) -> None:
    with house.client() as client:
        someone = Person(client)
        if role is not None:
            someone.signs_in(house.account(role))
        assert someone.opens("/desk/handovers").status_code == status
