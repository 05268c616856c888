"""Who may sign in, and who is asking right now."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId

AccountId = NewType("AccountId", str)

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}", re.ASCII)  # plain letters: no two logins look alike


class Role(StrEnum):
    """What an account is for; it has exactly one."""

    STARTUP = "startup"
    STAFF = "staff"  # of one carrier
    OFFICE = "office"  # of a city or district
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Someone, or some program, that may sign in."""

    id: AccountId
    login: str
    role: Role
    carrier: CarrierId | None = None  # whose staff; None for all other roles
    created_at: datetime
    disabled_at: datetime | None = None
    version: int = 1  # grows by one with every change

    def __post_init__(self) -> None:
        if not is_login(self.login):
            raise InvalidField(
                "A login has 2 to 64 characters: small letters, digits and . _ @ + -, and begins with a letter or "
                "a digit.",
                field="login",
            )
        if (self.role is Role.STAFF) != (self.carrier is not None):
            raise InvalidField("Staff, and nobody else, belongs to one carrier.", field="carrier")

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """Some accounts in the order of their logins, and after which the next ones come."""

    accounts: tuple[Account, ...]
    next_after: str | None


def login_from(text: str) -> str:
    """As it is kept and compared: capitals and small letters are the same."""
    return text.strip().lower()


def is_login(text: str) -> bool:
    return LOGIN.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks; all None for somebody who has not signed in."""

    account: AccountId | None = None
    role: Role | None = None
    carrier: CarrierId | None = None
    scopes: frozenset[str] | None = None  # of the API key it comes with, see `permissions`; None: not narrowed
    with_key: bool = False  # an API key, not a page session


NOBODY = Actor()
OPERATOR = Actor(account=AccountId("operator"), role=Role.ADMIN)  # the command line: who has the machine has the store


def actor_of(account: Account) -> Actor:
    """This account with all that its role may do."""
    return Actor(account=account.id, role=account.role, carrier=account.carrier)
