"""Blocks of pairs drawn by chance, with unknown values in every column that can have them."""

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.features.pairs import PairBlock
from matcher.features.tables import CarrierTable, StartupTable

N_SUBFIELDS, N_INDUSTRIES, N_STAGES, DIMS = 7, 6, 5, 8
CHAIN_COLUMNS = (0, 2, 3, 5)
ONE, SEVERAL = st.just(1), st.integers(1, 6)
Rng = np.random.Generator


def _distributions(rng: Rng, n_rows: int, n_columns: int) -> NDArray[np.float64]:
    rows = rng.dirichlet(np.full(n_columns, 0.3), n_rows)
    return np.where(rng.random((n_rows, 1)) < 0.1, 0.0, rows)


def _rows_unknown(rng: Rng, rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(rng.random((len(rows), 1)) < 0.3, np.nan, rows)


def _units(rng: Rng, n_rows: int) -> NDArray[np.float32]:
    rows = rng.normal(size=(n_rows, DIMS))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(rng.random((n_rows, 1)) < 0.2, 0.0, rows).astype(np.float32)


def _masks(rng: Rng, n_rows: int) -> NDArray[np.uint64]:
    """Few bits, the highest one included; often none."""
    bits = rng.choice(np.array([1, 2, 4, 8, 1 << 63], np.uint64), size=(n_rows, 3))
    return np.where(rng.random(n_rows) < 0.3, np.uint64(0), np.bitwise_or.reduce(bits, axis=1))


def startups_of(rng: Rng, n_rows: int) -> StartupTable:
    return StartupTable(
        subfields=_distributions(rng, n_rows, N_SUBFIELDS),
        industries=_distributions(rng, n_rows, N_INDUSTRIES),
        stages=_rows_unknown(rng, rng.dirichlet(np.ones(N_STAGES), n_rows)),
        services=_masks(rng, n_rows),
        capabilities=_masks(rng, n_rows),
        site=_masks(rng, n_rows),
        embedding=_units(rng, n_rows),
    )


def carriers_of(rng: Rng, n_rows: int) -> CarrierTable:
    def among(values: list[float], *shape: int) -> NDArray[np.float64]:
        return rng.choice(np.array(values), size=(n_rows, *shape))

    return CarrierTable(
        serves_subfield=_rows_unknown(rng, among([0, 0.5, 1], N_SUBFIELDS)),
        serves_industry=_rows_unknown(rng, among([0, 0, 0.8, 1], N_INDUSTRIES)),
        near_industry=among([0, 1], N_INDUSTRIES),
        specialised=among([0, 1, np.nan]),
        general_home=among([0, 1]),
        core_park_of=among([0, 0, 1], 4),
        stage_fit=_rows_unknown(rng, rng.random((n_rows, N_STAGES))),
        services=_masks(rng, n_rows),
        capabilities=_masks(rng, n_rows),
        site=_masks(rng, n_rows),
        openness=among([0.2, 0.4, 1, np.nan]),
        level=among([0.2, 0.7, 1, np.nan]),
        embedding=_units(rng, n_rows),
    )


def blocks(
    n_startups: st.SearchStrategy[int] = ONE, n_carriers: st.SearchStrategy[int] = SEVERAL
) -> st.SearchStrategy[PairBlock]:
    """One startup with some carriers, unless a test asks for another shape."""
    return st.builds(_block, st.integers(0, 2**32 - 1), n_startups, n_carriers)


def _block(seed: int, n_startups: int, n_carriers: int) -> PairBlock:
    rng = np.random.default_rng(seed)
    return PairBlock(startups_of(rng, n_startups), carriers_of(rng, n_carriers), CHAIN_COLUMNS)
