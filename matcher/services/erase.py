"""Erases a startup, or an account with all that is its own; afterwards nothing tells that it was there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Account, Actor, Role, login_from
from matcher.domain.errors import AccountNotFound, InvalidField
from matcher.domain.ids import StartupId
from matcher.domain.permissions import Action, require
from matcher.domain.tokens import digest
from matcher.ports import PasswordHasher, Transactions, UnitOfWork
from matcher.services.change_account import require_an_admin
from matcher.services.own_password import attempts_of, require_own_password

Scrub = Callable[[], object]  # has what was deleted leave the disk as well, as far as that can be done at once


@dataclass(kw_only=True)
class EraseStartup:
    transactions: Transactions
    scrub: Scrub

    def __call__(self, actor: Actor, startup_id: StartupId, *, expected: int | None) -> None:
        """All of it or, where it is stopped half way, nothing.

        Raises:
            SignInNeeded, NotAllowed: it is not a startup's account that asks.
            StartupNotFound: there is none, or it is another's.
            Outdated: the record has another version by now.
        """
        owner = require(actor, Action.ERASE_MY_DATA)
        with self.transactions() as unit:
            unit.lock()
            unit.startups.get(startup_id, owner=owner).require_version(expected)
            unit.personal.erase_startup(startup_id)
            unit.commit()
        self.scrub()


@dataclass(kw_only=True)
class EraseAccount:
    """What others have a right to keep (corrections of a carrier, who looked at what) stays, and names it no more."""

    transactions: Transactions
    hasher: PasswordHasher
    scrub: Scrub

    def own(self, actor: Actor, *, password: str, confirm: str, now: datetime) -> None:
        """The account that asks.

        Args:
            actor: whose account it is.
            password: its current one.
            confirm: its login.
            now: when it asks.

        Raises:
            SignInNeeded, NotAllowed, AccountNotFound: see their words.
            InvalidField: the password is wrong, or changed meanwhile; `confirm` is not the login; or no other
                administrator would be left.
            TooMany: the password was wrong too often.
        """
        own = require(actor, Action.ERASE_MY_DATA)
        login, known = require_own_password(self.transactions, self.hasher, own, password, field="password", now=now)
        if confirm != login:
            raise InvalidField("To erase the account, send its login as `confirm`.", field="confirm")
        with self.transactions() as unit:
            unit.lock()
            if unit.accounts.password_hash(own) != known:
                raise InvalidField("This is not the current password.", field="password")
            self._erase(unit, unit.accounts.get(own))
            unit.commit()
        self.scrub()

    def of(self, actor: Actor, login: str) -> None:
        """Any account, at the written wish of its owner; its texts are not shown.

        Raises:
            SignInNeeded, NotAllowed: it is no administrator that asks.
            AccountNotFound: there is none with this login.
            InvalidField: no administrator would be left.
        """
        require(actor, Action.MANAGE_ACCOUNTS)
        with self.transactions() as unit:
            unit.lock()
            self._erase(unit, _named(unit, login))
            unit.commit()
        self.scrub()

    def _erase(self, unit: UnitOfWork, account: Account) -> None:
        unit.personal.erase_account(account.id)
        unit.sign_in_failures.forget(digest(f"login:{account.login}"))
        unit.sign_in_failures.forget(attempts_of(account.id))
        if account.role is Role.ADMIN and account.is_active:
            require_an_admin(unit)


def _named(unit: UnitOfWork, login: str) -> Account:
    account = unit.accounts.by_login(login_from(login))
    if account is None:
        raise AccountNotFound("There is no account {login}.", login=login_from(login))
    return account
