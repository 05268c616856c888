"""A password is changed by its owner, or set anew by an administrator; either ends all sessions."""

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import AccountId, Actor
from matcher.domain.passwords import check_password
from matcher.domain.permissions import Action, require
from matcher.domain.tokens import NewSecret, digest
from matcher.ports import PasswordHasher, Transactions
from matcher.services.own_password import attempts_of, require_own_password


@dataclass(kw_only=True)
class SetPassword:
    transactions: Transactions
    hasher: PasswordHasher
    new_password: NewSecret

    def own(self, actor: Actor, *, current: str, new: str, now: datetime) -> None:
        """Whoever changes it signs in again.

        Raises:
            SignInNeeded, NotAllowed: nobody has signed in; or with a key.
            InvalidField: the current one is wrong, or the new one is too short, too long or the login.
            TooMany: the current one was wrong too often.
        """
        own = require(actor, Action.SET_OWN_PASSWORD)
        login, _ = require_own_password(self.transactions, self.hasher, own, current, field="current", now=now)
        check_password(new, login, field="new")
        self._put(own, self.hasher.hash(new), attempts_of(own))

    def of(self, actor: Actor, account_id: AccountId, new: str | None) -> str:
        """The new password; None makes one.

        Raises:
            SignInNeeded, NotAllowed, AccountNotFound, InvalidField: see their words.
        """
        require(actor, Action.MANAGE_ACCOUNTS)
        with self.transactions() as unit:
            login = unit.accounts.get(account_id).login
        password = self.new_password() if new is None else new
        check_password(password, login)
        self._put(account_id, self.hasher.hash(password), digest(f"login:{login}"))
        return password

    def _put(self, account_id: AccountId, password_hash: str, attempts: str) -> None:
        with self.transactions() as unit:
            unit.accounts.set_password_hash(account_id, password_hash)
            unit.page_sessions.end_all(account_id)
            unit.sign_in_failures.forget(attempts)
            unit.commit()
