"""Accounts as an administrator sees them, and one's own."""

from dataclasses import dataclass

from matcher.domain.accounts import Account, AccountId, AccountPage, Actor
from matcher.domain.permissions import Action, require
from matcher.ports import Transactions


@dataclass
class ReadAccounts:
    transactions: Transactions

    def page(self, actor: Actor, *, after: str | None, limit: int) -> AccountPage:
        """In the order of their logins; raises SignInNeeded, NotAllowed."""
        require(actor, Action.MANAGE_ACCOUNTS)
        with self.transactions() as unit:
            return unit.accounts.page(after=after, limit=limit)

    def one(self, actor: Actor, account_id: AccountId) -> Account:
        """Raises SignInNeeded, NotAllowed, AccountNotFound."""
        require(actor, Action.MANAGE_ACCOUNTS)
        with self.transactions() as unit:
            return unit.accounts.get(account_id)

    def own(self, actor: Actor) -> Account:
        """Raises SignInNeeded, NotAllowed."""
        own = require(actor, Action.READ_OWN_ACCOUNT)
        with self.transactions() as unit:
            return unit.accounts.get(own)
