"""When a key, a session or a startup was last used: written where it can be had at once, and never waited for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Update, insert, literal, select, update

from data.tables import ApiKeyRow, PageSessionRow, StartupActivityRow, StartupRow
from data.tables.base import UtcDateTime
from data.unit_of_work import Store
from matcher.domain.credentials import ApiKeyId
from matcher.domain.errors import StoreBusy, StoreFull
from matcher.domain.ids import StartupId

PATIENCE_MS = 50
USED_AGAIN_AFTER = timedelta(days=1)


@dataclass
class SqlUses:
    """Who cannot be noted now is noted at the next request."""

    store: Store

    def note_key(self, key_id: ApiKeyId, on: date) -> None:
        self._write(update(ApiKeyRow).where(ApiKeyRow.id == key_id).values(last_used_on=on))

    def note_session(self, token_hash: str, at: datetime) -> None:
        seen = update(PageSessionRow).where(PageSessionRow.token_hash == token_hash, PageSessionRow.last_seen_at < at)
        self._write(seen.values(last_seen_at=at))

    def note_startup(self, startup_id: StartupId, at: datetime) -> None:
        with self.store.engine.connect() as connection:
            used_at = connection.scalar(
                select(StartupActivityRow.used_at).where(StartupActivityRow.startup_id == startup_id)
            )
        if used_at is not None and at - used_at < USED_AGAIN_AFTER:
            return
        try:
            with self.store.writing(PATIENCE_MS) as connection:
                _note_startup(connection, startup_id, at)
        except (StoreBusy, StoreFull):
            return

    def _write(self, statement: Update) -> None:
        try:
            with self.store.writing(PATIENCE_MS) as connection:
                connection.execute(statement)
        except (StoreBusy, StoreFull):
            return


def _note_startup(connection: Connection, startup_id: StartupId, at: datetime) -> None:
    """One that was erased meanwhile is not noted."""
    known = update(StartupActivityRow).where(StartupActivityRow.startup_id == startup_id).values(used_at=at)
    if not connection.execute(known).rowcount:
        there = select(StartupRow.id, literal(at, UtcDateTime())).where(StartupRow.id == startup_id)
        connection.execute(insert(StartupActivityRow).from_select(["startup_id", "used_at"], there))
