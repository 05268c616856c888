"""Reads scored pairs, as `matcher rank` and `matcher rerank` write them: CSV, or Parquet where pyarrow is there."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from io import BytesIO, StringIO
from math import isfinite
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.tabular.encodings import decoded
from data.tabular.limits import MAX_FAULTS
from matcher.domain.errors import ImportRefused, InvalidField, InvalidFile, PackageMissing, RowFault
from matcher.domain.messages import Message

IDS = ("startup_id", "carrier_id")
PROBABILITY, SCORE = "probability", "score"
UTILITIES = ("startup_utility", "carrier_utility")
PARQUET = ".parquet"
LARGEST = 1e30
Record = tuple[str, str, list[float]]


@dataclass(frozen=True)
class ScoredPairs:
    """One row a pair."""

    startups: list[str]
    carriers: list[str]
    values: NDArray[np.float64]
    are_probabilities: bool
    utilities: NDArray[np.float64] | None  # of the startup and of the carrier, shape (n_pairs, 2); None: not told
    notes: tuple[Message, ...] = ()


def read_pairs(path: Path) -> ScoredPairs:
    """All pairs of a file; columns that are not needed are passed over.

    Raises:
        ImportRefused: rows cannot be used; `faults` says which and why.
        InvalidFile: it cannot be read, is empty, or a column is missing.
        PackageMissing: it is Parquet, and pyarrow is not there.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidFile(
            "The file {file} cannot be read: {reason}.", field="input", file=path, reason=error.strerror
        ) from None
    if not content.strip(b"\xef\xbb\xbf \r\n\t"):
        raise InvalidFile("The file is empty.")
    return _from_parquet(content) if path.suffix == PARQUET else _from_csv(content)


def _wanted(names: Sequence[str]) -> tuple[str, ...]:
    """The columns of numbers to be read; the first one is what a pair is worth."""
    for name in (*IDS, *UTILITIES, PROBABILITY, SCORE):
        if names.count(name) > 1:
            raise InvalidFile("Line {line} names the column {name} twice.", field="file", line=1, name=name)
    missing = tuple(name for name in IDS if name not in names)
    if missing:
        raise InvalidFile("The file has no column {missing}.", field="pairs", missing=missing)
    value = next((name for name in (PROBABILITY, SCORE) if name in names), None)
    if value is None:
        raise InvalidFile("The file has no column {missing}.", field="pairs", missing=(PROBABILITY, SCORE))
    return (value, *UTILITIES) if all(name in names for name in UTILITIES) else (value,)


def _from_csv(content: bytes) -> ScoredPairs:
    text, notes = decoded(content)
    table = csv.reader(
        StringIO(text, newline=""), delimiter=max(",;\t", key=text.partition("\n")[0].count), strict=True
    )
    try:
        names = [name.strip() for name in next(table)]
        wanted = _wanted(names)
        places = [names.index(name) for name in (*IDS, *wanted)]
        rows = ((table.line_num, cells) for cells in table if any(cell.strip() for cell in cells))
        return _collected(_records(rows, places), wanted, notes)
    except csv.Error as error:
        raise InvalidFile("Line {line} is not CSV: {reason}.", line=table.line_num, reason=error) from None


def _records(
    rows: Iterator[tuple[int, list[str]]], places: Sequence[int]
) -> Iterator[tuple[int, Callable[[], Record]]]:
    for line, cells in rows:
        yield line, partial(_record, cells, places)


def _record(cells: Sequence[str], places: Sequence[int]) -> Record:
    if len(cells) <= max(places):
        raise InvalidField("The row has fewer cells than the heading has columns.")
    startup, carrier, *numbers = (cells[place] for place in places)
    return startup.strip(), carrier.strip(), [_number(one) for one in numbers]


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return float("nan")


def _from_parquet(content: bytes) -> ScoredPairs:
    if find_spec("pyarrow") is None:
        raise PackageMissing(
            "{what} needs the package {package}: install matcher[{extra}].",
            what="Parquet",
            package="pyarrow",
            extra="batch",
        )
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        file = pq.ParquetFile(BytesIO(content))
        wanted = _wanted(file.schema_arrow.names)
        table = file.read(columns=[*IDS, *wanted])
        ids = [table.column(name).cast(pa.string()).to_pylist() for name in IDS]
        numbers = [table.column(name).cast(pa.float64()).to_numpy().tolist() for name in wanted]
    except pa.ArrowException as error:
        raise InvalidFile("The file is no Parquet that can be read: {reason}.", reason=_first_line(error)) from None
    rows = enumerate(zip(*ids, zip(*numbers, strict=True), strict=True), 1)

    def records() -> Iterator[tuple[int, Callable[[], Record]]]:
        for number, (startup, carrier, values) in rows:
            yield number, partial(_as_it_is, (startup or "", carrier or "", list(values)))

    return _collected(records(), wanted, ())


def _as_it_is(record: Record) -> Record:
    return record


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]


def _collected(
    records: Iterator[tuple[int, Callable[[], Record]]], wanted: Sequence[str], notes: tuple[Message, ...]
) -> ScoredPairs:
    startups: list[str] = []
    carriers: list[str] = []
    values: list[list[float]] = []
    faults: list[RowFault] = []
    lines: dict[tuple[str, str], int] = {}
    for line, record in records:
        try:
            startup, carrier, numbers = _checked(record(), wanted)
            _once(lines, (startup, carrier), line)
        except InvalidField as error:
            faults.append(RowFault(line=line, column=error.field, reason=error.message))
            if len(faults) >= MAX_FAULTS:
                break
            continue
        startups.append(startup)
        carriers.append(carrier)
        values.append(numbers)
    if faults:
        raise ImportRefused("Rows that cannot be used: {n}. Nothing was shared out.", faults=faults, notes=notes)
    if not startups:
        raise InvalidFile("The file is empty.")
    columns = np.array(values, np.float64)
    return ScoredPairs(
        startups=startups,
        carriers=carriers,
        values=columns[:, 0],
        are_probabilities=wanted[0] == PROBABILITY,
        utilities=columns[:, 1:] if len(wanted) > 1 else None,
        notes=notes,
    )


def _checked(record: Record, wanted: Sequence[str]) -> Record:
    for name, value in zip(IDS, record[:2], strict=True):
        if not value:
            raise InvalidField("An id is expected.", field=name)
    for name, number in zip(wanted, record[2], strict=True):
        if not isfinite(number) or abs(number) > LARGEST:
            raise InvalidField("A number is expected.", field=name)
        if name == PROBABILITY and not 0 <= number <= 1:
            raise InvalidField("A number from 0 to 1 is expected.", field=name)
    return record


def _once(lines: dict[tuple[str, str], int], pair: tuple[str, str], line: int) -> None:
    first = lines.setdefault(pair, line)
    if first != line:
        raise InvalidField("The same pair stands in line {line} already.", field=IDS[0], line=str(first))
