"""A clock that is set back by a month stops nothing, brings nobody back in, and takes nothing away."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.domain.accounts import Role, actor_of
from tests.accounts import PASSWORD, Clock
from tests.security.estate import Estate, an_estate

ANY = {"If-Match": "*"}


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC))


@pytest.fixture
def estate(filled_folder: Path, clock: Clock) -> Iterator[Estate]:
    with an_estate(filled_folder, now=clock) as estate:
        yield estate


def test_writing_goes_on_and_nothing_is_lost(estate, clock, filled_folder) -> None:
    owner = estate.account(Role.STARTUP)
    key, made = estate.key(owner), estate.startup(owner)
    address = f"/v1/startups/{made['id']}"
    estate.ask("PATCH", address, key | ANY, json={"text": "We make valves of steel."})

    clock.forward(days=-30)
    changed = estate.ask("PATCH", address, key | ANY, json={"text": "We make pumps of brass."})
    second = estate.startup(owner)
    estate.services.registry.identity.rights.retention(now=clock())

    assert (changed.status_code, changed.json()["version"]) == (200, 3)
    assert estate.ask("GET", address, key).json()["text"] == "We make pumps of brass."
    estate.wait_for(second["id"])
    with an_estate(filled_folder, now=clock) as again:
        kept = {one["id"] for one in again.ask("GET", "/v1/startups", key).json()["startups"]}
    assert kept == {made["id"], second["id"]}


def test_a_write_that_is_sent_again_is_still_done_once(estate, clock) -> None:
    key = estate.key(estate.account(Role.STARTUP)) | {"Idempotency-Key": "once"}
    body = {"name": "Valves", "text": "We make valves."}

    first = estate.ask("POST", "/v1/startups", key, json=body)
    clock.forward(days=-30)
    again = estate.ask("POST", "/v1/startups", key, json=body)

    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])


def test_who_was_let_in_stays_and_who_was_not_stays_out(estate, clock) -> None:
    account = estate.account(Role.STARTUP)
    page, issued = estate.page(account), estate.issue(account)
    revoked = {"Authorization": f"Bearer {issued.written}"}
    estate.services.registry.identity.revoke_key(actor_of(account), issued.key.id, now=clock())

    clock.forward(days=-30)

    assert estate.ask("GET", "/v1/session", page).status_code == 200
    assert estate.ask("GET", "/v1/session", revoked).status_code == 401
    assert estate.ask("GET", "/v1/session", estate.key(account)).status_code == 200
    signed_in = estate.ask("POST", "/v1/session", json={"login": account.login, "password": PASSWORD})
    assert signed_in.status_code == 200


def test_nobody_waits_longer_for_having_failed_in_what_is_now_the_future(estate, clock) -> None:
    account = estate.account(Role.STARTUP)
    for _ in range(7):
        estate.ask("POST", "/v1/session", json={"login": account.login, "password": "a wrong password"})
    assert estate.ask("POST", "/v1/session", json={"login": account.login, "password": PASSWORD}).status_code == 429

    clock.forward(days=-30)

    assert estate.ask("POST", "/v1/session", json={"login": account.login, "password": PASSWORD}).status_code == 200
