"""The form of a backup: compressed lines of JSON, first what it is, then row by row, last the hash of all before."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, Table, TypeDecorator

from data.tables import (
    Base,
    HandoverRow,
    JobRow,
    PageSessionRow,
    RunCarrierRow,
    RunListRow,
    RunRow,
    SignInFailureRow,
)

FORM: Final = 1
# Of no use elsewhere or later: after a restore everybody signs in anew, and lists are live until the next run.
RUNS = (RunRow, RunListRow, RunCarrierRow, HandoverRow)
LEFT_OUT: Final = frozenset(row.__tablename__ for row in (JobRow, PageSessionRow, SignInFailureRow, *RUNS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a backup says of itself."""

    step: str  # of the tables' history
    program: str  # version of the program that wrote it
    made_at: datetime
    rows: Mapping[str, int]  # by table, in the order in which they stand in the file

    @property
    def n_rows(self) -> int:
        return sum(self.rows.values())


def tables() -> list[Table]:
    """Those that are copied; what a row points to stands before it."""
    return [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


def plain_row(table: Table, values: Iterable[Any]) -> list[Any]:
    """Of values that JSON has."""
    return [_plain(value) for _, value in zip(table.columns, values, strict=True)]


def row_from(table: Table, values: list[Any]) -> dict[str, Any]:
    """Raises ValueError or TypeError where the values are not those of such a row."""
    columns = zip(table.columns, values, strict=True)
    return {column.name: _value(column, value) for column, value in columns}


def held_by(column: Column[Any]) -> type[Any]:
    """Of the values that it holds; `object` is any JSON."""
    kept = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return kept.python_type


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date


def _value(column: Column[Any], value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    kind = held_by(column)
    if value is None:
        return None
    if kind is bytes:
        return b64decode(value, validate=True)
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return value
