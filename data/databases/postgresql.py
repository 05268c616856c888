"""PostgreSQL: a server that may be busy, gone and back; its texts are ordered as SQLite orders them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, Insert, event, inspect
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError

from data.databases.bytewise import order_bytewise
from data.databases.kind import MIGRATION_PATIENCE_MS, PATIENCE_MS, WRITES
from data.databases.numbering import continue_numbering
from matcher.domain.errors import InvalidField, MatcherError, StoreBusy, StoreFull, StoreNotReady

MIGRATION_LOCK = 0x6D617463  # any number that no other program on this database takes: "matc"
TURN = "alembic_version"  # the table of one row whose lock is the right to write
NO_ANSWER_S = 5

CONFLICTS = {"40001", "40P01", "55P03"}  # another was faster, each waits for the other, waited too long
TOO_MANY = {"53300"}
NO_TABLE = {"42P01"}
FULL = {"53100", "53200"}
READ_ONLY = {"25006", "42501"}
GONE = ("08", "57P")  # a connection that broke, a server that is starting or stopping


class Postgresql:
    def options(self) -> dict[str, Any]:
        return {
            "isolation_level": "REPEATABLE READ",
            "pool_pre_ping": True,  # a server that was gone and is back is met by a new connection, not by an error
            "connect_args": {
                "connect_timeout": NO_ANSWER_S,
                "application_name": "matcher",
                "options": "-c timezone=UTC",
                "keepalives_idle": NO_ANSWER_S * 6,
                "tcp_user_timeout": NO_ANSWER_S * 6 * 1000,
            },
        }

    def prepare(self, engine: Engine) -> None:
        event.listen(engine, "begin", _on_begin)

    def in_our_words(self, raised: DBAPIError) -> MatcherError | None:
        state = getattr(raised.orig, "sqlstate", None)  # the driver gives none where the server said nothing
        if state in CONFLICTS or state in TOO_MANY:
            return StoreBusy("Another process is writing to the store; try again.")
        if state in NO_TABLE:
            return StoreNotReady("The store has no tables yet; make them with `matcher init`.")
        if state in FULL:
            return StoreFull("The store's disk is full; nothing was written.")
        if state in READ_ONLY:
            return StoreNotReady("The store does not let this program read and write.")
        if isinstance(raised, DataError):
            return InvalidField("A value is too long, out of range, or no text that the store can keep.")
        if isinstance(raised, (OperationalError, InterfaceError)) and (state or "08").startswith(GONE):
            return StoreNotReady("The database server cannot be reached.")
        return None

    def take_turn(self, connection: Connection) -> None:
        _take_turn(connection, PATIENCE_MS)

    def is_there(self, url: URL) -> bool:
        return True  # asking a server makes nothing

    def make_place(self, url: URL) -> None:
        """Nothing: who runs the server makes the database."""

    @contextmanager
    def migrating(self, engine: Engine) -> Iterator[Connection]:
        # Each statement sees what others have committed: who had to wait finds the steps taken.
        with engine.connect().execution_options(isolation_level="READ COMMITTED") as connection, connection.begin():
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {MIGRATION_PATIENCE_MS:d}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK:d})")
            if inspect(connection).has_table(TURN):
                connection.exec_driver_sql(f"LOCK TABLE {TURN} IN EXCLUSIVE MODE")
            yield connection
            order_bytewise(connection)

    def scrub(self, engine: Engine) -> bool:
        return True  # the server's own vacuum gives the room of deleted rows to others

    def insert_new(self, table: type[Any]) -> Insert:
        return insert(table).on_conflict_do_nothing()

    def after_restoring(self, connection: Connection) -> None:
        continue_numbering(connection)


def _on_begin(connection: Connection) -> None:
    patience_ms = connection.get_execution_options().get(WRITES)
    if patience_ms is not None:
        _take_turn(connection, patience_ms)


def _take_turn(connection: Connection, patience_ms: int) -> None:
    """Wait for the table, then write its row anew.

    Waiting for a table does not fix what the transaction sees, so that a writer sees what the one before it wrote. The
    row that is written anew makes a transaction fail that looked earlier and now wants to write.
    """
    connection.exec_driver_sql(
        f"SET LOCAL lock_timeout = {patience_ms:d};"
        f"LOCK TABLE {TURN} IN EXCLUSIVE MODE;"
        f"UPDATE {TURN} SET version_num = version_num"
    )
