"""Runs over all startups as a page: started, watched and cancelled by an office, and by nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.accounts import Role
from matcher.domain.ids import CarrierId
from matcher.domain.messages import Message
from matcher.domain.run_records import RunRecord, RunState
from tests.http.paging import Person, main_of, said_by

RUNS = "/office/runs"
WISH = {"k": "3", "leads": "5", "scope": "all"}


@pytest.fixture
def office(house):
    """No worker looks after runs, so that one that is asked for waits."""
    with house.client() as client:
        someone = Person(client)
        someone.signs_in(house.account(Role.OFFICE))
        someone.opens("/", lang="en")
        yield someone


def latest(house) -> RunRecord:
    return house.services.batch.read.latest(1)[0]


def becomes(house, run: RunRecord, **changes) -> None:
    with house.store.transactions() as uow:
        uow.runs.replace(replace(run, **changes))
        uow.commit()


def test_an_office_starts_a_run_and_cancels_it(house, office) -> None:
    assert "There is no run yet." in office.reads(RUNS)

    started = office.follows(office.sends(RUNS, **WISH))

    assert "It waits for its turn" in started
    assert "by you, program" in started
    assert "3 carriers a startup, 5 startups a carrier; all carriers" in started
    run = latest(house)
    assert (run.wish.k, run.wish.leads, run.wish.scope) == (3, 5, "all")
    cancelled = office.follows(office.sends(f"{RUNS}/{run.id}/cancel"))
    assert "Start a run" in cancelled
    assert latest(house).state is RunState.CANCELLED


def test_a_run_at_work_says_how_far_it_is_and_how_long_it_will_take(house, office) -> None:
    office.sends(RUNS, **WISH)
    now = house.clock()
    at_work = latest(house).begun(now - timedelta(minutes=6))
    becomes(house, at_work)
    assert "cannot be told yet" in office.reads(RUNS)
    with house.store.transactions() as uow:
        uow.runs.tell(at_work.id, 2, 8, now)
        uow.commit()

    answer = office.client.get(RUNS, headers={"HX-Request": "true"})

    shown = said_by(answer)
    assert "2 of 8 blocks · 25%" in shown
    assert "About 18 minutes left" in shown
    assert "<html" not in answer.text
    office.sends(f"{RUNS}/{at_work.id}/cancel")
    assert "ends after the block in progress" in main_of(office.opens(RUNS))
    assert f"{at_work.id}/cancel" not in office.opens(RUNS).text


def test_the_last_runs_say_what_came_of_them_and_which_is_in_force(house, office) -> None:
    office.sends(RUNS, **WISH)
    now, run = house.clock(), latest(house)
    failure = Message.of("The disk is full; the lists of the last run are as they were.")
    becomes(house, run, state=RunState.FAILED, finished_at=now, failure=failure)
    assert failure.text in office.reads(RUNS)
    with house.store.transactions() as uow:
        done = replace(run, state=RunState.DONE, started_at=now - timedelta(seconds=90), finished_at=now)
        uow.runs.replace(replace(done, figures={"n_startups": 1234}))
        uow.runs.serve(run.id, now)
        uow.commit()

    shown = office.reads(RUNS)

    assert all(word in shown for word in ("done", "1,234", "90 s", "in force"))
    assert "hx-trigger" not in office.opens(RUNS).text


@pytest.mark.parametrize("wrong", [{"k": "0"}, {"leads": "many"}, {"scope": "moon"}])
def test_what_cannot_be_asked_is_said_beside_its_field(house, office, wrong) -> None:
    answer = office.sends(RUNS, **{**WISH, **wrong})

    [(name, value)] = wrong.items()
    assert answer.status_code == 422
    assert f'id="wrong-{name}"' in answer.text
    assert name == "scope" or f'value="{value}"' in answer.text
    assert house.services.batch.read.latest(1) == []


def test_a_second_run_is_refused_while_one_waits(house, office) -> None:
    office.sends(RUNS, **WISH)

    answer = office.sends(RUNS, **WISH)

    assert answer.status_code == 409
    assert "Another run of this store is going on." in said_by(answer)
    assert len(house.services.batch.read.latest(9)) == 1


@pytest.mark.parametrize(("role", "status"), [(None, 303), (Role.STARTUP, 403), (Role.STAFF, 403), (Role.ADMIN, 200)])
def test_runs_are_for_office_and_administrators_alone(house, role, status) -> None:
    with house.client() as client:
        someone = Person(client)
        if role is not None:
            someone.signs_in(house.account(role, carrier=CarrierId("cn001") if role is Role.STAFF else None))
        answers = [someone.opens(RUNS).status_code]
        if role is not None:
            answers.append(someone.sends(RUNS, **WISH).status_code)

    assert answers == ([status] if role is None else [status, 303 if status == 200 else status])


def test_a_run_starts_and_ends_with_the_token_of_the_page_alone(house, office) -> None:
    assert office.sends(RUNS, token=None, **WISH).status_code == 403
    office.sends(RUNS, **WISH)

    assert office.sends(f"{RUNS}/{latest(house).id}/cancel", token="another").status_code == 403
    assert latest(house).cancel_asked_at is None
    assert office.sends(f"{RUNS}/nothing/cancel").status_code == 404
