"""Rankings of all startups by carrier, kept until a startup, the registry or the day changes."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock

from matcher.domain.ids import CarrierId
from matcher.domain.lead_cards import LeadCard, card_of, known_places
from matcher.domain.messages import Texts
from matcher.domain.startup_records import StartupChanges
from matcher.features.tables import StartupTable, startup_table
from matcher.ports import Ranker
from matcher.ranking.board import Board
from matcher.ranking.lead_ranking import LeadRanking, rank_leads
from matcher.services.all_startups import ListedStartups

MOST_KEPT = 64  # carriers


@dataclass(frozen=True)
class RankedFor:
    """One carrier's ranking with the state of the world on which it rests."""

    board: Board
    row: int | None  # of the carrier; None where it is no home for startups
    ranking: LeadRanking
    places: dict[str, Texts]  # that a card may name

    @cached_property
    def cards(self) -> tuple[LeadCard, ...]:
        """Of all startups, in the order of the ranking."""
        return tuple(card_of(one.profile, one.language, self.places) for one in self.ranking.startups)


@dataclass
class LeadRankings:
    """One instance serves all requests; the ranker is that which serves startups."""

    board: Callable[[], Board]
    everybodys: Callable[[], ListedStartups]
    ranker: Ranker
    _world: tuple[str, StartupChanges, str] | None = field(default=None, init=False)
    _table: StartupTable | None = field(default=None, init=False, repr=False)
    _places: dict[str, Texts] = field(default_factory=dict, init=False, repr=False)
    _kept: OrderedDict[tuple[CarrierId, date], RankedFor] = field(default_factory=OrderedDict, init=False, repr=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def of(self, carrier: CarrierId, on: date) -> RankedFor:
        """All startups for this carrier; nobody where it is no home for startups."""
        board, listed = self.board(), self.everybodys()
        with self._lock:
            self._renew(board, listed)
            known = self._kept.get((carrier, on))
            if known is None:
                known = self._ranked(carrier, board, listed, on)
                self._kept[carrier, on] = known
                if len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end((carrier, on))
            return known

    def forget_erased(self) -> None:
        """A process that nobody asks must not go on holding what was erased."""
        with self._lock:
            if self._world is not None and self.everybodys().changes != self._world[1]:
                self._kept.clear()
                self._world = self._table = None

    def _renew(self, board: Board, listed: ListedStartups) -> None:
        """Forget what rests on another state of the world."""
        world = (board.registry.version.version, listed.changes, self.ranker.id)
        if world == self._world:
            return
        self._kept.clear()
        self._table = startup_table([one.profile for one in listed.startups], board.registry.taxonomy)
        self._places = known_places(board.registry)
        self._world = world

    def _ranked(self, carrier: CarrierId, board: Board, listed: ListedStartups, on: date) -> RankedFor:
        row = next((number for number, one in enumerate(board.carriers) if one.id == carrier), None)
        ranking = LeadRanking()
        if row is not None and self._table is not None:
            ranking = rank_leads(listed.startups, self._table, board, row, self.ranker, on)
        return RankedFor(board, row, ranking, self._places)
