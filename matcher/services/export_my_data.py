"""Hands out all that is kept about the account that asks, or about an account whose owner asks in writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from matcher.domain.accounts import Actor
from matcher.domain.permissions import Action, require
from matcher.ports import Sections, Transactions


@dataclass
class ExportMyData:
    transactions: Transactions

    @contextmanager
    def __call__(self, actor: Actor) -> Iterator[Sections]:
        """To be read within the block, all as it was at one moment.

        Raises:
            SignInNeeded, NotAllowed: see their words.
            AccountNotFound: it was erased meanwhile.
        """
        own = require(actor, Action.EXPORT_MY_DATA)
        with self.transactions() as unit:
            unit.accounts.get(own)
            yield unit.personal.of(own)
