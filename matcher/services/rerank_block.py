"""One block of a run: some startups against all carriers, for both sides' lists at once. Arrays in, arrays out."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.features.sides import Askers, Homes
from matcher.ports import SeparableRanker
from matcher.ranking.chosen_pairs import PairScores, score_chosen
from matcher.retrieval.bounds import BoundMaker, Bounds, exclude
from matcher.retrieval.floors import LEAST, reaching, row_floors

N_AT_ONCE = 512  # startups whose bounds are held at once: 30 MB with 15,000 carriers
MARGIN = 0.02  # how far below its bound a score is looked for at first
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class World:
    """What all blocks of a run need, handed to each process once."""

    askers: Askers
    maker: BoundMaker  # the carriers' side
    k: int
    thresholds: NDArray[np.float32]  # score from which a startup may be among a carrier's leads, shape (n_carriers,)

    @property
    def homes(self) -> Homes:
        return self.maker.homes

    @property
    def ranker(self) -> SeparableRanker:
        return self.maker.ranker


@dataclass(frozen=True)
class Pairs:
    """Pairs that may come into a list, by startup, best first; one row each."""

    startup: Rows  # row among the run's startups
    carrier: NDArray[np.int32]  # row among its carriers
    listed: NDArray[np.bool_]  # among the best k of the startup, or its core park
    lead: NDArray[np.bool_]  # may be among the best startups of the carrier
    score: NDArray[np.float32]
    startup_utility: NDArray[np.float32]
    carrier_utility: NDArray[np.float32]
    parts: NDArray[np.float32]  # shape (n_pairs, n_criteria)

    def __len__(self) -> int:
        return len(self.startup)

    def rows(self, chosen: Rows | NDArray[np.bool_] | slice) -> Self:
        return type(self)(**{column.name: getattr(self, column.name)[chosen] for column in fields(self)})

    def renumbered(self, startup: Rows, carrier: NDArray[np.integer]) -> Self:
        """The same with these rows."""
        return replace(self, startup=startup, carrier=carrier.astype(np.int32))

    @classmethod
    def joined(cls, some: Sequence[Self]) -> Self:
        """All of them in this order; there is at least one."""
        return cls(
            **{column.name: np.concatenate([getattr(one, column.name) for one in some]) for column in fields(cls)}
        )


@dataclass(frozen=True)
class Computed:
    """What a block gives."""

    pairs: Pairs
    n_scored: int  # pairs scored exactly


def compute_block(world: World, rows: Rows) -> Computed:
    """The pairs of these startups, rows in ascending order."""
    found = [_of_some(world, rows[start : start + N_AT_ONCE]) for start in range(0, max(1, len(rows)), N_AT_ONCE)]
    return Computed(Pairs.joined([one.pairs for one in found]), sum(one.n_scored for one in found))


def _of_some(world: World, rows: Rows) -> Computed:
    asking = rows[world.askers.facts.lists[rows]]
    askers = world.askers.rows(asking)
    bounds = world.maker.bounds(askers)
    floors = row_floors(bounds, world.k) if 2 * world.k < bounds.shape[1] else np.full((len(bounds), 1), -np.inf)
    floors = (floors - MARGIN).astype(np.float32)
    leads = _lead_places(world, askers, bounds)
    places = _together(reaching(bounds, floors), leads, _park_places(askers, bounds))
    found = _scored(world, askers, bounds, places)
    short = np.flatnonzero(~found.proven(floors[:, 0]))
    if len(short):  # the best lie further below their bounds: look down to the k-th that was found
        deeper = np.full((len(bounds), 1), np.inf, np.float32)
        deeper[short, 0] = np.nextafter(found.least[short], np.float32(-np.inf))
        found = found.with_more(_scored(world, askers, bounds, np.setdiff1d(reaching(bounds, deeper), found.place)))
    return Computed(found.pairs(askers, asking, leads, world.thresholds), len(found.place))


def score_columns(world: World, rows: Rows, carriers: Rows) -> Computed:
    """Exact scores of all these startups with these carriers, rows in ascending order; none is listed yet."""
    found = []
    for start in range(0, max(1, len(rows)), N_AT_ONCE):
        some = rows[start : start + N_AT_ONCE]
        asking = some[world.askers.facts.lists[some]]
        askers = world.askers.rows(asking)
        possible = exclude(np.zeros((len(asking), len(world.homes)), np.float32), askers, world.homes)
        row, column = np.nonzero(possible[:, carriers] > LEAST)
        column = carriers[column]
        scores = score_chosen(askers, world.homes, world.maker.past, world.ranker, (row, column))
        found.append(
            Pairs(
                startup=asking[row],
                carrier=column.astype(np.int32),
                listed=np.zeros(len(row), bool),
                lead=askers.facts.discoverable[row] & (scores.score >= world.thresholds[column]),
                score=scores.score,
                startup_utility=scores.startup_utility,
                carrier_utility=scores.carrier_utility,
                parts=scores.parts,
            )
        )
    pairs = Pairs.joined(found)
    return Computed(pairs, len(pairs))


def _together(*some: Rows) -> Rows:
    """Each place once, ascending."""
    places = np.concatenate(some)
    places.sort(kind="stable")
    return places[np.diff(places, prepend=-1) > 0]


def _lead_places(world: World, askers: Askers, bounds: Bounds) -> Rows:
    """Of pairs whose bound reaches the carrier's threshold, of startups that carriers may see."""
    shown = np.flatnonzero(askers.facts.discoverable)
    if len(shown) == len(bounds):
        return reaching(bounds, world.thresholds)
    places = reaching(bounds[shown], world.thresholds)
    n_columns = bounds.shape[1]
    found: Rows = shown[places // n_columns] * n_columns + places % n_columns
    return found


def _park_places(askers: Askers, bounds: Bounds) -> Rows:
    """Of each startup with the core park of its chain."""
    having = np.flatnonzero(askers.facts.park >= 0)
    places = having * bounds.shape[1] + askers.facts.park[having]
    possible: Rows = places[bounds.ravel()[places] > LEAST]
    return possible


@dataclass(frozen=True)
class _Scored:
    """Places of pairs with their exact scores, by startup, best first, equal scores by carrier."""

    place: Rows
    row: Rows
    column: Rows
    scores: PairScores
    k: int
    shape: tuple[int, ...]

    @classmethod
    def of(cls, places: Rows, scores: PairScores, k: int, shape: tuple[int, ...]) -> Self:
        """From pairs in any order; `shape` is that of all pairs."""
        rows, columns = np.divmod(places, max(1, shape[1]))
        order = np.lexsort([columns, -scores.score, rows])
        return cls(places[order], rows[order], columns[order], scores.rows(order), k, shape)

    def with_more(self, other: Self) -> Self:
        """Both together."""
        scores = PairScores.joined([self.scores, other.scores])
        return self.of(np.concatenate([self.place, other.place]), scores, self.k, self.shape)

    @cached_property
    def position(self) -> Rows:
        """Within the startup's pairs, from 0."""
        return np.arange(len(self.row)) - np.searchsorted(self.row, self.row)

    @property
    def least(self) -> NDArray[np.float32]:
        """The k-th best score of each startup; -inf where there are fewer."""
        least = np.full(self.shape[0], -np.inf, np.float32)
        kth = self.position == self.k - 1
        least[self.row[kth]] = self.scores.score[kth]
        return least

    def proven(self, floors: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Whether nobody below the floor can be among a startup's best."""
        return (self.least >= floors) | np.isinf(self.least)

    def pairs(self, askers: Askers, rows: Rows, leads: Rows, thresholds: NDArray[np.float32]) -> Pairs:
        is_listed = (self.position < self.k) | (self.column == askers.facts.park[self.row])
        is_lead = np.isin(self.place, leads) & (self.scores.score >= thresholds[self.column])
        kept = is_listed | is_lead
        return Pairs(
            startup=rows[self.row[kept]],
            carrier=self.column[kept].astype(np.int32),
            listed=is_listed[kept],
            lead=is_lead[kept],
            score=self.scores.score[kept],
            startup_utility=self.scores.startup_utility[kept],
            carrier_utility=self.scores.carrier_utility[kept],
            parts=self.scores.parts[kept],
        )


def _scored(world: World, askers: Askers, bounds: Bounds, places: Rows) -> _Scored:
    pairs = np.divmod(places, max(1, bounds.shape[1]))
    scores = score_chosen(askers, world.homes, world.maker.past, world.ranker, pairs)
    return _Scored.of(places, scores, world.k, bounds.shape)
