"""Writes a run, best carrier first within each startup: as CSV, or as Parquet where pyarrow is there."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import IO

from matcher.domain.errors import InvalidFile
from matcher.services.rank import RankedPair

HEADING = ("startup_id", "carrier_id", "score")
N_AT_ONCE = 100_000  # rows of a group in Parquet
PARQUET = ".parquet"


def check_run_name(path: Path) -> None:
    """Raises InvalidFile where the name asks for Parquet and pyarrow is not there."""
    if path.suffix == PARQUET and find_spec("pyarrow") is None:
        raise InvalidFile("Parquet needs the package pyarrow; name the file .csv, or install it.", field="out")


def write_run(path: Path, file: IO[bytes], pairs: Iterable[RankedPair], criteria: Sequence[str] = ()) -> int:
    """Write as the name of the file asks; how many pairs there were.

    Args:
        path: its ending chooses the form.
        file: what is written to.
        pairs: in the order in which they are to stand.
        criteria: names of the parts, one column each; none are written where there is no name.
    """
    columns = (*HEADING, *criteria)
    records = ((one.startup, one.carrier, one.score, *one.parts[: len(criteria)]) for one in pairs)
    return (_parquet if path.suffix == PARQUET else _csv)(file, columns, records)


def _csv(file: IO[bytes], columns: Sequence[str], records: Iterator[tuple[object, ...]]) -> int:
    text = TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    n_records = 0
    for record in records:
        writer.writerow(record)
        n_records += 1
    text.flush()
    text.detach()
    return n_records


def _parquet(file: IO[bytes], columns: Sequence[str], records: Iterator[tuple[object, ...]]) -> int:
    import pyarrow as pa  # noqa: PLC0415 - an extra that only this needs
    import pyarrow.parquet as pq  # noqa: PLC0415

    kinds = [pa.string(), pa.string(), *[pa.float64()] * (len(columns) - 2)]
    schema = pa.schema(list(zip(columns, kinds, strict=True)))
    n_records = 0
    with pq.ParquetWriter(file, schema) as writer:
        while block := list(islice(records, N_AT_ONCE)):
            arrays = [pa.array(column, kind) for column, kind in zip(zip(*block, strict=True), kinds, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            n_records += len(block)
    return n_records
