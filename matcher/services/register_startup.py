"""Keeps a new startup for the account that writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.ids import StartupId
from matcher.domain.permissions import Action, require
from matcher.domain.startup_records import StartupDraft, StartupRecord
from matcher.ports import Transactions
from matcher.services.present_account import require_present
from matcher.services.read_for_keeping import ReadForKeeping


@dataclass(frozen=True, slots=True)
class Once:
    """A write that is to be done once, however often it is sent: the caller's key, and a hash of what came with it."""

    key: str
    content_hash: str


@dataclass
class RegisterStartup:
    """The record and what was read of it are written in one transaction: it is in every list from then on."""

    transactions: Transactions
    read: ReadForKeeping
    new_id: Callable[[], StartupId]

    def __call__(
        self, actor: Actor, draft: StartupDraft, *, now: datetime, once: Once | None = None
    ) -> tuple[StartupRecord, bool]:
        """The record, and whether it is new; with a key that came before, the record that was made then.

        Raises:
            SignInNeeded, NotAllowed: it is not a startup's account that asks.
            KeyReused: the key came before with other content.
            StartupNotFound: the key came before, and the startup was erased since.
        """
        owner = require(actor, Action.CREATE_STARTUP)
        [read] = self.read([(self.new_id(), draft.description)], now=now)
        record = StartupRecord(
            id=read.startup_id,
            owner=owner,
            draft=draft,
            language=read.profile.language,
            created_at=now,
            updated_at=now,
        )
        with self.transactions() as uow:
            uow.lock()
            require_present(uow, owner)
            if once is not None:
                before = uow.keys.known(owner, once.key, once.content_hash)
                if before is not None:
                    return uow.startups.get(StartupId(str(before["id"])), owner=owner), False
                uow.keys.keep(owner, once.key, once.content_hash, {"id": record.id}, now=now)
            uow.startups.put(record, read)
            uow.commit()
        return record, True
