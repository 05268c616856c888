"""Changes what an account wrote of its startup."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.audit import Event
from matcher.domain.ids import StartupId
from matcher.domain.permissions import Action, require
from matcher.domain.startup_records import StartupDraft, StartupRecord
from matcher.ports import Transactions
from matcher.services.own_audit import own_entry
from matcher.services.read_for_keeping import ReadForKeeping
from matcher.services.register_startup import Once


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
        once: Once | None = None,
    ) -> StartupRecord:
        """The next version; one that says the same is no change.

        Args:
            actor: who asks.
            startup_id: of one of its own.
            change: from what stands there to what is to stand there.
            expected: version that the change rests on; None takes any.
            now: when.
            once: a change that came with a key is made once; the same call again gives the record as it stands.

        Raises:
            SignInNeeded, NotAllowed: it is not a startup's account that asks.
            StartupNotFound: there is none, or it is another's.
            Outdated: the record has another version by now.
            KeyReused: the key came before with other content.
        """
        owner = require(actor, Action.UPDATE_STARTUP)
        with self.transactions() as uow:
            before = uow.startups.get(startup_id, owner=owner)
            if once is not None and uow.keys.known(owner, once.key, once.content_hash) is not None:
                return before
            read = uow.startups.read(startup_id)
        before.require_version(expected)
        draft = change(before.draft)
        if draft == before.draft and before.withdrawn_at is None and once is None:
            return before
        if read is None or not self.read.still_holds(read, draft.description, now):
            [read] = self.read([(startup_id, draft.description)], now=now)
        is_change = draft != before.draft or before.withdrawn_at is not None
        after = before.revised(draft, read.profile.language, now) if is_change else before
        with self.transactions() as uow:
            uow.lock()
            current = uow.startups.get(startup_id, owner=owner)
            if once is not None:
                if uow.keys.known(owner, once.key, once.content_hash) is not None:
                    return current
                uow.keys.keep(owner, once.key, once.content_hash, {"id": startup_id}, now=now)
            current.require_version(before.version)
            if is_change:
                uow.startups.put(after, read)
                uow.audit.add([own_entry(after, Event.CORRECTED, now)])
            uow.commit()
        return after
