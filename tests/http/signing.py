"""A client on an application with a store of its own, in which a test signs in as whom it likes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.testclient import TestClient

from api.app import create_app
from api.feedback_services import build_feedback
from api.identity import build_identity
from api.record_services import build_startups
from api.services import Services
from api.settings import Settings
from data.leases import SqlLeases
from data.unit_of_work import Store, open_store
from matcher.domain.accounts import Account, Role
from tests.accounts import ADMIN, PASSWORD, Clock, CountingPasswords, make_account
from tests.steady_reader import SteadyReader

HTTPS = "https://testserver"


@dataclass
class House:
    """The application, whom it lets in, and its clock."""

    services: Services
    store: Store
    clock: Clock
    passwords: CountingPasswords

    def account(self, role: Role = Role.STARTUP, **wanted) -> Account:
        return make_account(self.store.transactions, role=role, **wanted)

    @contextmanager
    def client(self, **options) -> Iterator[TestClient]:
        with TestClient(create_app(self.services), base_url=HTTPS, **options) as client:
            yield client

    def key_of(self, account: Account, scopes: list[str] | None = None, **changes) -> str:
        """An API key that acts for this account."""
        wanted = {"name": "a key", "scopes": scopes, "expires_at": None, "now": self.clock(), **changes}
        return self.services.registry.identity.issue_key(ADMIN, account_id=account.id, **wanted).written


def a_copy(store: Store, file: Path) -> Store:
    """Of a filled store, so that no test sees what another wrote."""
    with closing(sqlite3.connect(str(store.engine.url.database))) as full, closing(sqlite3.connect(file)) as empty:
        full.backup(empty)
    return open_store(f"sqlite:///{file}")


def a_house(services: Services, store: Store, **settings) -> House:
    clock, passwords = Clock(), CountingPasswords()
    chosen = Settings(**{"asks_per_minute": 0, **settings})
    identity = build_identity(store, chosen, passwords)
    registry = replace(services.registry, store=store, transactions=store.transactions, identity=identity)
    feedback = build_feedback(store.transactions, chosen, services.metrics, services.feedback.models, clock)
    snapshot = services.registry.snapshot
    startups = build_startups(store.transactions, SteadyReader(snapshot().taxonomy), snapshot)
    batch = replace(
        services.batch,
        transactions=store.transactions,
        turns=replace(services.batch.turns, leases=SqlLeases(store), now=clock),
        now=clock,
        today=services.today,
    )
    own = {"registry": registry, "startups": startups, "feedback": feedback, "batch": batch}
    return House(replace(services, settings=chosen, now=clock, **own), store, clock, passwords)


def sign_in(client: TestClient, account: Account, password: str = PASSWORD, **options):
    return client.post("/v1/session", json={"login": account.login, "password": password}, **options)


def signed_in(client: TestClient, account: Account) -> dict[str, str]:
    """The headers that a page of this account sends with what it writes."""
    answer = sign_in(client, account)
    assert answer.status_code == 200, answer.text
    return {"X-CSRF-Token": answer.json()["csrf_token"]}


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}
