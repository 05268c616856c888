"""What one signs in with: API keys and page sessions; their secrets are not part of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NewType

from matcher.domain.accounts import Account, AccountId
from matcher.domain.errors import InvalidField

ApiKeyId = NewType("ApiKeyId", str)

MAX_KEY_NAME_CHARACTERS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """Lets a program act for an account, at most as far as its scopes reach."""

    id: ApiKeyId  # part of the key itself, and no secret
    account: AccountId
    name: str
    scopes: frozenset[str] | None  # None: all that a key of this role may do
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_on: date | None = None

    def __post_init__(self) -> None:
        if not (0 < len(self.name) <= MAX_KEY_NAME_CHARACTERS and self.name.isprintable() and self.name.strip()):
            raise InvalidField(
                "A key's name has 1 to {limit} printable characters.", field="name", limit=MAX_KEY_NAME_CHARACTERS
            )
        if self.expires_at is not None and self.expires_at <= self.created_at:
            raise InvalidField("A key expires in the future.", field="expires_at")

    def holds(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldKey:
    """A key as it is kept: with the hash of its secret, and whom it lets in."""

    key: ApiKey
    secret_hash: str
    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLimits:
    """How long a page session holds."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSession:
    """Somebody signed in with a browser."""

    account: AccountId
    created_at: datetime
    last_seen_at: datetime

    def holds(self, now: datetime, limits: SessionLimits) -> bool:
        return now < self.last_seen_at + limits.idle and now < self.created_at + limits.absolute


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """Attempts to sign in that failed one after the other."""

    n: int
    last_at: datetime
