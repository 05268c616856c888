"""Scores one startup with all carriers of its scope."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.carriers import Carrier
from matcher.domain.district_names import district_names, folded
from matcher.domain.registry import Registry
from matcher.domain.startups import Profile, Scope
from matcher.features.pairs import PairBlock, pair_features
from matcher.features.tables import StartupTable, startup_table
from matcher.ports import Ranker
from matcher.ranking.board import Board
from matcher.ranking.reciprocal import reciprocal_parts, utility
from matcher.ranking.reranking import order_by_score


@dataclass(frozen=True, slots=True)
class Scored:
    """All pairs of one startup within its scope, one row each."""

    rows: NDArray[np.int64]  # of the board
    parts: NDArray[np.float64]  # shape (n_rows, n_criteria)
    startup_utility: NDArray[np.float64]
    carrier_utility: NDArray[np.float64]
    wished: NDArray[np.float64] | None  # 1 in a place wished for, 0 elsewhere, NaN unknown; None without a wish

    @property
    def order(self) -> NDArray[np.int64]:
        """Places among these rows, best first."""
        return order_by_score(self.parts.sum(axis=1))


def score_pairs(profile: Profile, board: Board, scope: Scope, ranker: Ranker) -> Scored:
    """Features, both sides' parts, and their mean."""
    rows = board.rows_of_scope[scope]
    carriers = board.carriers_of_scope[scope]
    wished = wished_places(carriers, profile.stated.districts, board.registry)
    startups = startup_table([profile], board.registry.taxonomy)
    rated = past_ratings(ranker, startups, carriers)
    block = PairBlock(
        startups, board.table_of_scope[scope], board.chain_columns, wished, None if rated is None else rated[0]
    )
    startup_parts, carrier_parts = ranker.parts(pair_features(block))
    return Scored(
        rows, reciprocal_parts(startup_parts, carrier_parts), utility(startup_parts), utility(carrier_parts), wished
    )


def past_ratings(ranker: Ranker, startups: StartupTable, carriers: Sequence[Carrier]) -> NDArray[np.float64] | None:
    """What the ranker wants to know of the past, shape (n_startups, n_carriers, 2)."""
    if ranker.past is None:
        return None
    return ranker.past.rated(
        subfields=startups.subfields,
        industries=startups.industries,
        stages=startups.stages,
        carriers=[carrier.id for carrier in carriers],
    )


def wished_places(carriers: Sequence[Carrier], places: Sequence[str], registry: Registry) -> NDArray[np.float64] | None:
    """1 where a carrier's district or city bears a name wished for, 0 where not, NaN where that is unknown.

    None where nothing is wished for. A place may be wished for in Chinese, English or German.
    """
    wanted = [folded(place) for place in places if folded(place)]
    if not wanted:
        return None
    return np.array([_is_wished(carrier, wanted, registry) for carrier in carriers])


def _is_wished(carrier: Carrier, wanted: Sequence[str], registry: Registry) -> float:
    known = [folded(name) for name in (carrier.city, *registry.place_name(carrier.city)) if name]
    if carrier.district:
        known += district_names(carrier.district, carrier.city or "")
    if any(place in name for place in wanted for name in known):
        return 1.0
    return 0.0 if carrier.district else float("nan")
