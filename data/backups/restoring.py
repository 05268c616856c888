"""Fills a store from a backup in one transaction: all of it, or nothing."""

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.backups.form import Header, row_from, tables
from data.backups.reading import rows_by_table
from data.databases import PATIENCE_MS, kind_of
from data.migrations import HEAD
from data.tables import Base, StartupStateRow
from data.unit_of_work import Store
from matcher.domain.errors import InvalidFile, InvalidInput

ROWS_AT_ONCE = 500


def refuse_other_step(header: Header, path: Path) -> None:
    """Raises InvalidFile where the tables have changed since the backup was written, or had by then."""
    if header.step != HEAD:
        raise InvalidFile(
            "{file} is of step {found} (version {version}), this program at {expected}; restore it with that version.",
            field="file",
            file=path.name,
            found=header.step,
            version=header.program,
            expected=HEAD,
        )


def restore(store: Store, path: Path, *, replace: bool, told: Callable[[int], None]) -> None:
    """Fill it from a checked backup of this step.

    Args:
        store: with tables.
        path: of the backup.
        replace: whether what the store holds is given up.
        told: hears of how many rows were written since it was last called.

    Raises:
        InvalidInput: the store is not empty, and is not to be replaced.
        InvalidFile: the rows are not those of these tables, or name others that are not there.
    """
    try:
        with store.writing(PATIENCE_MS) as connection:
            n_changes = _n_changes(connection)
            if replace:
                _empty(connection)
            else:
                _refuse_filled(connection)
            _fill(connection, path, told)
            _tell_workers(connection, n_changes)
            kind_of(connection).after_restoring(connection)
    except IntegrityError:
        raise _not_ours(path) from None


def _n_changes(connection: Connection) -> int:
    return connection.scalar(select(StartupStateRow.changes)) or 0


def _tell_workers(connection: Connection, n_changes_before: int) -> None:
    """Processes that know the startups as they were read them all anew, since some may be gone."""
    change = max(n_changes_before, _n_changes(connection)) + 1
    connection.execute(update(StartupStateRow).values(changes=change, erased=change))


def _empty(connection: Connection) -> None:
    for table in reversed(Base.metadata.sorted_tables):
        connection.execute(delete(table))


def _refuse_filled(connection: Connection) -> None:
    if any(connection.execute(select(table).limit(1)).first() for table in Base.metadata.sorted_tables):
        raise InvalidInput("The store is not empty; `--replace` gives up all that it holds.", field="replace")


def _fill(connection: Connection, path: Path, told: Callable[[int], None]) -> None:
    known = {table.name: table for table in tables()}
    for name, columns, rows in rows_by_table(path):
        table = known.get(name)
        if table is None or list(table.columns.keys()) != columns:
            raise _not_ours(path)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            connection.execute(insert(table), _read(table, some, path))
            told(len(some))


def _read(table: Table, rows: Iterable[list[Any]], path: Path) -> list[dict[str, Any]]:
    try:
        return [row_from(table, row) for row in rows]
    except (ValueError, TypeError):
        raise _not_ours(path) from None


def _not_ours(path: Path) -> InvalidFile:
    return InvalidFile(
        "{file} holds rows that do not fit this store; nothing was changed.", field="file", file=path.name
    )
