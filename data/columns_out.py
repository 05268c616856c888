"""Writes columns as a table: CSV, or Parquet where pyarrow is there, as the name of the file asks."""

import csv
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from data.run_files import PARQUET

Cell = str | int | float | None


def write_columns(path: Path, file: IO[bytes], columns: Mapping[str, Sequence[Cell]]) -> None:
    """Columns of one length, in their order; None is an empty cell."""
    if path.suffix == PARQUET:
        import pyarrow as pa  # noqa: PLC0415 - an extra that only this needs
        import pyarrow.parquet as pq  # noqa: PLC0415

        pq.write_table(pa.table({name: pa.array(values) for name, values in columns.items()}), file)
        return
    text = TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in zip(*columns.values(), strict=True))
    text.flush()
    text.detach()


def _cell(value: Cell) -> Cell:
    return str(value).lower() if isinstance(value, bool) else value
