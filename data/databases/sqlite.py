"""SQLite: a file with a log that is written ahead, links that are checked, and patience."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Insert, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from data.databases.kind import MIGRATION_PATIENCE_MS, PATIENCE_MS, WRITES
from matcher.domain.errors import MatcherError, StoreBusy, StoreFull, StoreNotReady

SCRUB_PATIENCE_MS = 1_000  # while the log is emptied nobody else can write


class Sqlite:
    def options(self) -> dict[str, Any]:
        return {}

    def prepare(self, engine: Engine) -> None:
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)

    def in_our_words(self, raised: DBAPIError) -> MatcherError | None:
        text = str(raised.orig)
        if "locked" in text or "busy" in text:
            return StoreBusy("Another process is writing to the store; try again.")
        if "no such table" in text:
            return StoreNotReady("The store has no tables yet; make them with `matcher init`.")
        if "not a database" in text or "malformed" in text:
            return StoreNotReady("The store's file is damaged or is not a SQLite database.")
        if "unable to open" in text or "readonly" in text:
            return StoreNotReady("The store's file cannot be opened for writing.")
        if "disk is full" in text:
            return StoreFull("The store's disk is full; nothing was written.")
        if "disk I/O error" in text:
            return StoreNotReady("The store's disk cannot be read or written.")
        return None

    def take_turn(self, connection: Connection) -> None:
        # Changes nothing, but locks; it fails where another has written since this transaction first looked.
        connection.exec_driver_sql("DELETE FROM alembic_version WHERE version_num IS NULL")

    def is_there(self, url: URL) -> bool:
        file = _file(url)
        return file is None or file.exists()

    def make_place(self, url: URL) -> None:
        file = _file(url)
        if file is None:
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreNotReady(
                "The folder {folder} for the store cannot be made: {reason}.",
                folder=file.parent,
                reason=error.strerror,
            ) from error

    @contextmanager
    def migrating(self, engine: Engine) -> Iterator[Connection]:
        with engine.connect().execution_options(**{WRITES: MIGRATION_PATIENCE_MS}) as connection:
            _outside_transactions(connection, "journal_mode = WAL")
            # A table is changed by copying it, and links to it must not cascade meanwhile.
            _outside_transactions(connection, "foreign_keys = OFF")
            try:
                with connection.begin():
                    yield connection
                    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                        raise StoreNotReady(
                            "The store holds links that lead nowhere; its tables were left as they were."
                        )
            finally:
                _outside_transactions(connection, "foreign_keys = ON")

    def scrub(self, engine: Engine) -> bool:
        # Deleted rows are zeros by now; the log still holds pages from before, until it is emptied.
        with engine.connect() as connection:
            _outside_transactions(connection, f"busy_timeout = {SCRUB_PATIENCE_MS:d}")
            busy, _, _ = _outside_transactions(connection, "wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def insert_new(self, table: type[Any]) -> Insert:
        return insert(table).on_conflict_do_nothing()

    def after_restoring(self, connection: Connection) -> None:
        """Nothing: the next number of a table is always one more than its largest."""


def _file(url: URL) -> Path | None:
    """None for a store in memory."""
    return None if url.database in (None, "", ":memory:") else Path(str(url.database))


def _on_connect(connection: Any, _: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None  # the driver would begin late and by itself, and not before DDL; `_on_begin` does
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS:d}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, not only let go


def _on_begin(connection: Connection) -> None:
    # A writer that begins as a reader fails at once when another has written meanwhile; one that begins as a
    # writer waits for its turn.
    patience_ms = connection.get_execution_options().get(WRITES)
    _outside_transactions(connection, f"busy_timeout = {patience_ms or PATIENCE_MS:d}")
    connection.exec_driver_sql("BEGIN" if patience_ms is None else "BEGIN IMMEDIATE")


def _outside_transactions(connection: Connection, pragma: str) -> Any:  # noqa: ANN401 - the driver's own cursor
    """A setting of the connection: within a transaction some have no effect."""
    return connection.connection.cursor().execute(f"PRAGMA {pragma}")
