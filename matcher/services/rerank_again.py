"""Looks once more, among all startups, for the leads of carriers whose threshold was too high."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.features.sides import Askers, Rows
from matcher.ranking.chosen_pairs import score_chosen
from matcher.retrieval.bounds import BoundMaker
from matcher.retrieval.floors import reaching
from matcher.services.rerank_block import N_AT_ONCE, Pairs, World

N_TOGETHER = 512  # carriers whose bounds are held at once


@dataclass(frozen=True)
class Again:
    """What was found."""

    leads: Pairs
    n_scored: int  # pairs scored exactly


def with_everybody(world: World, leads: Pairs, carriers: Rows, n_leads: int) -> Again:
    """The leads, those of these carriers found among all startups.

    The startups stream past the carriers; only pairs whose bound reaches the n-th best score so far are scored, so
    nobody is missed. Rows of carriers in ascending order.
    """
    found, n_scored = [leads.rows(~np.isin(leads.carrier, carriers))], 0
    for start in range(0, len(carriers), N_TOGETHER):
        again = _best_of(world, leads.rows(slice(0, 0)), carriers[start : start + N_TOGETHER], n_leads)
        found.append(again.leads)
        n_scored += again.n_scored
    return Again(Pairs.joined(found), n_scored)


def _best_of(world: World, nothing: Pairs, carriers: Rows, n_leads: int) -> Again:
    place = np.full(len(world.homes), -1, np.int64)
    place[carriers] = np.arange(len(carriers))
    maker = BoundMaker(world.ranker, world.homes.rows(carriers))
    best, least, n_scored = nothing, np.full(len(carriers), -np.inf, np.float32), 0
    facts = world.askers.facts
    shown = np.flatnonzero(facts.lists & facts.discoverable)
    for start in range(0, len(shown), N_AT_ONCE):
        rows = shown[start : start + N_AT_ONCE]
        askers = _asking(world.askers.rows(rows), place)
        places = reaching(maker.bounds(askers), least)
        pairs = _scored(world, maker, askers, places)
        pairs = pairs.renumbered(rows[pairs.startup], pairs.carrier)
        best = _best_of_each(Pairs.joined([best, pairs]), n_leads)
        least = _nth_best(best, n_leads, len(carriers))
        n_scored += len(places)
    return Again(best.renumbered(best.startup, carriers[best.carrier]), n_scored)


def _asking(askers: Askers, place: NDArray[np.int64]) -> Askers:
    """With the carriers that they do not want by their rows among those looked at."""
    unwanted = np.column_stack([askers.unwanted[:, 0], place[askers.unwanted[:, 1]]])
    return replace(askers, unwanted=unwanted[unwanted[:, 1] >= 0])


def _scored(world: World, maker: BoundMaker, askers: Askers, places: Rows) -> Pairs:
    rows, columns = np.divmod(places, max(1, len(maker.homes)))
    scores = score_chosen(askers, maker.homes, maker.past, world.ranker, (rows, columns))
    return Pairs(
        startup=rows,
        carrier=columns.astype(np.int32),
        listed=np.zeros(len(rows), bool),
        lead=np.ones(len(rows), bool),
        score=scores.score,
        startup_utility=scores.startup_utility,
        carrier_utility=scores.carrier_utility,
        parts=scores.parts,
    )


def _best_of_each(pairs: Pairs, n: int) -> Pairs:
    """Of each carrier those that score at least its n-th best."""
    order = np.lexsort([-pairs.score, pairs.carrier])
    ordered = pairs.rows(order)
    first = np.searchsorted(ordered.carrier, ordered.carrier)
    place = np.minimum(first + n - 1, max(0, len(ordered) - 1))
    last = np.where(ordered.carrier[place] == ordered.carrier, ordered.score[place], -np.inf)
    return ordered.rows(ordered.score >= last)


def _nth_best(best: Pairs, n: int, n_carriers: int) -> NDArray[np.float32]:
    """The score that a startup has to reach, -inf where fewer than n are known; `best` by carrier, best first."""
    least = np.full(n_carriers, -np.inf, np.float32)
    position = np.arange(len(best)) - np.searchsorted(best.carrier, best.carrier)
    nth = position == n - 1
    least[best.carrier[nth]] = best.score[nth]
    return least
