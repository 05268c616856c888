"""What an allocation is made of: pairs of a file, of the last run over all pairs, or all pairs of the store."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from api.services import Services
from data.scored_pairs import ScoredPairs, read_pairs
from matcher.domain.carriers import Carrier, Role
from matcher.domain.errors import InvalidFile, InvalidInput
from matcher.domain.messages import Message
from matcher.domain.reranking_runs import LISTS, RerankOrder
from matcher.domain.startups import Scope
from matcher.features.sides import Askers, Homes
from matcher.ports.allocation import Ints
from matcher.ranking.board import Board
from matcher.ranking.what_if import with_service
from matcher.ranking.wide_auction import Worths, priced_lists
from matcher.services.allocate import WIDTH, Market
from matcher.services.markets import (
    PairValues,
    as_order,
    market_of,
    places_of,
    worth_of_probabilities,
    worth_of_ranked,
    worth_of_scores,
)
from matcher.services.score_all import worth_of_all
from matcher.services.stored_sides import StoredSides


class Pairs(Protocol):
    """Who may go where, before anybody's places are looked at."""

    @property
    def carriers(self) -> tuple[str, ...]: ...

    @property
    def n_startups(self) -> int: ...

    @property
    def records(self) -> Mapping[str, Carrier]:
        """What the store knows about carriers, by id; empty where it was not asked."""

    @property
    def notes(self) -> tuple[Message, ...]: ...

    def market(self, places: Mapping[str, int | None]) -> Market: ...

    def with_services(self, more: Mapping[str, str]) -> "Pairs":
        """If each of these carriers offered one more service."""


@dataclass(frozen=True)
class ListedPairs:
    """Of lists that are there already: nothing is scored."""

    pairs: PairValues
    records: Mapping[str, Carrier] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()

    @property
    def carriers(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.pairs.carriers)))

    @property
    def n_startups(self) -> int:
        return len(set(self.pairs.startups))

    def market(self, places: Mapping[str, int | None]) -> Market:
        return market_of(self.pairs, places)

    def with_services(self, more: Mapping[str, str]) -> Pairs:
        raise InvalidInput("Another service changes scores: that takes all pairs of the store.", field="add_service")


@dataclass(frozen=True)
class AllPairs:
    """Of all startups and all carriers of the store, scored now."""

    services: Services
    scope: Scope
    board: Board
    askers: Askers
    homes: Homes
    worth: Worths  # startups and carriers in the order of their ids
    by_id: Ints  # rows of the startups in that order
    notes: tuple[Message, ...] = ()

    @property
    def carriers(self) -> tuple[str, ...]:
        return self.homes.ids

    @property
    def n_startups(self) -> int:
        return len(self.askers)

    @property
    def records(self) -> Mapping[str, Carrier]:
        return _records(self.services)

    def market(self, places: Mapping[str, int | None]) -> Market:
        everywhere = np.ones(len(self.homes), np.int64)
        return Market(
            startups=tuple(self.askers.ids[self.by_id].tolist()),
            carriers=self.homes.ids,
            free=priced_lists(self.worth, everywhere, np.zeros_like(everywhere), WIDTH),
            places=places_of(self.homes.ids, places),
            calibrated=True,
            all_pairs=self.worth,
        )

    def with_services(self, more: Mapping[str, str]) -> Pairs:
        board = self.board
        for carrier, service in more.items():
            board = with_service(board, carrier, service)
        homes = replace(self.homes, table=board.table_of_scope[self.scope])  # rules and wishes look at no service
        rows = [row for row, one in enumerate(homes.ids) if one in more]
        if len(rows) < len(more):
            raise InvalidInput("Not all carriers that would offer more are in this scope.", field="add_service")
        changed = worth_of_all(self.askers, homes, self.services.batch.ranker, rows)[self.by_id]
        worth = self.worth.copy()
        worth[:, rows] = changed[:, rows]
        return replace(self, board=board, homes=homes, worth=worth)


def pairs_of_file(path: Path) -> ListedPairs:
    """Raises InvalidFile, ImportRefused, PackageMissing."""
    found = read_pairs(path)
    worth = worth_of_probabilities if found.are_probabilities else worth_of_scores
    return ListedPairs(_values(found, worth(found.values), calibrated=found.are_probabilities), notes=found.notes)


def pairs_of_run(services: Services, folder: Path | None) -> ListedPairs:
    """Of the newest finished run; a startup that has left the store since is left out.

    Raises:
        InvalidFile: there is no finished run, or its lists are empty or damaged.
    """
    found = read_pairs(_lists_of_current(folder or services.batch.folder))
    there = services.startups.everybodys().by_id
    kept = np.array([one in there for one in found.startups])
    gone = len({one for one in found.startups if one not in there})
    note = Message.of("Startups of the run that have left the store since: {n}. They are left out.", n=gone)
    values = _values(found, worth_of_ranked(found.values, services.batch.ranker.calibration), calibrated=True)
    return ListedPairs(_rows(values, kept), _records(services), (note,) if gone else ())


def all_pairs(services: Services, scope: Scope) -> AllPairs:
    """Raises InvalidInput where there are too many."""
    board = services.batch.board()
    stored = StoredSides(services.registry.transactions, lambda: board, services.batch.models.reader)
    sides = stored(RerankOrder(scope=scope, on=services.today()))
    by_id = np.argsort(sides.askers.ids.astype(np.str_), kind="stable")
    worth = worth_of_all(sides.askers, sides.homes, services.batch.ranker)[by_id]
    return AllPairs(services, scope, board, sides.askers, sides.homes, worth, by_id)


def _records(services: Services) -> Mapping[str, Carrier]:
    return {one.id: one for one in services.registry.snapshot().carriers if one.role is Role.CARRIER}


def _lists_of_current(folder: Path) -> Path:
    try:
        current = json.loads((folder / "current.json").read_text(encoding="utf-8"))
        return folder / str(current["folder"]) / LISTS
    except (OSError, ValueError, KeyError, TypeError):
        raise InvalidFile(
            "There is no finished run in {folder}: rank everything first (matcher rerank).", field="run", folder=folder
        ) from None


def _values(found: ScoredPairs, worth: Ints, *, calibrated: bool) -> PairValues:
    likes, liked = (None, None) if found.utilities is None else (as_order(column) for column in found.utilities.T)
    return PairValues(found.startups, found.carriers, worth, likes, liked, calibrated)


def _rows(pairs: PairValues, kept: np.ndarray) -> PairValues:
    return replace(
        pairs,
        startups=[one for one, stays in zip(pairs.startups, kept, strict=True) if stays],
        carriers=[one for one, stays in zip(pairs.carriers, kept, strict=True) if stays],
        worth=pairs.worth[kept],
        likes=None if pairs.likes is None else pairs.likes[kept],
        liked=None if pairs.liked is None else pairs.liked[kept],
    )
