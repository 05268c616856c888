"""All startups and all carriers as arrays alone: what a block of a run is computed from, in any process.

Startups stand in the order of a hash of their ids, so that a new one shifts none of the others into another block.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.features.tables import CarrierTable, StartupTable

Rows = NDArray[np.int64]
Keys = NDArray[np.uint8]  # 16 bytes a row: a hash of all that is said of it
KEY_BYTES = 16
NOBODY = -1  # no wish, no facts that a rule speaks of, no core park


@dataclass(frozen=True)
class AskerFacts:
    """What decides about a startup's pairs beside the columns of its table, one row each."""

    wish: NDArray[np.int32]  # row of `Homes.wished`; NOBODY without a wish
    facts: NDArray[np.int32]  # row of `Homes.barred`; NOBODY where no carrier of the scope excludes anybody
    park: NDArray[np.int32]  # the core park of its chain among the carriers; NOBODY where there is none
    lists: NDArray[np.bool_]  # whether it gets a list
    discoverable: NDArray[np.bool_]  # whether carriers may see its card

    def rows(self, chosen: Rows | slice) -> Self:
        return type(self)(**{column.name: getattr(self, column.name)[chosen] for column in fields(self)})


@dataclass(frozen=True)
class Askers:
    """Startups, one row each."""

    ids: NDArray[np.object_]
    hashes: NDArray[np.uint64]  # of the ids, ascending
    keys: Keys
    table: StartupTable
    facts: AskerFacts
    unwanted: NDArray[
        np.int64
    ]  # pairs that a startup does not want, as rows of startup, ascending, and carrier, shape (n, 2)

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, chosen: Rows) -> Self:
        """Some of them, in ascending order of their rows."""
        first, end = (np.searchsorted(self.unwanted[:, 0], chosen, side) for side in ("left", "right"))
        own = np.repeat(np.arange(len(chosen)), end - first)
        pairs = np.concatenate([np.arange(a, b) for a, b in zip(first, end, strict=True) if b > a] or [own])
        return type(self)(
            ids=self.ids[chosen],
            hashes=self.hashes[chosen],
            keys=self.keys[chosen],
            table=self.table.rows(chosen),
            facts=self.facts.rows(chosen),
            unwanted=np.column_stack([own, self.unwanted[pairs, 1]]),
        )


@dataclass(frozen=True)
class Homes:
    """Carriers of the scope in the order of their ids, one row each."""

    ids: tuple[str, ...]
    keys: Keys  # with the rules by which they exclude
    table: CarrierTable
    chain_columns: tuple[int, ...]
    wished: NDArray[np.int8]  # 1 in a place wished for, 0 not, -1 unknown; shape (n_wishes, n_carriers)
    ruling: NDArray[np.int64]  # rows of the carriers with a rule that excludes
    barred: NDArray[np.bool_]  # who is excluded by which of them, shape (n_facts, n_ruling)

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, chosen: Rows) -> Self:
        """Some of them, in ascending order of their rows."""
        place = np.full(len(self), -1, np.int64)
        place[chosen] = np.arange(len(chosen))
        kept = place[self.ruling] >= 0
        return type(self)(
            ids=tuple(self.ids[row] for row in chosen.tolist()),
            keys=self.keys[chosen],
            table=self.table.rows(chosen),
            chain_columns=self.chain_columns,
            wished=self.wished[:, chosen],
            ruling=place[self.ruling[kept]],
            barred=self.barred[:, kept],
        )

    def wished_by(self, wish: NDArray[np.int32], carriers: Rows) -> NDArray[np.float64]:
        """1, 0 or NaN where unknown or without a wish; `wish` and `carriers` are broadcast against each other."""
        if not len(self.wished):
            return np.full(np.broadcast_shapes(np.shape(wish), np.shape(carriers)), np.nan)
        found = self.wished[np.maximum(wish, 0), carriers].astype(np.float64)
        return np.where((wish < 0) | (found < 0), np.nan, found)


def key_order(ids: Sequence[str], hashes: NDArray[np.uint64]) -> Rows:
    """Rows by hash; equal hashes by id."""
    return np.lexsort([np.array(ids, dtype=np.str_), hashes])
