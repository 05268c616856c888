"""A file of many records as it was read, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.errors import RowFault
from matcher.domain.messages import Message


class FileForm(StrEnum):
    """In which form records come and go as files."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One record; a field that is not in `values` is not spoken of, one that is None is unknown."""

    line: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What a file holds: rows that could be read, places that could not, and what was assumed."""

    rows: tuple[FileRow, ...]
    faults: tuple[RowFault, ...] = ()
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import wrote, in numbers, and the rows that it left out."""

    added: int
    changed: int
    unchanged: int
    ids: tuple[str, ...]  # of what was added, changed or found as it was, in the order of the file
    faults: tuple[RowFault, ...] = ()
    notes: tuple[Message, ...] = ()
