"""What an account has written: one startup, a page of them, or all."""

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.audit import Event
from matcher.domain.ids import StartupId
from matcher.domain.permissions import Action, require
from matcher.domain.startup_records import StartupFilter, StartupPage, StartupRecord
from matcher.ports import Transactions
from matcher.services.own_audit import own_entry


@dataclass
class OwnStartups:
    """Each method raises SignInNeeded or NotAllowed where it is not a startup's account that asks."""

    transactions: Transactions

    def get(self, actor: Actor, startup_id: StartupId) -> StartupRecord:
        """Raises StartupNotFound where there is none, or it is another's."""
        owner = require(actor, Action.READ_STARTUP)
        with self.transactions() as uow:
            return uow.startups.get(startup_id, owner=owner)

    def page(
        self, actor: Actor, wanted: StartupFilter, *, after: StartupId | None = None, limit: int = 20
    ) -> StartupPage:
        """In the order of their ids."""
        owner = require(actor, Action.LIST_STARTUPS)
        with self.transactions() as uow:
            return uow.startups.page(owner, wanted, after=after, limit=limit)

    def all(self, actor: Actor, *, now: datetime) -> list[StartupRecord]:
        """Withdrawn ones too; written down as handed out."""
        owner = require(actor, Action.EXPORT_STARTUPS)
        with self.transactions() as uow:
            uow.lock()
            records = uow.startups.of(owner)
            uow.audit.add([own_entry(record, Event.EXPORTED, now) for record in records])
            uow.commit()
        return records
