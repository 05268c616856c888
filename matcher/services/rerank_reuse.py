"""What can be kept of a block that was computed before: the pairs of startups and carriers that are as they were."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.features.sides import KEY_BYTES, Askers, Keys, Rows
from matcher.services.rerank_block import Computed, Pairs, World, compute_block, score_columns

MOST_CHANGED = 0.1  # of the carriers; with more of them a block is computed as if nothing were known


@dataclass(frozen=True)
class CarrierState:
    """Which carriers a block was computed for."""

    ids: tuple[str, ...]
    keys: Keys
    thresholds: NDArray[np.float32]

    def rows_in(self, other: "CarrierState") -> Rows:
        """For each carrier the row of the same, unchanged one in another state; -1 where there is none."""
        rows = same_carriers(self.ids, self.keys, other)
        known = np.flatnonzero(rows >= 0)
        rows[known[self.thresholds[known] != other.thresholds[rows[known]]]] = -1
        return rows


def same_carriers(ids: Sequence[str], keys: Keys, state: CarrierState) -> Rows:
    """For each carrier the row of the same, unchanged one in a state; -1 where there is none."""
    known = {one: row for row, one in enumerate(state.ids)}
    rows = np.array([known.get(one, -1) for one in ids], np.int64)
    found = np.flatnonzero(rows >= 0)
    rows[found[(keys[found] != state.keys[rows[found]]).any(axis=1)]] = -1
    return rows


@dataclass(frozen=True)
class KnownBlock:
    """A block as it was computed; its startups are counted within the block."""

    ids: tuple[str, ...]
    keys: Keys
    carriers: str  # digest of their state
    pairs: Pairs


@dataclass(frozen=True)
class KnownPairs:
    """Pairs of unchanged startups with unchanged carriers, and what is needed to put changed carriers beside them."""

    pairs: Pairs  # listed: among the best k so far
    rows: Rows  # the startups, ascending, also those without a pair
    kth: NDArray[np.float32]  # best score of each; -inf where all its carriers are known
    changed: Rows  # carriers that are new or have changed


@dataclass(frozen=True)
class BlockTask:
    """What is to be computed of one block, and what is known of it."""

    number: int  # of the block
    rows: Rows  # startups to look at in full
    known: KnownPairs | None = None  # of the others, where carriers have changed


def unchanged_rows(askers: Askers, block: slice, known: KnownBlock) -> tuple[Rows, Rows]:
    """Rows of startups that are as they were, and their rows in the known block."""
    place = {one: row for row, one in enumerate(known.ids)}
    rows = np.array([place.get(one, -1) for one in askers.ids[block]], np.int64)
    keys = known.keys.reshape(-1, KEY_BYTES)
    same = (rows >= 0) & (askers.keys[block] == keys[np.maximum(rows, 0)]).all(axis=1) if len(keys) else rows >= 0
    return block.start + np.flatnonzero(same), rows[same]


def plan_block(
    number: int, askers: Askers, block: slice, known: KnownBlock, of_known: Rows, k: int
) -> tuple[BlockTask, Pairs | None]:
    """What is left to do for a block, and the pairs that stay where no carrier has changed.

    Args:
        number: of the block.
        askers: the startups.
        block: their rows.
        known: the block as it was computed before.
        of_known: for each carrier of today its row in what the known block was computed for; -1 for a changed one.
        k: most carriers of a list.
    """
    rows, before = unchanged_rows(askers, block, known)
    rest = np.setdiff1d(np.arange(block.start, block.stop), rows)
    changed = np.flatnonzero(of_known < 0)
    if len(changed) > MOST_CHANGED * len(of_known):
        return BlockTask(number, np.arange(block.start, block.stop)), None
    now = np.full(len(known.ids), -1, np.int64)
    now[before] = rows
    of_startup = known.pairs.rows(now[known.pairs.startup] >= 0)
    best, kth = _best(of_startup, now, rows, k)
    n_before = int(max(of_known.max(initial=-1), of_startup.carrier.max(initial=-1))) + 1
    to_now = np.full(n_before, -1, np.int64)
    to_now[of_known[of_known >= 0]] = np.flatnonzero(of_known >= 0)
    stays = to_now[of_startup.carrier] >= 0
    kept = of_startup.rows(stays)
    kept = kept.renumbered(now[kept.startup], to_now[kept.carrier])
    if not len(changed) and stays.all():
        return BlockTask(number, rest), kept
    known_pairs = KnownPairs(replace(kept, listed=best[stays]), rows, kth, changed)
    return BlockTask(number, rest, known_pairs), None


def _best(pairs: Pairs, now: Rows, rows: Rows, k: int) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    """Whether each pair is among the k best of its startup, and the k-th best score of each of these startups.

    The score is -inf where a list had fewer: then it had everybody. A core park further down is not among them.
    """
    listed = np.flatnonzero(pairs.listed)
    position = positions(pairs.rows(listed))
    best = np.zeros(len(pairs), bool)
    best[listed[position < k]] = True
    kth = listed[position == k - 1]
    full = np.full(len(rows), -np.inf, np.float32)
    full[np.searchsorted(rows, now[pairs.startup[kth]])] = pairs.score[kth]
    return best, full


def positions(pairs: Pairs) -> Rows:
    """Of each pair within those of its startup, from 0; pairs of a startup stand side by side."""
    starts = np.flatnonzero(np.diff(pairs.startup, prepend=-1))
    lengths = np.diff(np.append(starts, len(pairs)))
    return np.arange(len(pairs)) - np.repeat(starts, lengths)


def compute(world: World, task: BlockTask) -> Computed:
    """A block's pairs, except those that need not be computed: the work of an executor."""
    if task.known is None:
        return compute_block(world, task.rows)
    scored = score_columns(world, task.known.rows, task.known.changed)
    merged, doubtful = _merged(world, task.known, scored.pairs)
    anew = compute_block(world, np.union1d(task.rows, doubtful))
    pairs = Pairs.joined([merged, anew.pairs])
    return Computed(pairs.rows(np.argsort(pairs.startup, kind="stable")), scored.n_scored + anew.n_scored)


def _merged(world: World, known: KnownPairs, added: Pairs) -> tuple[Pairs, Rows]:
    """Known pairs with those of the changed carriers, and the startups that have to be looked at in full.

    Whoever is in neither scored no more than the k-th of the old list. So where k pairs are known that score more, or
    were in that list, the best of them are the best; where a new score equals the k-th, the order of ids would decide,
    and the startup is looked at.
    """
    at_least = known.kth[np.searchsorted(known.rows, added.startup)]
    above = added.score > at_least
    doubtful = np.unique(added.startup[(added.score == at_least)])
    pairs = Pairs.joined([known.pairs, added])
    counts = np.concatenate([known.pairs.listed, above])
    order = np.lexsort((pairs.carrier, -pairs.score, pairs.startup))
    pairs, counts = pairs.rows(order), counts[order]
    n_known = np.bincount(np.searchsorted(known.rows, pairs.startup[counts]), minlength=len(known.rows))
    doubtful = np.union1d(doubtful, known.rows[np.isfinite(known.kth) & (n_known < world.k)])
    listed = np.zeros(len(pairs), bool)
    counting = np.flatnonzero(counts)
    listed[counting[positions(pairs.rows(counting)) < world.k]] = True
    listed |= world.askers.facts.park[pairs.startup] == pairs.carrier
    pairs = replace(pairs, listed=listed)
    return pairs.rows((listed | pairs.lead) & ~np.isin(pairs.startup, doubtful)), doubtful
