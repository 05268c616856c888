"""When a key or a session was last used: written where it can be had at once, and never waited for."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Update, update

from data.tables import ApiKeyRow, PageSessionRow
from data.unit_of_work import Store
from matcher.domain.credentials import ApiKeyId
from matcher.domain.errors import StoreBusy, StoreFull

PATIENCE_MS = 50


@dataclass
class SqlUses:
    """Who cannot be noted now is noted at the next request."""

    store: Store

    def note_key(self, key_id: ApiKeyId, on: date) -> None:
        self._write(update(ApiKeyRow).where(ApiKeyRow.id == key_id).values(last_used_on=on))

    def note_session(self, token_hash: str, at: datetime) -> None:
        seen = update(PageSessionRow).where(PageSessionRow.token_hash == token_hash, PageSessionRow.last_seen_at < at)
        self._write(seen.values(last_seen_at=at))

    def _write(self, statement: Update) -> None:
        try:
            with self.store.writing(PATIENCE_MS) as connection:
                connection.execute(statement)
        except (StoreBusy, StoreFull):
            return
