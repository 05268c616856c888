"""Ranks all startups for one carrier by both sides' utility: many startups and one carrier in one block."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.domain.carriers import Carrier
from matcher.domain.eligibility import judge, startup_facts
from matcher.domain.ids import StartupId
from matcher.domain.matches import Verdict
from matcher.domain.startup_records import ListedStartup
from matcher.features.pairs import PairBlock, pair_features
from matcher.features.tables import StartupTable
from matcher.ports import Ranker
from matcher.ranking.board import Board
from matcher.ranking.reciprocal import reciprocal_parts, utility
from matcher.ranking.scoring import past_ratings, wished_places

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LeadRanking:
    """Startups for one carrier, best first; one row each, ties in the order of their ids."""

    startups: tuple[ListedStartup, ...] = ()
    parts: Floats = field(default_factory=lambda: np.zeros((0, 0)))  # shape (n_startups, n_criteria)
    scores: Floats = field(default_factory=lambda: np.zeros(0))  # the sums of the parts, exactly
    startup_utility: Floats = field(default_factory=lambda: np.zeros(0))
    carrier_utility: Floats = field(default_factory=lambda: np.zeros(0))
    wished: Floats = field(default_factory=lambda: np.zeros(0))  # 1 where the carrier lies where it wants to be
    excluded: frozenset[StartupId] = frozenset()  # by a rule of the carrier's own
    row_of: dict[StartupId, int] = field(default_factory=dict)


def rank_leads(
    startups: Sequence[ListedStartup], table: StartupTable, board: Board, row: int, ranker: Ranker, on: date
) -> LeadRanking:
    """All of them, also those that a rule excludes or that do not want to be seen: who asks may know some already.

    Args:
        startups: in the order of their ids.
        table: their columns, one row each.
        board: the carriers.
        row: the carrier's, on the board.
        ranker: as it serves startups.
        on: day on which the carrier's rules are applied.
    """
    if not startups:
        return LeadRanking()
    carrier = board.carriers[row]
    wished = _wished(startups, carrier, board)
    rated = past_ratings(ranker, table, [carrier])
    block = PairBlock(
        table,
        board.table.rows(slice(row, row + 1)),
        board.chain_columns,
        wished,
        None if rated is None else rated[:, 0],
    )
    startup_parts, carrier_parts = ranker.parts(pair_features(block))
    parts = reciprocal_parts(startup_parts, carrier_parts)
    scores = parts.sum(axis=1)
    order = np.argsort(-scores, kind="stable")
    ranked = tuple(startups[place] for place in order.tolist())
    return LeadRanking(
        startups=ranked,
        parts=parts[order],
        scores=scores[order],
        startup_utility=utility(startup_parts)[order],
        carrier_utility=utility(carrier_parts)[order],
        wished=wished[order],
        excluded=_excluded(startups, carrier, board, on),
        row_of={one.id: place for place, one in enumerate(ranked)},
    )


def _wished(startups: Sequence[ListedStartup], carrier: Carrier, board: Board) -> Floats:
    """NaN for a startup without a wish, and where it is unknown whether the carrier meets it."""
    wishes = {one.profile.stated.districts for one in startups}
    met = {wish: wished_places([carrier], wish, board.registry) for wish in wishes}
    met_by = {wish: np.nan if found is None else float(found[0]) for wish, found in met.items()}
    return np.array([met_by[one.profile.stated.districts] for one in startups])


def _excluded(startups: Sequence[ListedStartup], carrier: Carrier, board: Board, on: date) -> frozenset[StartupId]:
    rules = board.excluding_rules.get(carrier.id, ())
    if not rules:
        return frozenset()
    taxonomy = board.registry.taxonomy
    return frozenset(
        one.id
        for one in startups
        if any(
            verdict.verdict is Verdict.EXCLUDE
            for verdict in judge(rules, carrier, startup_facts(one.profile, taxonomy), on)
        )
    )
