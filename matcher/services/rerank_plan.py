"""Which startups are computed together, and what a block is called: by everything that decides what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np

from matcher.domain.matches import ModelIds
from matcher.domain.reranking_runs import RerankOrder
from matcher.features.sides import Askers, Homes, Rows

FORMAT = 1  # of blocks; another number where other pairs, or other columns, are kept
DIGEST_BYTES = 12


def digest(*parts: bytes | str) -> str:
    """Of these parts; where one ends and the next begins counts."""
    hashed = blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        hashed.update(len(content).to_bytes(8, "little"))
        hashed.update(content)
    return hashed.hexdigest()


def settings_digest(order: RerankOrder, models: ModelIds, taxonomy: str, criteria: Sequence[str]) -> str:
    """Of what decides every pair alike; startups, carriers and days count through their own hashes."""
    said = (
        FORMAT,
        order.k,
        order.leads,
        order.scope.value,
        models.encoder,
        models.reader,
        models.ranker,
        taxonomy,
        *criteria,
    )
    return digest(repr(said))


def askers_digest(askers: Askers, rows: slice = slice(None)) -> str:
    return digest("\n".join(askers.ids[rows]), np.ascontiguousarray(askers.keys[rows]).tobytes())


def homes_digest(homes: Homes) -> str:
    return digest("\n".join(homes.ids), homes.keys.tobytes())


@dataclass(frozen=True, slots=True)
class Block:
    """Startups whose ids' hashes begin alike."""

    place: str  # the bits that they share: the same startups are in it as long as there are about as many in all
    rows: slice

    def name(self, askers: Askers, carriers: str) -> str:
        """Of its file: the place, and a digest of all that decides what is in it.

        Args:
            askers: the startups.
            carriers: name of the state of the carriers, which tells of the settings too.
        """
        return f"{self.place}-{digest(carriers, askers_digest(askers, self.rows))}"

    def row_numbers(self) -> Rows:
        return np.arange(self.rows.start, self.rows.stop)


def blocks_of(askers: Askers, size: int) -> list[Block]:
    """In the order of the startups; about `size` in each, those without any startup left out."""
    n_bits = max(0, int(np.ceil(np.log2(max(1, len(askers)) / size))))
    buckets = (askers.hashes >> np.uint64(64 - n_bits)) if n_bits else np.zeros(len(askers), np.uint64)
    bounds = np.searchsorted(buckets, np.arange(2**n_bits + 1, dtype=np.uint64))
    return [
        Block(f"b{n_bits:02}-{number:05}", slice(start, stop))
        for number, (start, stop) in enumerate(pairwise(bounds.tolist()))
        if stop > start
    ]
