"""Reads how many places carriers have from a table: `carrier_id,places`; every row that cannot be used is told."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from data.tabular.columns import Column, Holds
from data.tabular.reading import read_records
from matcher.domain.allocations import MOST_PLACES
from matcher.domain.errors import ImportRefused, InvalidField, InvalidFile, RowFault
from matcher.domain.imports import FileForm, FileRow, ReadFile
from matcher.domain.messages import Message

ID, PLACES = "carrier_id", "places"
COLUMNS = (Column(ID), Column(PLACES, Holds.NUMBER))


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """Places by carrier, None where the row says that they are unknown, and what was assumed of the file."""

    places: Mapping[str, int | None]
    notes: tuple[Message, ...]


def read_places(content: bytes, form: FileForm, carriers: Collection[str] | None = None) -> PlacesFile:
    """All rows.

    Args:
        content: of the file.
        form: of the file.
        carriers: ids that there are; None where any will do.

    Raises:
        ImportRefused: rows cannot be used; `faults` says which and why.
        InvalidFile: it is empty, damaged, in two encodings, or has other columns.
    """
    file = read_records(content, form, COLUMNS)
    if not file.rows and not file.faults:
        raise InvalidFile("The file is empty.")
    _require_columns(file)
    places: dict[str, int | None] = {}
    faults = [*file.faults, *_faults(file.rows, places, carriers)]
    if faults:
        raise ImportRefused(
            "Rows that cannot be used: {n}. Nothing was shared out.",
            faults=sorted(faults, key=lambda one: one.line),
            notes=file.notes,
        )
    return PlacesFile(places, file.notes)


def _require_columns(file: ReadFile) -> None:
    missing = tuple(name for name in (ID, PLACES) if not any(name in row.values for row in file.rows))
    if file.rows and missing:
        raise InvalidFile("The file has no column {missing}.", field="places", missing=missing)


def _faults(
    rows: tuple[FileRow, ...], places: dict[str, int | None], carriers: Collection[str] | None
) -> Iterator[RowFault]:
    """Fills in the places on the way."""
    lines: dict[str, int] = {}
    for row in rows:
        try:
            carrier, number = _id(row.values.get(ID), carriers), _places(row.values.get(PLACES))
        except InvalidField as error:
            yield RowFault(line=row.line, column=error.field, reason=error.message)
            continue
        if carrier in lines:
            reason = Message.of("{id} stands in line {line} already.", id=carrier[:60], line=str(lines[carrier]))
            yield RowFault(line=row.line, column=ID, reason=reason)
            continue
        lines[carrier], places[carrier] = row.line, number


def _id(value: object, carriers: Collection[str] | None) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidField("The id of a carrier is expected.", field=ID)
    carrier = value.strip()
    if carriers is not None and carrier not in carriers:
        raise InvalidField("There is no carrier {id}.", field=ID, id=carrier[:60])
    return carrier


def _places(value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_PLACES:
        raise InvalidField("A whole number from 0 to {limit} is expected.", field=PLACES, limit=MOST_PLACES)
    return value
