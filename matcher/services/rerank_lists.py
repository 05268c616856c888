"""Joins the blocks' pairs to the lists of both sides, in an order that no executor and no interruption changes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from matcher.features.sides import Rows
from matcher.ranking.reranking import CORE_PARK_WITHIN
from matcher.services.rerank_block import Pairs, World
from matcher.services.rerank_reuse import positions


@dataclass(frozen=True)
class Ranked:
    """Pairs of lists with their ranks, in the order in which they are kept."""

    pairs: Pairs
    rank: NDArray[np.int32]  # from 1
    lifted: NDArray[np.bool_]  # a core park that stands higher than its score


def startup_lists(world: World, pairs: Pairs) -> Ranked:
    """The lists of a block's startups: the best k, the core park of the chain among the first three."""
    listed = pairs.rows(pairs.listed)
    position = positions(listed)
    is_park = world.askers.facts.park[listed.startup] == listed.carrier
    lifted = is_park & (position >= CORE_PARK_WITHIN)
    places = np.full(len(world.askers), np.iinfo(np.int64).max)
    places[listed.startup[lifted]] = position[lifted]
    passed = (position >= CORE_PARK_WITHIN - 1) & (position < places[listed.startup])
    passed &= places[listed.startup] < np.iinfo(np.int64).max  # one place down for the park
    rank = np.where(lifted, CORE_PARK_WITHIN, position + 1 + passed)
    return _ordered(listed, rank, lifted, listed.startup, world.k)


def carrier_lists(world: World, leads: Pairs, n_leads: int) -> Ranked:
    """The best startups of each carrier, equal scores by id."""
    by_id = np.empty(len(world.askers), np.int64)
    by_id[np.argsort(world.askers.ids.astype(np.str_), kind="stable")] = np.arange(len(by_id))
    order = np.lexsort((by_id[leads.startup], -leads.score, leads.carrier))
    ordered = leads.rows(order)
    starts = np.searchsorted(ordered.carrier, ordered.carrier)
    rank = np.arange(len(ordered)) - starts + 1
    return _ordered(ordered, rank, np.zeros(len(ordered), bool), ordered.carrier, n_leads)


def unproven(world: World, leads: Pairs, n_leads: int) -> Rows:
    """Carriers for which fewer startups reach the threshold than are wanted: there may be better ones below it."""
    n_found = np.bincount(leads.carrier, minlength=len(world.homes))
    return np.flatnonzero(np.isfinite(world.thresholds) & (n_found < n_leads))


def _ordered(
    pairs: Pairs, rank: NDArray[np.int64], lifted: NDArray[np.bool_], of: NDArray[np.integer], most: int
) -> Ranked:
    order = np.lexsort([rank, of])
    order = order[rank[order] <= most]
    return Ranked(pairs.rows(order), rank[order].astype(np.int32), lifted[order])


def columns_of(ranked: Ranked, criteria: Sequence[str]) -> dict[str, NDArray[np.generic]]:
    """What is kept of each pair beside the two ids, by name."""
    pairs = ranked.pairs
    named = {name: getattr(pairs, name) for name in ("score", "startup_utility", "carrier_utility")}
    parts = {name: pairs.parts[:, number] for number, name in enumerate(criteria)}
    return {"rank": ranked.rank, **named, **parts}


def no_pairs(n_criteria: int) -> Pairs:
    """Of nobody."""
    kinds = {"startup": np.int64, "carrier": np.int32, "listed": bool, "lead": bool}
    columns = {
        column.name: np.zeros((0, n_criteria) if column.name == "parts" else 0, kinds.get(column.name, np.float32))
        for column in fields(Pairs)
    }
    return Pairs(**columns)
