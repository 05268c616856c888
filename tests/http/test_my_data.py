"""Everybody takes all of one's own along, and erases it, over HTTP."""

from dataclasses import replace

import pytest

from api.record_services import build_startups
from api.snapshot import RegistrySnapshot
from matcher.domain.accounts import Role
from tests.accounts import PASSWORD
from tests.http.callers import a_startup_of
from tests.http.signing import bearer, sign_in, signed_in
from tests.steady_reader import SteadyReader

MARK = "marzipan"


@pytest.fixture
def house(house):
    """Keeps its startups where it keeps its accounts."""
    registry = RegistrySnapshot(house.store.transactions)
    startups = build_startups(house.store.transactions, SteadyReader(registry().taxonomy), registry)
    return replace(house, services=replace(house.services, startups=startups))


@pytest.fixture
def account(house):
    return house.account(login="lab")


@pytest.fixture
def client(house):
    with house.client() as client:
        yield client


@pytest.fixture
def page(client, account) -> dict[str, str]:
    """The headers of the account's page."""
    return signed_in(client, account)


@pytest.fixture
def startup(client, page) -> dict:
    return a_startup_of(client, page, name=f"{MARK} Ltd.", text=f"We make {MARK} for hospitals.", contact="a@b.example")


def erase_me(client, headers, **changes):
    body = {"password": PASSWORD, "confirm": "lab", **changes}
    return client.request("DELETE", "/v1/me", json=body, headers=headers)


def test_an_export_is_a_file_with_all_that_was_written(client, page, startup) -> None:
    answer = client.get("/v1/me/export", headers=page)

    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="matcher-my-data.json"'
    assert answer.headers["cache-control"] == "no-store"
    mine = answer.json()
    assert mine["form"] == "matcher-personal-data/1"
    assert [one["login"] for one in mine["account"]] == ["lab"]
    assert len(mine["sessions"]) == 1
    assert mine["startups"][0]["text"] == startup["text"]
    assert mine["profiles"][0]["profile"]["subfields"]


def test_one_is_told_how_much_is_kept_and_which_startups_will_be_erased(client, house, account, page, startup) -> None:
    key = bearer(house.key_of(account))
    before = client.get("/v1/me", headers=key).json()
    house.services.registry.identity.rights.retention(now=house.clock.forward(days=151))

    told = client.get("/v1/me", headers=key).json()

    assert (before["kept"]["startups"], before["kept"]["keys"], before["notices"]) == (1, 1, [])
    assert told["account"]["login"] == "lab"
    assert told["retention_days"] == 180
    [notice] = told["notices"]
    assert notice["startup_id"] == startup["id"]
    assert notice["erased_from"] == "2027-05-24T12:00:00Z"


@pytest.mark.parametrize("path", ["", "/recommendations"])
def test_to_read_a_startup_or_to_have_it_matched_keeps_it(client, house, account, startup, path) -> None:
    key = bearer(house.key_of(account))
    retention = house.services.registry.identity.rights.retention
    retention(now=house.clock.forward(days=151))

    assert client.get(f"/v1/startups/{startup['id']}{path}", headers=key).status_code == 200

    assert client.get("/v1/me", headers=key).json()["notices"] == []
    assert retention(now=house.clock.forward(days=100)).erased == 0


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMIN])
def test_offices_and_administrators_take_their_own_along_and_no_text(client, house, startup, role) -> None:
    key = house.key_of(house.account(role))

    mine = client.get("/v1/me/export", headers=bearer(key)).json()

    assert (len(mine["account"]), len(mine["keys"]), mine["startups"]) == (1, 1, [])
    assert key not in str(mine)
    assert MARK not in str(mine)


def test_nobody_has_nothing_to_take_along_or_to_erase(client) -> None:
    assert client.get("/v1/me/export").status_code == 401
    assert erase_me(client, {}).status_code == 401


def test_an_account_that_was_erased_is_signed_out_and_its_login_is_free(client, house, account, page, startup) -> None:
    key = house.key_of(account)

    answer = erase_me(client, page)

    assert answer.status_code == 204
    assert client.get("/v1/session").status_code == 401
    assert client.get("/v1/me/export", headers=bearer(key)).status_code == 401
    assert sign_in(client, account).status_code == 401
    again = house.account(login="lab")
    assert client.get("/v1/startups", headers=signed_in(client, again)).json()["total"] == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"password": "wrong"}, "password"), ({"confirm": "yes"}, "confirm"), ({"confirm": None}, "confirm")],
)
def test_an_account_is_not_erased_by_mistake(client, page, startup, changes, field) -> None:
    answer = erase_me(client, page, **changes)

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert client.get(f"/v1/startups/{startup['id']}", headers=page).status_code == 200


def test_another_page_cannot_have_an_account_erased(client, page) -> None:
    assert erase_me(client, {}).status_code == 403


def test_a_startup_is_erased_where_that_is_asked_for(client, page, startup) -> None:
    path = f"/v1/startups/{startup['id']}"

    assert client.delete(path, headers=page).json()["withdrawn_at"]
    answer = client.delete(f"{path}?erase=true", headers=page)

    assert (answer.status_code, answer.content) == (204, b"")
    assert client.get(path, headers=page).status_code == 404
    assert client.delete(f"{path}?erase=true", headers=page).status_code == 404
    assert MARK not in client.get("/v1/me/export", headers=page).text


def test_a_startup_is_erased_at_the_version_that_was_read_and_by_its_owner_alone(client, house, page, startup) -> None:
    path = f"/v1/startups/{startup['id']}?erase=true"
    narrow = bearer(house.key_of(house.account(), ["startups"]))

    assert client.delete(path, headers={**page, "If-Match": '"v7"'}).status_code == 412
    assert client.delete(path, headers=bearer(house.key_of(house.account()))).status_code == 404
    assert client.delete(path, headers=narrow).status_code == 403  # to withdraw is not to erase
    assert client.get(f"/v1/startups/{startup['id']}", headers=page).status_code == 200
