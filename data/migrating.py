"""Brings the tables of a database to this program's state, or back, in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from data.engine import WRITES, outside_transactions
from matcher.domain.errors import StoreNotReady

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, to: str = "head") -> None:
    """Safe when two processes call it at once: the second waits, and finds nothing left to do."""
    _use_write_ahead_log(engine)
    _run(engine, lambda config: command.upgrade(config, to))


def downgrade(engine: Engine, to: str) -> None:
    _run(engine, lambda config: command.downgrade(config, to))


def configuration(connection: Connection) -> Config:
    """Alembic's settings without a file: they hold wherever the program is started."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _run(engine: Engine, step: Callable[[Config], None]) -> None:
    with _unchecked_links(engine) as connection, connection.begin():
        try:
            step(configuration(connection))
        except CommandError as error:
            raise StoreNotReady("The store was written by a newer version of this program.") from error
        if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise StoreNotReady("The store holds links that lead nowhere; its tables were left as they were.")


@contextmanager
def _unchecked_links(engine: Engine) -> Iterator[Connection]:
    """A connection that takes the write lock; SQLite copies a table to change it, and must not cascade meanwhile."""
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        outside_transactions(connection, "foreign_keys = OFF")
        try:
            yield connection
        finally:
            outside_transactions(connection, "foreign_keys = ON")


def _use_write_ahead_log(engine: Engine) -> None:
    with engine.connect() as connection:
        outside_transactions(connection, "journal_mode = WAL")
