"""Builds one thing from each row of a file, and tells every row where that is not possible."""

from collections.abc import Callable
from typing import TypeVar

from matcher.domain.errors import InvalidField, InvalidInput, NotFound, RowFault
from matcher.domain.imports import FileRow, ReadFile

Thing = TypeVar("Thing")


def built(file: ReadFile, build: Callable[[FileRow], Thing]) -> tuple[list[Thing], list[RowFault]]:
    """What could be built, in order, and all that could not be read or built, by line.

    Args:
        file: as read.
        build: raises InvalidInput or NotFound where a row cannot be used.
    """
    things, faults = [], list(file.faults)
    lines: dict[str, int] = {}
    for row in file.rows:
        try:
            _refuse_twice(row, lines)
            things.append(build(row))
        except (InvalidInput, NotFound) as error:
            faults.append(RowFault(line=row.line, column=error.field, reason=error.message))
    return things, sorted(faults, key=lambda fault: fault.line)


def id_of(row: FileRow) -> str | None:
    """None where the row names none."""
    value = row.values.get("id")
    if value is not None and not isinstance(value, str):
        raise InvalidField("A text is expected.", field="id")
    return value.strip() if value and value.strip() else None


def _refuse_twice(row: FileRow, lines: dict[str, int]) -> None:
    name = id_of(row)
    if name is None:
        return
    if name in lines:
        raise InvalidField("{value} stands already in line {line}.", field="id", value=name[:60], line=lines[name])
    lines[name] = row.line
