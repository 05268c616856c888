"""The files of finished runs: read for the store, and deleted when no kept run needs them."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.reranking_runs import Reranked

COLUMNS = ["startup_id", "carrier_id", "score"]


@dataclass(frozen=True)
class ParquetResults:
    """Below one folder; others are left alone."""

    folder: Path

    def places(self, done: Reranked) -> Iterator[tuple[StartupId, list[tuple[CarrierId, float]]]]:
        for startup, rows in groupby(_rows(done.lists), key=lambda row: row[0]):
            yield StartupId(startup), [(CarrierId(carrier), score) for _, carrier, score in rows]

    def name(self, done: Reranked) -> str | None:
        path = done.folder.resolve()
        root = self.folder.resolve()
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else None

    def delete(self, folder: str) -> None:
        shutil.rmtree(self.folder / folder, ignore_errors=True)


def _rows(path: Path) -> Iterator[tuple[str, str, float]]:
    """In the order of the file; some at a time."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra that only runs need

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(columns=COLUMNS):
            yield from zip(*(batch.column(name).to_pylist() for name in COLUMNS), strict=True)
