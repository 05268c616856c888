"""Opens the database: SQLite with write-ahead log, foreign keys and patience, errors in our own words."""

from typing import Any, NoReturn

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from matcher.domain.errors import StoreBusy, StoreNotReady

WRITES = "writes"  # execution option of a connection that takes the write lock as it begins
PATIENCE_MS = 10_000  # how long one writer waits for another


def open_engine(url: str) -> Engine:
    """Raises StoreNotReady where the address names no kind of database that can be used here."""
    try:
        engine = create_engine(url, json_serializer=_to_json, json_deserializer=_from_json)
    except (ArgumentError, ImportError) as error:  # not an address; a driver that is unknown or not installed
        raise StoreNotReady(
            "The store's address is no SQLAlchemy URL whose driver is installed, such as sqlite:///var/matcher.db.",
            field="database_url",
        ) from error
    event.listen(engine, "handle_error", _in_our_words)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def outside_transactions(connection: Connection, pragma: str) -> None:
    """A setting of SQLite's connection: within a transaction some have no effect."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute(f"PRAGMA {pragma}")


def _to_json(value: object) -> str:
    return orjson.dumps(value).decode()


def _from_json(value: object) -> object:
    # SQLite turns the JSON of a bare number into that number.
    return orjson.loads(value) if isinstance(value, (str, bytes)) else value


def _prepare(connection: Any, _: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None  # the driver would begin late and by itself; `_begin` does it
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS:d}")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    # A writer that begins as a reader fails at once when another has written meanwhile; one that begins as a
    # writer waits for its turn.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _in_our_words(context: ExceptionContext) -> None:
    raised = context.original_exception
    if "locked" in str(raised) or "busy" in str(raised):
        _raise(StoreBusy("Another process is writing to the store; try again."), raised)
    if "no such table" in str(raised):
        _raise(StoreNotReady("The store has no tables yet; make them with `matcher init`."), raised)
    if "not a database" in str(raised) or "malformed" in str(raised):
        _raise(StoreNotReady("The store's file is damaged or is not a SQLite database."), raised)
    if "unable to open" in str(raised) or "readonly" in str(raised):
        _raise(StoreNotReady("The store's file cannot be opened for writing."), raised)


def _raise(error: StoreNotReady, cause: BaseException) -> NoReturn:
    raise error from cause
