"""Startups as they are kept, and writes that are done once however often they are sent."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from matcher.domain.accounts import AccountId
from matcher.domain.ids import StartupId
from matcher.domain.startup_records import (
    ChangedStartup,
    ReadStartup,
    StartupChanges,
    StartupFilter,
    StartupPage,
    StartupRecord,
)


class Startups(Protocol):
    """Startups as their owners wrote them."""

    def get(self, startup_id: StartupId, *, owner: AccountId) -> StartupRecord:
        """Raises StartupNotFound where there is none, and in the same words where it is another's."""

    def of(self, owner: AccountId) -> list[StartupRecord]:
        """All of this account, withdrawn ones too, in the order of their ids."""

    def by_id(self, startup_ids: Collection[StartupId]) -> Mapping[StartupId, StartupRecord]:
        """Those there are of these, whosever they are: for a carrier to which their owners have consented."""

    def page(self, owner: AccountId, wanted: StartupFilter, *, after: StartupId | None, limit: int) -> StartupPage: ...

    def put(self, record: StartupRecord, read: ReadStartup) -> None:
        """Add or replace, together with what was read of it; counts as a change."""

    def withdraw(self, record: StartupRecord) -> None:
        """Replace the record alone; what was read of it stays. Counts as a change."""

    def is_at(self, startup_id: StartupId, version: int) -> bool:
        """Whether there is such a startup, at this version."""

    def read(self, startup_id: StartupId) -> ReadStartup | None:
        """What was read of it, by whichever reader."""

    def erase(self, startup_id: StartupId) -> None:
        """Nothing of it is left; does nothing where there is none."""

    def to_reread(self, reader_id: str, month: str, *, after: StartupId | None, limit: int) -> list[StartupRecord]:
        """Some whose text another reader read, or this one in another month, in the order of their ids."""

    def count_to_reread(self, reader_id: str, month: str) -> int: ...

    def reread(self, read: ReadStartup) -> None:
        """Keep what was read anew; the record itself stays at its version. Counts as a change."""

    def changes(self) -> StartupChanges: ...

    def changed_since(self, change: int) -> Iterator[Sequence[ChangedStartup]]:
        """Every startup whose last change comes after this one, in blocks; from 0 on, all."""


class IdempotencyKeys(Protocol):
    """Writes that came with a key, so that the same call again is answered and not done twice."""

    def known(self, owner: AccountId, key: str, content_hash: str) -> Mapping[str, object] | None:
        """What the write with this key gave; None where it is new. Raises KeyReused where the content was another."""

    def keep(
        self, owner: AccountId, key: str, content_hash: str, result: Mapping[str, object], *, now: datetime
    ) -> None:
        """Remember it for a day; older ones of anybody are forgotten."""
