"""The whole application on a real store, with somebody of every role, and things that are theirs."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api.app import create_app
from api.bootstrap import build_services
from api.identity import build_identity
from api.services import Services
from api.settings import Settings
from matcher.domain.accounts import Account, Role, actor_of
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.leads import Lead, LeadId
from matcher.domain.tokens import csrf_token
from matcher.services.issue_key import Issued
from tests.accounts import PASSWORD, CountingPasswords, make_account

CARRIER, OTHER_CARRIER = "cn001", "cn050"
MARKED = "We develop catheters and need a cleanroom; our coil is wound at 87 degrees with zyxwol paste."

_numbers = count(1)
Headers = dict[str, str]


@dataclass
class Estate:
    """The application that all tests of a module ask; what one of them needs it makes for itself."""

    services: Services
    client: TestClient

    def account(self, role: Role, carrier: str = CARRIER) -> Account:
        wanted = CarrierId(carrier) if role is Role.STAFF else None
        return make_account(self.services.registry.transactions, role=role, carrier=wanted)

    def issue(self, account: Account, *, scopes: list[str] | None = None, **times: datetime) -> Issued:
        return self.services.registry.identity.issue_key(
            actor_of(account),
            name="a key",
            scopes=scopes,
            expires_at=times.get("expires_at"),
            now=times.get("now", datetime.now(UTC)),
        )

    def key(self, account: Account, **wanted: Any) -> Headers:
        """What a program of this account sends."""
        return {"Authorization": f"Bearer {self.issue(account, **wanted).written}"}

    def page(self, account: Account, cookie: str = "__Host-matcher") -> Headers:
        """What a page sends: its cookie, and the token that its writes need."""
        token = self.services.registry.identity.sign_in(
            account.login, PASSWORD, address="192.0.2.1", now=datetime.now(UTC)
        ).token
        return {"Cookie": f"{cookie}={token}", "X-CSRF-Token": csrf_token(token)}

    def ask(self, method: str, path: str, headers: Headers | None = None, **wanted: Any):
        """With nothing left over from the request before."""
        self.client.cookies.clear()
        return self.client.request(method, path, headers=headers, **wanted)

    def startup(self, owner: Account, **changes: Any) -> dict[str, Any]:
        body = {"name": f"Catheter {next(_numbers)}", "text": MARKED, **changes}
        answer = self.ask("POST", "/v1/startups", self.key(owner), json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def lead(self, startup_id: str, carrier: str) -> str:
        """The id by which this carrier knows the startup."""
        now = datetime.now(UTC)
        lead = Lead(
            id=LeadId(secrets.token_hex(16)),
            carrier=CarrierId(carrier),
            startup=StartupId(startup_id),
            created_at=now,
            updated_at=now,
        )
        with self.services.registry.transactions() as uow:
            uow.leads.add([lead])
            uow.commit()
        return lead.id

    def wait_for(self, startup_id: str) -> None:
        """Until the startup is in the lists."""
        while startup_id not in self.services.startups.everybodys().by_id:
            time.sleep(0.02)


@contextmanager
def an_estate(folder: Path, *, now: Callable[[], datetime] | None = None, **settings: Any) -> Iterator[Estate]:
    """On this data folder, with hashes of passwords that cost little; `now` is the time unless a test gives one."""
    chosen = Settings(data_dir=folder, asks_per_minute=0, account_asks_per_minute=0, **settings)
    with build_services(chosen) as built:
        identity = build_identity(built.registry.store, chosen, CountingPasswords())
        services = replace(built, registry=replace(built.registry, identity=identity), now=now or built.now)
        with TestClient(create_app(services), base_url="https://testserver", raise_server_exceptions=False) as client:
            yield Estate(services, client)
