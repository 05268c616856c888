"""Writes a backup while others go on working: it holds the store as it was at one moment."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import IO, Any

import orjson
from sqlalchemy import Connection, Table, func, select

from data.backups.form import FORM, Header, plain_row, tables
from data.migrations import HEAD
from data.unit_of_work import Store

ROWS_AT_ONCE = 500


class Writing:
    """One reading transaction on the store, and what it will write."""

    def __init__(self, connection: Connection, header: Header) -> None:
        self._connection = connection
        self.header = header

    def __call__(self, file: IO[bytes], told: Callable[[int], None]) -> None:
        """Write all of it.

        Args:
            file: open, at its end.
            told: hears of how many rows were written since it was last called.
        """
        digest = sha256()
        with gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as packed:
            for line in self._lines(told):
                digest.update(line)
                packed.write(line)
            packed.write(_line({"sha256": digest.hexdigest()}))

    def _lines(self, told: Callable[[int], None]) -> Iterator[bytes]:
        header = self.header
        yield _line(
            {
                "matcher_backup": FORM,
                "step": header.step,
                "program": header.program,
                "made_at": header.made_at.isoformat(),
                "rows": header.rows,
            }
        )
        for table in tables():
            yield _line({"table": table.name, "columns": list(table.columns.keys())})
            wanted = select(table).order_by(*table.primary_key).execution_options(yield_per=ROWS_AT_ONCE)
            for some in self._connection.execute(wanted).partitions():
                yield from (_line(plain_row(table, row)) for row in some)
                told(len(some))


@contextmanager
def reading_all(store: Store, *, program: str, now: datetime) -> Iterator[Writing]:
    """The store as it is now, for as long as the block lasts.

    Raises:
        StoreNotReady: the tables are missing, older or newer than this program.
    """
    store.require_head()
    with store.engine.connect() as connection, connection.begin():
        rows = {f"{table.name}": _n_rows(connection, table) for table in tables()}  # a plain str: a name may be quoted
        yield Writing(connection, Header(step=HEAD, program=program, made_at=now, rows=rows))


def _n_rows(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _line(content: Any) -> bytes:  # noqa: ANN401 - an object or a row
    return orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE)
