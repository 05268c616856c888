"""The two kinds of database that the store can live in, and what is different about each."""

from typing import Final

from sqlalchemy import URL, Connection, Engine

from data.databases.kind import PATIENCE_MS, WRITES, DatabaseKind
from data.databases.postgresql import Postgresql
from data.databases.sqlite import Sqlite

__all__ = ["KINDS", "PATIENCE_MS", "WRITES", "DatabaseKind", "kind_of"]

KINDS: Final[dict[str, DatabaseKind]] = {"sqlite": Sqlite(), "postgresql": Postgresql()}


def kind_of(thing: Engine | Connection | URL) -> DatabaseKind:
    """KeyError for a database that is neither; `data.engine` opens none such."""
    return KINDS[thing.get_backend_name() if isinstance(thing, URL) else thing.dialect.name]
