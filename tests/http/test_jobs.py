"""Runs over everybody as an office starts, watches and cancels them, in the real application."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from api.background_runs import BackgroundRuns
from data.leases import SqlLeases
from matcher.domain.accounts import Role
from matcher.domain.errors import RunInProgress
from matcher.domain.run_records import RunWish
from tests.http.signing import House, bearer
from tests.steady_reader import SteadyReader

pytest.importorskip("pyarrow")

N_STARTUPS = 3
WITHIN_S = 30


@pytest.fixture
def town(house: House) -> House:
    """With a worker, which the tests wake themselves, and startups that it can rank."""
    models = replace(house.services.batch.models, reader=SteadyReader(house.services.registry.snapshot().taxonomy).id)
    batch = replace(house.services.batch, models=models)
    house.services = replace(house.services, batch=batch, runs=BackgroundRuns(batch.recorded, WITHIN_S))
    return house


@pytest.fixture
def client(town: House) -> Iterator[TestClient]:
    with town.client() as client:
        owner = bearer(town.key_of(town.account()))
        for number in range(N_STARTUPS):
            body = {"name": f"number {number}", "text": "We make surgical robots and catheters."}
            assert client.post("/v1/startups", json=body, headers=owner).status_code == 201
        yield client


@pytest.fixture
def office(town: House) -> dict[str, str]:
    return bearer(town.key_of(town.account(Role.OFFICE)))


def until_over(client: TestClient, office: dict[str, str], run_id: str) -> dict:
    until = time.monotonic() + WITHIN_S
    while (told := client.get(f"/v1/jobs/{run_id}", headers=office).json())["finished_at"] is None:
        assert time.monotonic() < until, told
        time.sleep(0.02)
    return told


def test_an_office_starts_a_run_watches_it_and_its_lists_are_in_force(client, office) -> None:
    started = client.post("/v1/jobs", json={"k": 3}, headers=office)

    assert (started.status_code, started.json()["state"], started.json()["k"]) == (201, "waiting", 3)
    over = until_over(client, office, started.json()["id"])
    assert (over["state"], over["served"], over["failure"]) == ("done", True, None)
    assert over["progress"] == {"done": 1, "total": 1, "seconds_left": None}
    assert (over["figures"]["n_startups"], over["attempts"]) == (N_STARTUPS, 1)
    listed = client.get("/v1/jobs", headers=office).json()["jobs"]
    assert [one["id"] for one in listed] == [over["id"]]


def test_a_second_run_is_refused_while_one_waits(client, town, office) -> None:
    with town.services.batch.turns():  # another process is at it, so that the first one has to wait
        first = client.post("/v1/jobs", json={}, headers=office)
        second = client.post("/v1/jobs", json={}, headers=office)
        with pytest.raises(RunInProgress):
            town.services.batch.recorded().next_one()

    assert (first.status_code, second.status_code) == (201, 409)
    assert second.json()["type"] == "/problems/run-in-progress"
    assert client.get(f"/v1/jobs/{first.json()['id']}", headers=office).json()["state"] == "waiting"


def test_one_that_waits_is_cancelled_at_once_and_one_that_is_over_stays(client, town, office) -> None:
    with town.services.batch.turns():
        first = client.post("/v1/jobs", json={}, headers=office).json()
        cancelled = client.delete(f"/v1/jobs/{first['id']}", headers=office)
    done = client.post("/v1/jobs", json={}, headers=office).json()
    until_over(client, office, done["id"])

    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    assert client.delete(f"/v1/jobs/{done['id']}", headers=office).json()["state"] == "done"
    assert client.delete("/v1/jobs/nothing", headers=office).json()["type"] == "/problems/run-not-found"


def test_what_a_process_left_behind_is_done_when_the_server_starts(town, office) -> None:
    left = town.services.batch.recorded().ask(RunWish(), None)
    with town.store.transactions() as uow:
        uow.runs.replace(left.begun(town.clock()))
        uow.commit()
    assert SqlLeases(town.store) == town.services.batch.turns.leases

    with town.client() as client:
        over = until_over(client, office, left.id)

    assert (over["state"], over["attempts"]) == ("done", 2)


@pytest.mark.parametrize("body", [{"k": 0}, {"leads": 1001}, {"scope": "moon"}, {"fresh": True}])
def test_what_cannot_be_asked_is_refused_by_field(client, office, body) -> None:
    answer = client.post("/v1/jobs", json=body, headers=office)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == next(iter(body))


def test_a_failure_is_told_in_the_language_of_the_answer(client, town, office) -> None:
    folder = town.services.batch.folder
    folder.mkdir(parents=True, exist_ok=True)
    with town.services.batch.files().held():  # a run without a record works in the same folder
        started = client.post("/v1/jobs", json={}, headers=office).json()
        until = time.monotonic() + WITHIN_S
        while client.get(f"/v1/jobs/{started['id']}", headers=office).json()["state"] in ("waiting", "running"):
            assert time.monotonic() < until
            time.sleep(0.02)

    told = client.get(f"/v1/jobs/{started['id']}?lang=de", headers=office).json()
    assert (told["state"], told["served"]) == ("failed", False)
    assert told["failure"].startswith("In ")
