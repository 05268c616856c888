"""Who is to move on, as pages say it: to its carrier by consent, and to itself, which states where it is."""

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.accounts import Role, actor_of
from matcher.domain.handovers import Ground, Handover, NextCarrier, StayEnd
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.matches import ModelIds
from matcher.domain.run_records import RunId, RunInputs, RunRecord, RunState, RunWish
from tests.http.callers import a_startup_of, key_of
from tests.http.counting import with_board
from tests.http.paging import Person, main_of, said_by
from tests.http.signing import bearer
from tests.security.hostile import SCRIPT

CARRIER, NEXT = CarrierId("cn004"), (CarrierId("cn001"), CarrierId("cn002"))
ENDS = date(2027, 1, 31)


@pytest.fixture
def house(house, board):
    """With the services around leads on the same store."""
    return with_board(house, board)


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


# Of the startup itself


def test_a_startup_reads_where_to_go_next(house, person, startup) -> None:
    address = f"/me/startups/{startup}"
    assert "Nothing is known yet" in person.reads(address, lang="en")
    found_by_a_run(house, ending(startup))

    answer = person.opens(address, lang="en")

    assert "The stay ends on January 31, 2027, as the startup says." in main_of(answer)
    places = [answer.text.index(f'href="/carriers/{one}"') for one in NEXT]
    assert places == sorted(places)


def test_a_startup_states_where_it_is_and_takes_it_back(person, startup) -> None:
    address = f"/me/startups/{startup}"
    person.opens("/", lang="en")

    stated = person.sends(f"{address}/stays", stay_at=CARRIER, began_on="2025-02-03", ends_on="")

    assert "Since February 3, 2025 · Until unknown" in person.follows(stated)
    back = person.follows(person.sends(f"{address}/stays/{CARRIER}/forget"))
    assert "is taken back" in back
    assert "Where you say that you are" not in back


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"ends_on": "2025-01-01"}, "ends_on", "A stay ends after it has begun."),
        ({"began_on": "soon"}, "began_on", "A day such as 2026-11-24 is expected"),
        ({"stay_at": ""}, "stay_at", "Choose a carrier from the list."),
    ],
)
def test_a_stay_that_cannot_be_is_sent_back_with_its_field(person, startup, wrong, field, words) -> None:
    person.opens("/", lang="en")
    fields = {"stay_at": CARRIER, "began_on": "2025-02-03", "ends_on": "", **wrong}

    answer = person.sends(f"/me/startups/{startup}/stays", **fields)

    assert answer.status_code == 422
    assert words in said_by(answer)
    assert f'name="{field}"' in answer.text.partition('aria-invalid="true"')[0].rpartition("<")[2]


def test_a_stay_is_stated_by_its_own_account_with_the_token_alone(house, person, owner, startup) -> None:
    path, fields = f"/me/startups/{startup}/stays", {"stay_at": CARRIER, "began_on": "", "ends_on": ""}

    assert person.sends(path, token=None, **fields).status_code == 403
    with house.client() as client:
        another = Person(client)
        another.signs_in(house.account())
        assert another.sends(path, **fields).status_code == 404
    assert house.services.batch.handovers.own(actor_of(owner), StartupId(startup)).stays == ()
