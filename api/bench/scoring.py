"""The released ranker beside LightGBM, which walks the very same trees: ours gives the parts as well."""

from collections.abc import Iterator

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from api.bench.generated import MadeUpStartups, made_up_homes
from api.bench.lightgbm_trees import booster_of
from api.bench.nation import made_up_board
from api.bench.rows import Row, beside
from api.bench.turns import Spread, in_turns
from matcher.features.pairs import FEATURE_NAMES, PairBlock, pair_features
from models.learned_ranker import LearnedRanker, load_ranker

MOST_SHARE = 0.5  # of LightGBM's time: twice as fast
MOST_DIFFERENCE = 1e-6
SIZES = (200, 10_000)  # rows: of a request, of a batch
N_STARTUPS = 20
Floats = NDArray[np.float64]


def real_rows(n_rows: int, n_carriers: int = 500) -> Floats:
    """Features of made-up pairs, with the past that the ranker knows nothing of left out."""
    board = made_up_board()
    homes = made_up_homes(board, n_carriers, np.random.default_rng(1))
    startups = MadeUpStartups(board, 1).askers(N_STARTUPS)
    rng = np.random.default_rng(2)
    i, j = rng.integers(0, N_STARTUPS, n_rows), rng.integers(0, n_carriers, n_rows)
    rated = np.where(rng.random((n_rows, 2)) < 0.9, np.nan, rng.random((n_rows, 2)))
    block = PairBlock(startups.table.rows(i), homes.table.rows(j), homes.chain_columns, None, rated)
    return np.asarray(pair_features(block), np.float64)


def scoring_rows() -> Iterator[Row]:
    ranker = load_ranker()
    if not isinstance(ranker, LearnedRanker):
        return
    booster = booster_of(ranker.trees, len(FEATURE_NAMES))
    rows = real_rows(max(SIZES))
    off = np.abs(ranker.trees_alone(rows).sum(axis=1) - booster.predict(rows, num_threads=1)).max()
    yield Row(
        figure="trees of the released ranker, largest difference to LightGBM",
        value=1e6 * float(off),
        unit="1e-6",
        limit=1e6 * MOST_DIFFERENCE,
        at_most=True,
        note=f"{len(rows):,} pairs",
    )
    for n_rows in SIZES:
        yield _rate_row(ranker, booster, np.ascontiguousarray(rows[:n_rows]))


def _rate_row(ranker: LearnedRanker, booster: lgb.Booster, rows: Floats) -> Row:
    def with_contributions(_: int) -> object:
        return booster.predict(rows, num_threads=1, pred_contrib=True)

    whole = in_turns((lambda _: ranker.parts(rows), with_contributions), 3).ratio(1, to=0)
    return beside(
        f"trees of {len(rows):,} pairs, parts included / LightGBM's score alone",
        lambda _: ranker.trees_alone(rows),
        lambda _: booster.predict(rows, num_threads=1),
        21,
        limit=MOST_SHARE,
        note=f"{len(ranker.trees)} trees, one thread; the whole ranker is {whole.median:,.0f} times as fast as "
        "LightGBM with contributions",
    )


def lightgbm_rate(n_rows: int = 20_000) -> Spread:
    """Rows a second, of the released trees."""
    ranker = load_ranker()
    if not isinstance(ranker, LearnedRanker):
        return Spread(np.inf, np.inf, np.inf)
    booster, rows = booster_of(ranker.trees, len(FEATURE_NAMES)), real_rows(n_rows)
    turns = in_turns((lambda _: booster.predict(rows, num_threads=1),), 5)
    return Spread.of(n_rows / turns.seconds[0])
