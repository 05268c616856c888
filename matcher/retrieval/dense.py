"""The exact k nearest carriers by cosine, for a block of queries at once and without a full sort."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId
from matcher.ports import Embeddings
from matcher.retrieval.floors import row_floors

N_AT_ONCE = 2**24  # similarities held at once: 64 MiB of float32
FEW = 4  # where at most a quarter of the columns is wanted, a floor is quicker than a partition


@dataclass(frozen=True, slots=True)
class Nearest:
    """For each query the rows of its nearest items, best first, and how similar they are."""

    rows: NDArray[np.int64]  # (n_queries, k)
    similarities: NDArray[np.float32]  # (n_queries, k)


def top_k(similarities: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The columns of the k largest values of each row, best first, equal values by column; shape (n_rows, k).

    Args:
        similarities: shape (n_rows, n_columns), without NaN.
        k: at most n_columns are given.
    """
    n_rows, n_columns = similarities.shape
    k = min(k, n_columns)
    if k == 0 or n_rows == 0:
        return np.zeros((n_rows, k), dtype=np.int64)
    if FEW * k < n_columns:
        return _above_a_floor(similarities, k)
    columns = np.sort(np.argpartition(similarities, n_columns - k, axis=1)[:, n_columns - k :], axis=1)
    least = np.take_along_axis(similarities, columns, axis=1).min(axis=1, keepdims=True)
    crowded = np.count_nonzero(similarities >= least, axis=1) > k
    if crowded.any():  # more values than places are equal to the k-th: the first columns win
        columns[crowded] = _first_of_equals(similarities[crowded], least[crowded], k)
    # The columns ascend, and the stable sort keeps this order among equals.
    order = np.argsort(-np.take_along_axis(similarities, columns, axis=1), axis=1, kind="stable")
    return np.take_along_axis(columns, order, axis=1)


def _above_a_floor(similarities: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The same where few are wanted: whoever reaches a floor that the k best reach is sorted, the others are not."""
    n_rows, n_columns = similarities.shape
    rows, columns = np.divmod(np.flatnonzero(similarities >= row_floors(similarities, k)), n_columns)
    order = np.lexsort((-similarities[rows, columns], rows))  # stable: equal values stay in the order of columns
    first = np.searchsorted(rows, np.arange(n_rows))
    best: NDArray[np.int64] = columns[order[first[:, None] + np.arange(k)]]
    return best


def _first_of_equals(similarities: NDArray[np.float32], least: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The k columns with the largest values, ascending; of those equal to the k-th largest the first ones."""
    above, equal = similarities > least, similarities == least
    n_free = k - np.count_nonzero(above, axis=1, keepdims=True)
    kept = above | (equal & (np.cumsum(equal, axis=1) <= n_free))
    return np.nonzero(kept)[1].reshape(len(similarities), k)


@dataclass(frozen=True)
class DenseIndex:
    """Embeddings of items, in the order of their ids, so that equal similarities are ordered by id."""

    ids: tuple[CarrierId, ...]
    embeddings: Embeddings  # (n_items, n_dims)

    @classmethod
    def of(cls, ids: Sequence[CarrierId], embeddings: Embeddings) -> Self:
        """Raises InvalidField where ids and rows do not go together."""
        if len(ids) != len(embeddings):
            raise InvalidField(
                "{n_ids} ids cannot name {n_rows} embeddings.", field="ids", n_ids=len(ids), n_rows=len(embeddings)
            )
        order = sorted(range(len(ids)), key=ids.__getitem__)
        return cls(tuple(ids[row] for row in order), np.ascontiguousarray(embeddings[order], dtype=np.float32))

    def nearest(self, queries: Embeddings, k: int, n_at_once: int = N_AT_ONCE) -> Nearest:
        """The k nearest items of each query, all of them where there are fewer than k.

        Args:
            queries: shape (n_queries, n_dims), unit length or zero, like the items.
            k: at least 0.
            n_at_once: how many similarities are held in memory; it does not change the answer.
        """
        block = max(1, n_at_once // max(1, len(self.ids)))
        found = [self._nearest_of_block(queries[start : start + block], k) for start in range(0, len(queries), block)]
        if not found:
            return self._nearest_of_block(queries, k)
        return Nearest(np.concatenate([one.rows for one in found]), np.concatenate([one.similarities for one in found]))

    @cached_property
    def _columns(self) -> Embeddings:
        """Shape (n_dims, n_items): the product with one query then runs along the items, and twice as fast."""
        return np.ascontiguousarray(self.embeddings.T)

    def _nearest_of_block(self, queries: Embeddings, k: int) -> Nearest:
        similarities = (queries[0] @ self._columns)[None] if len(queries) == 1 else queries @ self._columns
        rows = top_k(similarities, k)
        return Nearest(rows, np.take_along_axis(similarities, rows, axis=1))
