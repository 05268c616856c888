"""Runs over all pairs of made-up startups and carriers, beside what the machine could do at most."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from api.bench.generated import with_other_startups
from api.bench.limits import free_cores, limits
from api.bench.nation import DAY, DIMS, made_up_board, made_up_sides, run
from api.bench.rows import Row, measured, skipped
from api.bench.scoring import lightgbm_rate
from api.bench.turns import Spread, in_turns
from api.executor_kinds import ExecutorKind
from api.executors import RayExecutor
from matcher.domain.reranking_runs import RerankOrder
from matcher.domain.startups import Description
from matcher.ranking.board import Board
from matcher.retrieval.bounds import BoundMaker
from matcher.retrieval.floors import reaching, row_floors
from matcher.services.rerank_all import Sides
from models.bench_encoder import texts_of_length
from models.learned_ranker import load_ranker
from models.onnx_encoder import OnnxEncoder
from models.readers import load_reader

CITY, REGION = (2_000, 100), (20_000, 1_000)
MOST_CITY_S, MOST_REGION_S = 3.0, 40.0
LEAST_OF_PEAK = 0.4
MOST_INCREMENTAL = 0.05
MOST_OF_BOUND, MOST_MB = 1.35, 1_024.0
LEAST_OF_TWO, MOST_OF_POOL = 1.7, 1.5
FREE = 1.9  # of two cores: else it is not told what two processes could do
LEAST_SAMPLE = 100_000  # startups: with fewer, what carriers' leads cost hides what grows, and nothing is promised
N_CANDIDATES = 200  # of a startup, that the bound has scored
N_TOKENS, N_TEXTS = 60, 24
ORDER = RerankOrder(on=DAY)


@dataclass(frozen=True)
class Sample:
    """How much of a nation is run."""

    n_startups: int = 140_000
    n_carriers: int = 15_000
    n_for_executors: int = 40_000  # startups; 0: executors are left out


def run_rows(sample: Sample = Sample()) -> Iterator[Row]:
    board = made_up_board()
    yield _seconds_row("city", board, CITY, MOST_CITY_S)
    yield _seconds_row("region", board, REGION, MOST_REGION_S)
    yield from _changed_rows(board)
    yield _product_row(board, sample.n_carriers)
    yield from _nation_rows(sample)
    if sample.n_for_executors:
        yield from _executor_rows(Sample(sample.n_for_executors, sample.n_carriers))


def _name(size: Sequence[int]) -> str:
    return f"{size[0]:,} x {size[1]:,}"


def _seconds_row(figure: str, board: Board, size: tuple[int, int], limit: float) -> Row:
    sides = made_up_sides(board, *size)
    taken = Spread.of(np.array([_run_once(sides) for _ in range(3)]))
    name = f"run of a {figure}, {_name(size)}, without reading texts"
    return measured(name, taken, "s", limit=limit, at_most=True, note="processor time, one process")


def _run_once(sides: Sides) -> float:
    with TemporaryDirectory() as folder:
        return _spent(lambda: run(sides, Path(folder), ExecutorKind.LOCAL, 1, ORDER))


def _spent(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _changed_rows(board: Board) -> Iterator[Row]:
    """A run after one text in a hundred has changed, with and without reading the texts."""
    n_startups = REGION[0]
    sides = made_up_sides(board, *REGION)
    rng = np.random.default_rng(7)
    changed = with_other_startups(sides, board, rng.choice(n_startups, n_startups // 100, replace=False))
    with TemporaryDirectory() as folder:
        full = _spent(lambda: run(sides, Path(folder), ExecutorKind.LOCAL, 1, ORDER))
        again = _spent(lambda: run(changed, Path(folder), ExecutorKind.LOCAL, 1, ORDER))
    text = seconds_of_a_text(board)
    whole, part = full + n_startups * text.median, again + n_startups // 100 * text.median
    yield Row(
        figure=f"1 % changed texts / everything anew, {_name(REGION)}",
        value=part,
        unit="s",
        reference=whole,
        ratio=part / whole,
        limit=MOST_INCREMENTAL,
        at_most=True,
        note=f"reading a text of {N_TOKENS} tokens measured at {1000 * text.median:.1f} ms, times their number",
    )
    yield Row(
        figure="the same without reading texts",
        value=again,
        unit="s",
        reference=full,
        ratio=again / full,
        note="lists are joined and written in full each time",
    )


def seconds_of_a_text(board: Board) -> Spread:
    """Processor time of encoding and reading one of this length."""
    encoder = OnnxEncoder()
    reader = load_reader(encoder, board.registry.taxonomy)
    texts = texts_of_length(N_TOKENS, N_TEXTS, encoder)
    turns = in_turns((lambda n: reader.read([Description(text=texts[n][1])], date(2026, 1, 1)),), N_TEXTS)
    return turns.of(0)


def _product_row(board: Board, n_carriers: int) -> Row:
    """Bounds of some startups with all carriers, and who reaches the floor, beside the multiplication alone."""
    n_startups = 512
    sides = made_up_sides(board, n_startups, n_carriers)
    maker = BoundMaker(load_ranker(), sides.homes)
    out = np.empty((n_startups, n_carriers), np.float32)

    def work(_: int) -> object:
        bounds = maker.bounds(sides.askers, out)
        return reaching(bounds, row_floors(bounds, N_CANDIDATES))

    operations = 2 * n_startups * n_carriers * maker.n_columns / 1e9
    rates = operations / in_turns((work,), 9).seconds[0]
    share = Spread.of(rates / limits().multiply.median)
    return Row(
        figure=f"product and selection of {N_CANDIDATES} of {n_carriers:,} / product at its peak",
        value=float(np.median(rates)),
        unit="GFLOP/s",
        reference=limits().multiply.median,
        ratio=share.median,
        limit=LEAST_OF_PEAK,
        spread=(share.low, share.high),
        note=f"{maker.n_columns} columns; the sides of the product are laid out as well",
    )


def _nation_rows(sample: Sample) -> Iterator[Row]:
    size = (sample.n_startups, sample.n_carriers)
    figures = nation_figures(sample, ExecutorKind.LOCAL, 1)
    rate = lightgbm_rate()
    bound = figures["product_at_peak_s"] + sample.n_startups * N_CANDIDATES / rate.median
    yield Row(
        figure=f"run of a part of a nation, {_name(size)} / its bound",
        value=figures["processor_s"],
        unit="s",
        reference=bound,
        ratio=figures["processor_s"] / bound,
        limit=MOST_OF_BOUND if sample.n_startups >= LEAST_SAMPLE else None,
        at_most=True,
        note=f"bound: product of {DIMS} columns at its peak, {figures['product_at_peak_s']:.1f} s, and LightGBM on "
        f"{N_CANDIDATES} pairs a startup at {rate.median:,.0f} a second; "
        f"{figures['n_pairs_scored'] / sample.n_startups:.0f} pairs a startup were scored",
    )
    yield Row(
        figure="the same / its product at peak alone",
        value=figures["processor_s"],
        unit="s",
        reference=figures["product_at_peak_s"],
        ratio=figures["processor_s"] / figures["product_at_peak_s"],
    )
    yield Row(
        figure="most memory beside the startups' vectors",
        value=figures["most_own_memory_mb"],
        unit="MB",
        limit=MOST_MB,
        at_most=True,
        note=f"looked at every 20 ms; vectors ({figures['vectors_mb']} MB) and other columns lie in mapped files: with "
        f"what of them was resident, and with making them up, {figures['most_memory_mb']} MB",
    )


def _executor_rows(sample: Sample) -> Iterator[Row]:
    before = free_cores()
    one, pool = (nation_figures(sample, kind, 2) for kind in (ExecutorKind.LOCAL, ExecutorKind.POOL))
    yield Row(
        figure=f"pool of two / one process, {_name((sample.n_startups, sample.n_carriers))}",
        value=pool["processor_s"],
        unit="s",
        reference=one["processor_s"],
        ratio=pool["processor_s"] / one["processor_s"],
        note="processor time of all processes: what the pool costs beside the work",
    )
    figures = (
        "pool of two, blocks in wall clock: times as fast as one process",
        "Ray, two workers / pool of two, blocks in wall clock",
    )
    wall = [found["seconds"]["blocks"] for found in (one, pool)]
    missing = find_spec("ray") is None
    ray = None if missing or before < FREE else nation_figures(sample, ExecutorKind.RAY, 2)["seconds"]["blocks"]
    start = 0.0 if ray is None else ray_start_seconds()
    free = min(before, free_cores())
    if free < FREE:  # wall clock then tells of the others
        for figure in figures:
            yield skipped(figure, f"two processes got {free:.2f} cores: others were at work")
        return
    yield Row(
        figure=figures[0],
        value=wall[1],
        unit="s",
        reference=wall[0],
        ratio=wall[0] / wall[1],
        limit=LEAST_OF_TWO,
        note=f"starting the processes is in it; {free:.2f} cores were free before and after",
    )
    if ray is None:
        yield skipped(figures[1], "ray is not installed: pip install 'matcher[ray]'")
        return
    yield Row(
        figure=figures[1],
        value=ray - start,
        unit="s",
        reference=wall[1],
        ratio=(ray - start) / wall[1],
        limit=MOST_OF_POOL,
        at_most=True,
        note=f"without the {start:.1f} s that Ray takes to start and to stop",
    )


def nation_figures(sample: Sample, kind: ExecutorKind, workers: int) -> dict[str, Any]:
    """What `python -m api.bench.nation` says, from a process of its own, so that memory is its own."""
    with TemporaryDirectory(prefix="nation-") as folder:
        size = ["--startups", str(sample.n_startups), "--carriers", str(sample.n_carriers)]
        command = [sys.executable, "-m", "api.bench.nation", "--folder", str(folder), *size]
        command += ["--executor", kind.value, "--workers", str(workers)]
        environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    return figures


def ray_start_seconds() -> float:
    """Of a run of next to nothing, in a process of its own."""
    code = "from api.bench.runs import start_ray; print(start_ray())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def start_ray() -> float:
    """Wall clock from nothing to one result, and to nothing again."""
    start = time.perf_counter()
    list(RayExecutor(2).run(_echo, 2, [3]))
    return time.perf_counter() - start


def _echo(_: int, task: int) -> int:
    return task
