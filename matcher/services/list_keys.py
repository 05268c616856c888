"""The API keys of an account, without what is secret of them."""

from dataclasses import dataclass

from matcher.domain.accounts import AccountId, Actor
from matcher.domain.credentials import ApiKey
from matcher.domain.errors import AccountNotFound
from matcher.domain.permissions import Action, reaches, require
from matcher.ports import Transactions


@dataclass
class ListKeys:
    transactions: Transactions

    def __call__(self, actor: Actor, account_id: AccountId | None = None) -> list[ApiKey]:
        """Oldest first, revoked ones as well; raises SignInNeeded, NotAllowed, AccountNotFound."""
        own = require(actor, Action.MANAGE_KEYS)
        owner = own if account_id is None else account_id
        if not reaches(actor, Action.MANAGE_KEYS, owner=owner):
            raise AccountNotFound("There is no such account.")
        with self.transactions() as unit:
            if account_id is not None:
                unit.accounts.get(owner)
            return unit.api_keys.of(owner)
