"""Changes what an account wrote of its startup."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.ids import StartupId
from matcher.domain.permissions import Action, require
from matcher.domain.startup_records import StartupDraft, StartupRecord
from matcher.ports import Transactions
from matcher.services.read_for_keeping import ReadForKeeping


@dataclass
class UpdateStartup:
    """A text that changed is read again; the record and what was read of it are written in one transaction."""

    transactions: Transactions
    read: ReadForKeeping

    def __call__(
        self,
        actor: Actor,
        startup_id: StartupId,
        change: Callable[[StartupDraft], StartupDraft],
        *,
        expected: int | None,
        now: datetime,
    ) -> StartupRecord:
        """The next version; one that says the same is no change.

        Args:
            actor: who asks.
            startup_id: of one of its own.
            change: from what stands there to what is to stand there.
            expected: version that the change rests on; None takes any.
            now: when.

        Raises:
            SignInNeeded, NotAllowed: it is not a startup's account that asks.
            StartupNotFound: there is none, or it is another's.
            Outdated: the record has another version by now.
        """
        owner = require(actor, Action.UPDATE_STARTUP)
        with self.transactions() as uow:
            before = uow.startups.get(startup_id, owner=owner)
            read = uow.startups.read(startup_id)
        before.require_version(expected)
        draft = change(before.draft)
        if draft == before.draft and before.withdrawn_at is None:
            return before
        if read is None or not self.read.still_holds(read, draft.description, now):
            [read] = self.read([(startup_id, draft.description)], now=now)
        after = before.revised(draft, read.profile.language, now)
        with self.transactions() as uow:
            uow.lock()
            uow.startups.get(startup_id, owner=owner).require_version(before.version)
            uow.startups.put(after, read)
            uow.commit()
        return after
