"""Brings the tables of a database to this program's state, or back, in one transaction."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from data.databases import kind_of
from matcher.domain.errors import StoreNotReady

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, to: str = "head") -> None:
    """Safe when two processes call it at once: the second waits, and finds nothing left to do."""
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
    with kind_of(engine).migrating(engine) as connection:
        try:
            step(configuration(connection))
        except CommandError as error:
            raise StoreNotReady("The store was written by a newer version of this program.") from error
