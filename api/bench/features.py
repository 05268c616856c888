"""Pair features of a startup with every carrier of the seed registry, against plain Python."""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from api.bench.pair_reference import plain_pair_features, rows_of
from api.bench.rows import Row, against_plain
from data.seed import read_seed, seed_folder
from matcher.domain.core_parks import core_parks
from matcher.domain.seed import SeedBatch
from matcher.domain.taxonomy import CHAINS, Facet, Taxonomy
from matcher.features.pairs import PairBlock, chain_columns, pair_features
from matcher.features.tables import CarrierTable, StartupTable, carrier_table

LEAST_RATIO = 15.0
N_STARTUPS, N_DIMS = 8, 384


def feature_rows() -> Iterator[Row]:
    blocks = seed_blocks(N_STARTUPS, np.random.default_rng(1))
    as_rows = [(rows_of(block.startups), rows_of(block.carriers), block.chain_columns) for block in blocks]
    n_pairs = sum(block.n_pairs for block in blocks)
    yield against_plain(
        f"pair features, 1 x {blocks[0].n_pairs} at a time, per pair",
        lambda: [pair_features(block) for block in blocks],
        lambda: [
            plain_pair_features(startups[0], carrier, columns)
            for startups, carriers, columns in as_rows
            for carrier in carriers
        ],
        n_pairs,
        limit=LEAST_RATIO,
    )


def seed_blocks(n_startups: int, rng: Generator) -> list[PairBlock]:
    """Invented startups, each with all carriers of the seed registry."""
    seed = read_seed(seed_folder())
    taxonomy = seed.vocabulary
    startups, carriers = _startups(n_startups, taxonomy, rng), _carriers(seed, rng)
    columns = chain_columns(taxonomy.ids(Facet.INDUSTRY))
    return [PairBlock(startups.rows(slice(row, row + 1)), carriers, columns) for row in range(n_startups)]


def _startups(n_startups: int, taxonomy: Taxonomy, rng: Generator) -> StartupTable:
    def asked(facet: Facet) -> NDArray[np.uint64]:
        return rng.integers(0, 2 ** min(63, len(taxonomy.ids(facet))), n_startups).astype(np.uint64)

    stages = rng.dirichlet(np.ones(len(taxonomy.ids(Facet.STAGE))), n_startups)
    stages[::4] = np.nan  # cannot be told
    return StartupTable(
        subfields=rng.dirichlet(np.ones(len(taxonomy.ids(Facet.SUBFIELD))), n_startups),
        industries=rng.dirichlet(np.ones(len(taxonomy.ids(Facet.INDUSTRY))), n_startups),
        stages=stages,
        services=asked(Facet.SERVICE),
        capabilities=asked(Facet.CAPABILITY),
        site=asked(Facet.SITE) * (np.arange(n_startups) % 2).astype(np.uint64),  # every other asks for none
        embedding=_unit_rows(n_startups, rng),
    )


def _carriers(seed: SeedBatch, rng: Generator) -> CarrierTable:
    parks = core_parks(seed.carriers, seed.vocabulary)
    is_park = [[parks.get(chain) == carrier.id for chain in CHAINS] for carrier in seed.carriers]
    return carrier_table(seed.carriers, seed.vocabulary, _unit_rows(len(seed.carriers), rng), is_park)


def _unit_rows(n_rows: int, rng: Generator) -> NDArray[np.float32]:
    rows: NDArray[np.float32] = rng.standard_normal((n_rows, N_DIMS), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows
