"""The plain reference that pair features are timed against gives the same numbers."""

import numpy as np
import pytest

from api.bench.features import seed_blocks
from api.bench.pair_reference import plain_pair_features, rows_of
from matcher.features.pairs import FEATURE_NAMES, pair_features

BLOCKS = seed_blocks(8, np.random.default_rng(2))


@pytest.fixture(scope="module")
def both():
    """All features of all pairs, vectorised and plain, each of shape (n_pairs, n_features)."""
    plain = [
        plain_pair_features(startup, carrier, block.chain_columns)
        for block in BLOCKS
        for startup in rows_of(block.startups)
        for carrier in rows_of(block.carriers)
    ]
    return np.concatenate([pair_features(block) for block in BLOCKS]), np.array(plain)


@pytest.mark.parametrize("name", FEATURE_NAMES)
def test_a_feature_equals_its_plain_reference_unknown_included(both, name) -> None:
    vectorised, plain = (features[:, FEATURE_NAMES.index(name)] for features in both)

    np.testing.assert_allclose(vectorised, plain, rtol=1e-9, atol=1e-9, equal_nan=True)
