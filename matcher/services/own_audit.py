"""What was seen and done with a startup, for its owner to read."""

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.audit import AuditEntry, AuditPage, Event
from matcher.domain.errors import InvalidField
from matcher.domain.ids import StartupId
from matcher.domain.permissions import Action, require
from matcher.domain.startup_records import StartupRecord
from matcher.ports import Transactions


def own_entry(record: StartupRecord, event: Event, now: datetime) -> AuditEntry:
    """Something that its owner did with it."""
    return AuditEntry(startup=record.id, account=record.owner, carrier=None, event=event, at=now)


@dataclass
class OwnAudit:
    transactions: Transactions

    def __call__(self, actor: Actor, startup: StartupId, *, before: int | None = None, limit: int = 50) -> AuditPage:
        """The latest first.

        Raises:
            SignInNeeded, NotAllowed: it is not a startup's account that asks.
            StartupNotFound: there is none, or it is another's.
        """
        owner = require(actor, Action.READ_AUDIT)
        if limit < 1:
            raise InvalidField("A page has at least one entry, not {limit}.", field="limit", limit=limit)
        with self.transactions() as uow:
            uow.startups.get(startup, owner=owner)
            return uow.audit.page(startup, before=before, limit=limit)
