"""The database goes away while the server runs, and comes back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.services import Services
from api.snapshot import RegistrySnapshot
from data.seed import read_seed, seed_folder
from data.unit_of_work import Store, open_store
from matcher.services.initialise import Initialise
from tests.databases import PostgresServer


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        self.now += 10  # each look is long after the last
        return self.now


@pytest.fixture
def on_server(own_server: PostgresServer) -> Iterator[Store]:
    store = open_store(own_server.url(own_server.create()))
    store.migrate()
    Initialise(store.transactions)(read_seed(seed_folder()))
    yield store
    store.close()


@pytest.fixture
def client(services: Services, on_server: Store) -> Iterator[TestClient]:
    registry = replace(
        services.registry,
        store=on_server,
        transactions=on_server.transactions,
        snapshot=RegistrySnapshot(on_server.transactions, Clock()),
    )
    with TestClient(create_app(replace(services, registry=registry)), raise_server_exceptions=False) as client:
        yield client


def test_requests_are_told_so_meanwhile_and_answered_again_afterwards(client: TestClient, own_server) -> None:
    before = client.get("/v1/carriers/cn001")
    assert before.status_code == 200

    own_server.stop()
    gone = client.get("/v1/carriers/cn001"), client.get("/health/ready")
    own_server.start()
    back = client.get("/v1/carriers/cn001"), client.get("/health/ready")

    assert [answer.status_code for answer in gone] == [503, 503]
    assert gone[0].json()["type"] == "/problems/store-not-ready"
    assert gone[1].json()["missing"] == [{"part": "store", "detail": "The database server cannot be reached."}]
    assert client.get("/health/live").status_code == 200
    assert [answer.status_code for answer in back] == [200, 200]
    assert back[0].json()["names"] == before.json()["names"]
