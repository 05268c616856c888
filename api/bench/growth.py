"""How cost grows with startups and with carriers, on made-up ones shaped like the real ones, with fitted exponents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np

from api.bench.nation import DAY, made_up_board, made_up_sides, run
from api.bench.rows import Row
from api.executor_kinds import ExecutorKind
from matcher.domain.reranking_runs import RerankOrder
from matcher.ranking.board import Board

N_OTHERS = 1_000  # of the side that does not grow
STEPS = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
LONG_STEPS = (300_000, 1_000_000)
FITTED_FROM = 1_000  # below it what a run costs anyway hides what grows
ORDER = RerankOrder(on=DAY)


@dataclass(frozen=True, slots=True)
class Curve:
    """Processor seconds of runs by size."""

    name: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """Of the power of the size that fits best, by least squares on logarithms; NaN with fewer than two sizes."""
        chosen = np.array(self.sizes) >= FITTED_FROM
        if chosen.sum() < 2:
            return float("nan")
        return float(np.polyfit(np.log(np.array(self.sizes)[chosen]), np.log(np.array(self.seconds)[chosen]), 1)[0])

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "sizes": list(self.sizes),
            "seconds": [round(one, 4) for one in self.seconds],
            "exponent": round(self.exponent, 3),
        }


def growth_curves(steps: Sequence[int] = STEPS) -> Iterator[Curve]:
    """Of whole runs, lists written, without reading texts."""
    board = made_up_board()
    yield _curve(board, f"startups, {N_OTHERS:,} carriers", [(n, N_OTHERS) for n in steps], steps)
    yield _curve(board, f"carriers, {N_OTHERS:,} startups", [(N_OTHERS, n) for n in steps], steps)


def _curve(board: Board, name: str, sizes: Sequence[tuple[int, int]], steps: Sequence[int]) -> Curve:
    return Curve(name, tuple(steps), tuple(_seconds(board, *size) for size in sizes))


def _seconds(board: Board, n_startups: int, n_carriers: int) -> float:
    """The columns are made before the clock starts."""
    with TemporaryDirectory(prefix="growth-") as folder:
        columns = Path(folder) / "columns"
        columns.mkdir()
        sides = made_up_sides(board, n_startups, n_carriers, columns)
        start = process_time()
        run(sides, Path(folder) / "run", ExecutorKind.LOCAL, 1, ORDER)
        return process_time() - start


def growth_rows(curves: Sequence[Curve]) -> Iterator[Row]:
    for curve in curves:
        yield Row(
            figure=f"cost grows with {curve.name}: exponent",
            value=curve.exponent,
            unit="",
            note=f"fitted from {FITTED_FROM:,} to {max(curve.sizes):,}, where a run takes {max(curve.seconds):.1f} s; "
            f"with {min(curve.sizes):,} it takes {min(curve.seconds):.2f} s",
        )
