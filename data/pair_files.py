"""Pairs as Parquet: those of a block, with what they were computed for, and those of lists, with ids."""

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matcher.features.sides import KEY_BYTES
from matcher.services.rerank_block import Pairs
from matcher.services.rerank_lists import Ranked, columns_of
from matcher.services.rerank_reuse import KnownBlock

NUMBERS = ("startup", "carrier", "listed", "lead", "score", "startup_utility", "carrier_utility")
ABOUT = b"matcher.block"
COMPRESSION = "zstd"
N_IN_GROUP = 2**17  # rows of a file of lists


def write_known(block: KnownBlock) -> bytes:
    """The same bytes for the same block."""
    import pyarrow as pa  # noqa: PLC0415 - an extra that only runs need
    import pyarrow.parquet as pq  # noqa: PLC0415

    columns = {name: getattr(block.pairs, name) for name in NUMBERS}
    columns["startup"] = columns["startup"].astype(np.int32)
    columns |= {f"part_{number}": block.pairs.parts[:, number] for number in range(block.pairs.parts.shape[1])}
    about = {"carriers": block.carriers, "ids": list(block.ids), "keys": block.keys.tobytes().hex()}
    table = pa.table({name: pa.array(np.ascontiguousarray(values)) for name, values in columns.items()})
    table = table.replace_schema_metadata({ABOUT: json.dumps(about)})
    content = BytesIO()
    pq.write_table(table, content, compression=COMPRESSION, use_dictionary=False, write_statistics=False)
    return content.getvalue()


def read_known(path: Path) -> KnownBlock | None:
    """None where there is no such file, or it is not what `write_known` wrote."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        table = pq.read_table(BytesIO(path.read_bytes()))
        about = json.loads(table.schema.metadata[ABOUT])
    except (FileNotFoundError, pa.ArrowInvalid, KeyError, TypeError, json.JSONDecodeError):
        return None
    columns: dict[str, NDArray[Any]] = {name: _column(table, name) for name in NUMBERS}
    columns["startup"] = columns["startup"].astype(np.int64)
    parts = [_column(table, name) for name in table.column_names if name.startswith("part_")]
    keys = np.frombuffer(bytes.fromhex(about["keys"]), np.uint8).reshape(-1, KEY_BYTES)
    return KnownBlock(tuple(about["ids"]), keys, about["carriers"], Pairs(**columns, parts=np.column_stack(parts)))


def _column(table: Any, name: str) -> NDArray[Any]:  # noqa: ANN401 - pyarrow has no types
    values: NDArray[Any] = table.column(name).to_numpy()
    return values


class PairWriter:
    """One file of lists, written some at a time, in the order in which they come."""

    def __init__(
        self,
        path: Path,
        startups: NDArray[np.object_],
        carriers: Sequence[str],
        criteria: Sequence[str],
        *,
        by_startup: bool,
    ) -> None:
        """Begin it.

        Args:
            path: of the file.
            startups: ids of the startups.
            carriers: ids of the carriers.
            criteria: names of the parts.
            by_startup: whether these are lists of startups; else of carriers, whose id comes first.
        """
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        self._pa, self._criteria, self._by_startup = pa, criteria, by_startup
        self._startups = startups
        self._carriers = pa.array(carriers, pa.string())
        ids = ["startup_id", "carrier_id"] if by_startup else ["carrier_id", "startup_id"]
        floats = ["score", "startup_utility", "carrier_utility", *criteria]
        self._schema = pa.schema(
            [
                *[(name, pa.string()) for name in ids],
                ("rank", pa.int32()),
                *[(name, pa.float32()) for name in floats],
                *([("lifted", pa.bool_())] if by_startup else []),
            ]
        )
        self._file = path.open("wb")
        self._writer = pq.ParquetWriter(self._file, self._schema, compression=COMPRESSION)
        self.n_rows = 0
        self._waiting: list[Any] = []
        self._n_waiting = 0

    def add(self, ranked: Ranked) -> None:
        pa, pairs = self._pa, ranked.pairs
        if not len(pairs):
            return
        rows, which = np.unique(pairs.startup, return_inverse=True)
        named = columns_of(ranked, self._criteria)
        columns = {
            "startup_id": pa.array(self._startups[rows], pa.string()).take(pa.array(which)),
            "carrier_id": self._carriers.take(pa.array(pairs.carrier)),
            **{name: pa.array(np.ascontiguousarray(values)) for name, values in named.items()},
            "lifted": pa.array(ranked.lifted),
        }
        self._waiting.append(pa.table([columns[name] for name in self._schema.names], schema=self._schema))
        self._n_waiting += len(pairs)
        self.n_rows += len(pairs)
        if self._n_waiting >= N_IN_GROUP:
            self._write(all_of_it=False)

    def _write(self, *, all_of_it: bool) -> None:
        """Groups of rows of the same size, whatever came together: else the file would tell of the blocks."""
        waiting = self._pa.concat_tables(self._waiting).combine_chunks()
        n_now = self._n_waiting if all_of_it else self._n_waiting // N_IN_GROUP * N_IN_GROUP
        for start in range(0, n_now, N_IN_GROUP):
            self._writer.write_table(waiting.slice(start, min(N_IN_GROUP, n_now - start)))
        self._waiting, self._n_waiting = [waiting.slice(n_now)], self._n_waiting - n_now

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None and self._waiting:
                self._write(all_of_it=True)
            self._writer.close()
        finally:
            self._file.close()
