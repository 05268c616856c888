"""Vectors kept in the store, so that a text is encoded once."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from data.databases import kind_of
from data.tables import VectorRow
from data.unit_of_work import Store
from matcher.domain.errors import StoreBusy

AT_ONCE = 500  # hashes in one statement: SQLite limits its parameters
STORED = np.dtype("<f4")


class SqlVectorCache:
    """Reads and writes in transactions of its own, never in a caller's."""

    def __init__(self, store: Store, patience_ms: int = 1_000) -> None:
        """How long to wait for another writer: not long, since a vector that is not kept is only encoded again."""
        self._store = store
        self._patience_ms = patience_ms

    def get_many(self, encoder_id: str, hashes: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Those that are known, each of shape (dims,); one whose bytes are damaged is not known."""
        found: dict[str, NDArray[np.float32]] = {}
        with self._store.engine.connect() as connection:
            for some in _batches(hashes):
                wanted = select(VectorRow.content_hash, VectorRow.dims, VectorRow.vector).where(
                    VectorRow.encoder_id == encoder_id, VectorRow.content_hash.in_(some)
                )
                for content_hash, dims, vector in connection.execute(wanted):
                    if len(vector) == dims * STORED.itemsize:
                        found[content_hash] = np.frombuffer(vector, STORED).astype(np.float32)
        return found

    def put_many(self, encoder_id: str, vectors: dict[str, NDArray[np.float32]]) -> None:
        """Remember these; one that is known is kept, and while the store is busy nothing is remembered."""
        rows = [
            {"encoder_id": encoder_id, "content_hash": content_hash, "dims": vector.size, "vector": _bytes(vector)}
            for content_hash, vector in vectors.items()
        ]
        if not rows:
            return
        try:
            with self._store.writing(self._patience_ms) as connection:
                connection.execute(kind_of(connection).insert_new(VectorRow), rows)
        except StoreBusy:
            return  # the vectors are at hand; they are only not kept for next time


def _batches(hashes: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(hashes), AT_ONCE):
        yield hashes[start : start + AT_ONCE]


def _bytes(vector: NDArray[np.float32]) -> bytes:
    return np.ascontiguousarray(vector, STORED).tobytes()
