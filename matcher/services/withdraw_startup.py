"""Takes a startup out of every list, at its owner's wish; it is kept until it is erased."""

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.ids import StartupId
from matcher.domain.permissions import Action, require
from matcher.domain.startup_records import StartupRecord
from matcher.ports import Transactions


@dataclass
class WithdrawStartup:
    transactions: Transactions

    def __call__(self, actor: Actor, startup_id: StartupId, *, expected: int | None, now: datetime) -> StartupRecord:
        """The next version; one that is withdrawn already stays as it is.

        Raises:
            SignInNeeded, NotAllowed: it is not a startup's account that asks.
            StartupNotFound: there is none, or it is another's.
            Outdated: the record has another version by now.
        """
        owner = require(actor, Action.WITHDRAW_STARTUP)
        with self.transactions() as uow:
            uow.lock()
            record = uow.startups.get(startup_id, owner=owner)
            record.require_version(expected)
            if record.withdrawn_at is not None:
                return record
            withdrawn = record.withdrawn(now)
            uow.startups.withdraw(withdrawn)
            uow.commit()
        return withdrawn
