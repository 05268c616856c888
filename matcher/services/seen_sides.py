"""What a run has seen, kept for its record: names and hashes of both sides, without their columns."""

from collections.abc import Callable
from dataclasses import dataclass, field

from matcher.domain.ids import CarrierId
from matcher.domain.reranking_runs import RerankOrder
from matcher.domain.run_records import RunCarrier
from matcher.features.sides import Keys
from matcher.ranking.board import Board
from matcher.services.rerank_all import Sides


@dataclass(frozen=True)
class Seen:
    """Both sides of one run."""

    startups: tuple[str, ...]  # in the order of the run's lists
    startup_keys: Keys
    carriers: tuple[RunCarrier, ...]
    vocabulary: str

    def hash_of(self, row: int) -> str:
        """Of all that the run knew of the startup in this row."""
        return bytes(self.startup_keys[row]).hex()


@dataclass
class SeenSides:
    """Reads the sides, and remembers them until they are asked for."""

    sides: Callable[[RerankOrder], Sides]
    board: Callable[[], Board]
    _last: Seen | None = field(default=None, init=False)

    def __call__(self, order: RerankOrder) -> Sides:
        places = {one.id: one.places_left for one in self.board().carriers}
        sides = self.sides(order)
        homes = sides.homes
        self._last = Seen(
            startups=tuple(sides.askers.ids.tolist()),
            startup_keys=sides.askers.keys.copy(),
            carriers=tuple(
                RunCarrier(carrier=CarrierId(one), record_hash=bytes(key).hex(), places_left=places.get(CarrierId(one)))
                for one, key in zip(homes.ids, homes.keys, strict=True)
            ),
            vocabulary=sides.vocabulary,
        )
        return sides

    def seen(self) -> Seen:
        """Of the last run."""
        if self._last is None:
            raise RuntimeError("nothing was read yet")
        return self._last
