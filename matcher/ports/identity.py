"""Who may come in, as it is kept, and what proves it."""

from datetime import date, datetime
from typing import Protocol

from matcher.domain.accounts import Account, AccountId, AccountPage, Role
from matcher.domain.credentials import ApiKey, ApiKeyId, Failures, HeldKey, PageSession
from matcher.domain.ids import CarrierId


class Accounts(Protocol):
    """Who may sign in; no password is kept, only what proves one."""

    def get(self, account_id: AccountId) -> Account:
        """Raises AccountNotFound."""

    def by_login(self, login: str) -> Account | None: ...

    def page(self, *, after: str | None, limit: int) -> AccountPage:
        """In the order of their logins, those after this one."""

    def staff_of(self, carrier: CarrierId) -> list[Account]:
        """In the order of their logins, disabled ones too."""

    def count(self, *, active_role: Role | None = None) -> int:
        """How many there are, or how many of this role are not disabled."""

    def add(self, account: Account, password_hash: str) -> None:
        """Raises LoginTaken."""

    def replace(self, account: Account) -> None:
        """Its password stays; raises AccountNotFound."""

    def password_hash(self, account_id: AccountId) -> str | None: ...

    def set_password_hash(self, account_id: AccountId, password_hash: str) -> None: ...


class ApiKeys(Protocol):
    """Keys by their id, which is no secret; of the secret there is only a hash."""

    def get(self, key_id: ApiKeyId) -> ApiKey:
        """Raises ApiKeyNotFound."""

    def held(self, key_id: ApiKeyId) -> HeldKey | None: ...

    def of(self, account_id: AccountId) -> list[ApiKey]:
        """Oldest first, revoked ones as well."""

    def add(self, key: ApiKey, secret_hash: str) -> None: ...

    def revoke(self, key_id: ApiKeyId, now: datetime) -> None:
        """Does nothing where it is revoked already."""


class PageSessions(Protocol):
    """Sessions by the hash of their token."""

    def held(self, token_hash: str) -> tuple[PageSession, Account] | None: ...

    def add(self, token_hash: str, session: PageSession) -> None: ...

    def end(self, token_hash: str) -> None: ...

    def end_all(self, account_id: AccountId) -> None: ...

    def forget_older(self, *, created_before: datetime, seen_before: datetime) -> None: ...


class SignInFailures(Protocol):
    """Failed attempts by the hash of a login or of an address; shared by all processes."""

    def of(self, subject_hash: str) -> Failures | None: ...

    def put(self, subject_hash: str, failures: Failures) -> None: ...

    def forget(self, subject_hash: str) -> None: ...

    def forget_older(self, than: datetime) -> None: ...


class CredentialUses(Protocol):
    """When a key or a session was last used; nobody waits for it, and a missed one is no error."""

    def note_key(self, key_id: ApiKeyId, on: date) -> None: ...

    def note_session(self, token_hash: str, at: datetime) -> None: ...


class PasswordHasher(Protocol):
    """Slow on purpose."""

    @property
    def stand_in(self) -> str:
        """A hash that no password has; to verify against it costs as much as against any other."""

    def hash(self, password: str) -> str: ...

    def verifies(self, password_hash: str, password: str) -> bool: ...

    def is_outdated(self, password_hash: str) -> bool:
        """Whether it was made with other costs than new ones are."""
