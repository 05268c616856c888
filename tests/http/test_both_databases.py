"""The main ways through the service, once on each kind of database."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.identity import build_identity
from api.lead_services import build_leads
from api.record_services import build_carriers, build_startups
from api.services import RegistryServices, Services
from api.settings import Settings
from api.snapshot import RegistrySnapshot
from data.seed import read_seed, seed_folder
from data.unit_of_work import open_store
from matcher.domain.accounts import Role
from matcher.services.initialise import Initialise
from models.rankers import load_prior
from tests.accounts import CountingPasswords, make_account
from tests.databases import Databases
from tests.http.callers import a_caller, a_startup_of
from tests.http.signing import HTTPS, sign_in, signed_in
from tests.steady_reader import SteadyReader

CARRIER = "cn050"
JSONL = {"Content-Type": "application/jsonl"}


def fill(address: str) -> None:
    store = open_store(address)
    store.migrate()
    Initialise(store.transactions)(read_seed(seed_folder()), strict=True)
    store.close()


@pytest.fixture
def on_database(services: Services, database: Databases, board) -> Iterator[Services]:
    """All that rests on a store, on one of this kind."""
    store = open_store(database.copy("filled", fill))
    transactions = store.transactions
    snapshot = RegistrySnapshot(transactions, own_writes=lambda: store.own_writes.registry)
    reader = SteadyReader(snapshot().taxonomy)
    startups = build_startups(transactions, reader, snapshot, lambda: store.own_writes.startups)
    registry = RegistryServices(
        store=store,
        transactions=transactions,
        snapshot=snapshot,
        initialise=Initialise(transactions),
        identity=build_identity(store, Settings(), CountingPasswords()),
        carriers=build_carriers(transactions),
    )
    leads = build_leads(transactions, lambda: board, startups.everybodys, load_prior())
    yield replace(services, registry=registry, startups=startups, leads=leads)
    store.close()


@pytest.fixture
def client(on_database: Services) -> Iterator[TestClient]:
    with TestClient(create_app(on_database), base_url=HTTPS) as client:
        yield client


def test_a_startup_is_written_changed_taken_in_withdrawn_and_erased(client: TestClient, on_database: Services) -> None:
    owner, another = a_caller(on_database), a_caller(on_database)
    made = a_startup_of(client, owner)
    address = f"/v1/startups/{made['id']}"

    assert client.get("/health/ready").json()["missing"] == []
    assert client.get(address, headers=another).status_code == 404
    changed = client.patch(address, json={"name": "Katheter 导管"}, headers=owner | {"If-Match": '"v1"'})
    late = client.patch(address, json={"name": "Late"}, headers=owner | {"If-Match": '"v1"'})
    assert (changed.json()["version"], late.status_code) == (2, 412)
    rows = b'{"name": "A", "text": "We weld cars."}\n{"name": "B", "text": "\xe6\x88\x91\xe4\xbb\xac"}\n'
    taken = [
        client.post("/v1/startups/imports", content=rows, headers=owner | JSONL | {"Idempotency-Key": "once"}).json()
        for _ in range(2)
    ]
    assert (taken[0]["added"], taken[1]["ids"]) == (2, taken[0]["ids"])
    page = client.get("/v1/startups?limit=2", headers=owner).json()
    rest = client.get(f"/v1/startups?limit=2&cursor={page['next_cursor']}", headers=owner).json()
    assert (page["total"], len(page["startups"]), len(rest["startups"])) == (3, 2, 1)
    assert client.get("/v1/startups?name=katheter", headers=owner).json()["total"] == 1
    assert client.delete(address, headers=owner).json()["withdrawn_at"]
    assert client.delete(f"{address}?erase=true", headers=owner).status_code == 204
    assert client.get(address, headers=owner).status_code == 404


def test_a_session_is_opened_held_off_and_ended(client: TestClient, on_database: Services) -> None:
    account = make_account(on_database.registry.transactions)

    refused = [sign_in(client, account, "another word").status_code for _ in range(6)]
    assert refused == [401] * 5 + [429]
    other = make_account(on_database.registry.transactions)
    headers = signed_in(client, other)
    assert client.get("/v1/session").json()["account"]["login"] == other.login
    assert client.delete("/v1/session").status_code == 403
    assert client.delete("/v1/session", headers=headers).status_code == 204
    assert client.get("/v1/session").status_code == 401


def test_a_carrier_is_read_put_right_and_taken_in(client: TestClient, on_database: Services) -> None:
    staff, admin = a_caller(on_database, Role.STAFF, CARRIER), a_caller(on_database, Role.ADMIN)
    address = f"/v1/carriers/{CARRIER}"

    first = client.get("/v1/carriers?limit=3&industry=biomed").json()
    assert len(first["carriers"]) == 3
    tag = client.get(address).headers["etag"]
    body = {"changes": {"places_left": 3}, "source": "carrier itself", "date": "2026-11-01"}
    assert client.patch(address, json=body, headers=staff | {"If-Match": tag}).status_code == 200
    seen = client.get(address)
    assert seen.headers["etag"] != tag
    assert {one["field"]: one["value"] for one in seen.json()["facts"]}["places_left"] == 3
    rows = b'{"id": "cn061", "founded": 1999}\n'
    taken = client.post("/v1/carriers/imports", content=rows, headers=admin | JSONL)
    assert taken.json()["changed"] == 1
    again = {one["field"]: one["value"] for one in client.get("/v1/carriers/cn061").json()["facts"]}
    assert again["founded"] == 1999
    assert client.get("/v1/accounts", headers=admin).status_code == 200


def test_a_startup_is_a_lead_at_once_and_known_by_consent_alone(client: TestClient, on_database: Services) -> None:
    owner, staff = a_caller(on_database), a_caller(on_database, Role.STAFF, CARRIER)
    address = f"/v1/carriers/{CARRIER}/leads"
    made = a_startup_of(client, owner)

    [card] = client.get(address, headers=staff).json()["leads"]
    assert made["name"] not in str(card)
    consent = client.post(f"/v1/startups/{made['id']}/consents", json={"carrier_id": CARRIER}, headers=owner)
    assert consent.status_code in (200, 201), consent.text
    [known] = client.get(address, headers=staff).json()["leads"]
    assert made["name"] in str(known)
