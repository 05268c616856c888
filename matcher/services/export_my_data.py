"""Hands out all that is kept about the account that asks, or about an account whose owner asks in writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.audit import AuditEntry, Event
from matcher.domain.permissions import Action, require
from matcher.ports import Sections, Transactions


@dataclass
class ExportMyData:
    transactions: Transactions

    @contextmanager
    def __call__(self, actor: Actor, *, now: datetime, by_operator: bool = False) -> Iterator[Sections]:
        """To be read within the block, all as it was at one moment; written down for the owner of the startups first.

        Args:
            actor: whose data they are.
            now: when they are handed out.
            by_operator: whoever runs the machine asks, and not the owner.

        Raises:
            SignInNeeded, NotAllowed: see their words.
            AccountNotFound: it was erased meanwhile.
        """
        own = require(actor, Action.EXPORT_MY_DATA)
        with self.transactions() as unit:
            unit.lock()
            unit.accounts.get(own)
            who = None if by_operator else own
            unit.audit.add(
                [
                    AuditEntry(startup=one.startup, account=who, carrier=None, event=Event.EXPORTED, at=now)
                    for one in unit.retention.of(own)
                ]
            )
            unit.commit()
        with self.transactions() as unit:
            yield unit.personal.of(own)
