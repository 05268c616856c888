"""Accounts, keys and sessions for tests, with a clock that a test moves and a hasher that counts."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from api.passwords import Argon2Passwords
from matcher.domain.accounts import Account, AccountId, Actor, Role, actor_of
from matcher.domain.credentials import SessionLimits
from matcher.ports import Transactions
from matcher.services.create_account import CreateAccount, NewAccount

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LIMITS = SessionLimits(idle=timedelta(hours=2), absolute=timedelta(hours=12))
PASSWORD = "correct horse battery"
ADMIN = Actor(account=AccountId("some-admin"), role=Role.ADMIN)

_numbers = count(1)


def new_id() -> str:
    return f"id{next(_numbers):014x}"


def new_secret() -> str:
    return f"secret-{next(_numbers):040x}"


class CountingPasswords(Argon2Passwords):
    """The real thing with little memory; counts its work."""

    def __init__(self, **costs: int) -> None:
        super().__init__(**{"memory_kib": 64, "passes": 1, **costs})
        self.n_hashes = 0
        self.verified: list[str] = []  # the costs of each hash that was verified against

    def hash(self, password: str) -> str:
        self.n_hashes += 1
        return super().hash(password)

    def verifies(self, password_hash: str, password: str) -> bool:
        self.verified.append(password_hash.split("$")[3])
        return super().verifies(password_hash, password)


@dataclass
class Clock:
    """Gives the time, and goes on only when told."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def an_account(**changes: Any) -> Account:
    number = next(_numbers)
    plain = Account(id=AccountId(f"account-{number}"), login=f"login-{number}", role=Role.STARTUP, created_at=NOW)
    return replace(plain, **changes)


def an_actor(**changes: Any) -> Actor:
    return actor_of(an_account(**changes))


def make_account(transactions: Transactions, **wanted: Any) -> Account:
    """In the store, with PASSWORD."""
    create = CreateAccount(
        transactions=transactions, hasher=CountingPasswords(), new_id=new_id, new_password=new_secret
    )
    new = NewAccount(**{"login": f"login-{next(_numbers)}", "role": Role.STARTUP, "password": PASSWORD, **wanted})
    return create(ADMIN, new, now=NOW).account
