"""Somebody signs in with login and password; whoever guesses has to wait longer and longer."""

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Account, is_login, login_from
from matcher.domain.credentials import PageSession, SessionLimits
from matcher.domain.errors import SignInRefused
from matcher.domain.lockout import Patience, one_less
from matcher.domain.tokens import NewSecret, digest
from matcher.ports import PasswordHasher, Transactions, UnitOfWork
from matcher.services.attempts import count_attempt, refuse_while_waiting

PER_LOGIN = Patience(free=5)
PER_ADDRESS = Patience(free=30)  # many may share one


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    account: Account
    token: str  # of the new session, told to nobody but the browser


@dataclass(kw_only=True)
class SignIn:
    """Checks the password outside of any transaction: that takes long, and others want to write."""

    transactions: Transactions
    hasher: PasswordHasher
    new_secret: NewSecret
    limits: SessionLimits
    per_login: Patience = PER_LOGIN
    per_address: Patience = PER_ADDRESS

    def __call__(
        self, login: str, password: str, *, address: str, now: datetime, old_token: str | None = None
    ) -> SignedIn:
        """A new session, whatever the browser brought along; the old one ends.

        Raises:
            SignInRefused: no such login, another password, or disabled; the words and the work are the same.
            TooMany: too many attempts for this login or from this address; the words are the same for any login.
        """
        login = login_from(login)
        account, password_hash = self._attempt(login, address, now)
        fits = self.hasher.verifies(password_hash or self.hasher.stand_in, password)
        if account is None or password_hash is None or not fits or not account.is_active:
            raise SignInRefused("Login and password do not belong together.")
        renewed = self.hasher.hash(password) if self.hasher.is_outdated(password_hash) else None
        return self._open(account, password_hash, renewed, address=address, now=now, old_token=old_token)

    def _attempt(self, login: str, address: str, now: datetime) -> tuple[Account | None, str | None]:
        with self.transactions() as unit:  # who has to wait must not make others wait for their turn to write
            for subject, patience in self._subjects(login, address):
                refuse_while_waiting(unit, subject, patience, now)
        with self.transactions() as unit:
            for subject, patience in self._subjects(login, address):
                count_attempt(unit, subject, patience, now)
            account = unit.accounts.by_login(login) if is_login(login) else None
            password_hash = None if account is None else unit.accounts.password_hash(account.id)
            unit.commit()
        return account, password_hash

    def _open(
        self,
        account: Account,
        password_hash: str,
        renewed: str | None,
        *,
        address: str,
        now: datetime,
        old_token: str | None,
    ) -> SignedIn:
        token = self.new_secret()
        with self.transactions() as unit:
            unit.lock()
            if unit.accounts.password_hash(account.id) != password_hash:  # changed or erased while it was checked
                raise SignInRefused("Login and password do not belong together.")
            current = unit.accounts.get(account.id)
            if not current.is_active:
                raise SignInRefused("Login and password do not belong together.")
            if renewed is not None:
                unit.accounts.set_password_hash(account.id, renewed)
            if old_token is not None:
                unit.page_sessions.end(digest(old_token))
            unit.page_sessions.forget_older(
                created_before=now - self.limits.absolute, seen_before=now - self.limits.idle
            )
            unit.page_sessions.add(digest(token), PageSession(account=account.id, created_at=now, last_seen_at=now))
            self._forgive(unit, account.login, address)
            unit.commit()
        return SignedIn(account=current, token=token)

    def _forgive(self, unit: UnitOfWork, login: str, address: str) -> None:
        """All of the login; of the address this attempt alone, or one good account would open the way to others."""
        of_login, of_address = (subject for subject, _ in self._subjects(login, address))
        unit.sign_in_failures.forget(of_login)
        left = one_less(unit.sign_in_failures.of(of_address))
        if left is None:
            unit.sign_in_failures.forget(of_address)
        else:
            unit.sign_in_failures.put(of_address, left)

    def _subjects(self, login: str, address: str) -> tuple[tuple[str, Patience], tuple[str, Patience]]:
        return (digest(f"login:{login}"), self.per_login), (digest(f"address:{address}"), self.per_address)
