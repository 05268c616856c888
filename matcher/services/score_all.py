"""Scores all pairs of startups and carriers, as an allocation needs them: what each is worth."""

from collections.abc import Collection

import numpy as np

from matcher.domain.errors import InvalidInput
from matcher.features.sides import Askers, Homes
from matcher.ports import SeparableRanker
from matcher.ranking.wide_auction import Worths
from matcher.retrieval.bounds import BoundMaker
from matcher.services.markets import worth_of_ranked
from matcher.services.rerank_block import World, score_columns

MOST_PAIRS = 2**26  # a matrix of 256 MB, and minutes to score
N_AT_ONCE = 128  # startups whose scores are held at once


def worth_of_all(
    askers: Askers,
    homes: Homes,
    ranker: SeparableRanker,
    carriers: Collection[int] | None = None,
    most_pairs: int = MOST_PAIRS,
) -> Worths:
    """In millionths, shape (n_startups, n_carriers); 0 where a rule or the startup excludes the pair.

    Args:
        askers: the startups; one that gets no list has no pair.
        homes: the carriers.
        ranker: as it serves single lists.
        carriers: rows to score; None for all. The others stay 0.
        most_pairs: how many there may be.

    Raises:
        InvalidInput: there are too many pairs.
    """
    if len(askers) * len(homes) > most_pairs:
        raise InvalidInput(
            "All pairs of {n_startups} startups and {n_carriers} carriers are too many; share the lists of a run out.",
            field="wide",
            n_startups=len(askers),
            n_carriers=len(homes),
        )
    everybody = np.full(len(homes), np.inf, np.float32)  # no leads are wanted
    world = World(askers, BoundMaker(ranker, homes), 1, everybody)
    columns = np.arange(len(homes)) if carriers is None else np.array(sorted(carriers), np.int64)
    worth = np.zeros((len(askers), len(homes)), np.int32)
    for start in range(0, len(askers), N_AT_ONCE):
        rows = np.arange(start, min(start + N_AT_ONCE, len(askers)))
        pairs = score_columns(world, rows, columns).pairs
        worth[pairs.startup, pairs.carrier] = worth_of_ranked(pairs.score.astype(np.float64), ranker.calibration)
    return worth
