"""Runs over all pairs of made-up startups and carriers, of any size: `python -m api.bench.nation --folder DIR`.

The folder holds the made-up columns and the run, which goes on where it was when the same command is given again.
Beside it stands what the product of all vectors alone would take, at the rate of the same machine.
"""

import argparse
import json
import os
import resource
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np
from rich.console import Console

from api.batch_services import CRITERIA
from api.bench.generated import MadeUpStartups, made_up_homes
from api.bench.own_memory import most_own_memory
from api.bootstrap import build_registry
from api.executor_kinds import ExecutorKind
from api.executors import executor_of
from api.settings import Settings
from data.run_folder import RunFolder
from matcher.domain.matches import ModelIds
from matcher.domain.reranking_runs import Reranked, RerankOrder, RerankProgress
from matcher.ranking.board import Board, build_board
from matcher.services.rerank_all import RerankAll, Sides
from models.hashing_encoder import HashingEncoder
from models.learned_ranker import load_ranker

DAY = date(2026, 1, 1)
DIMS = 384  # of the released encoder
N_ROWS = 512
SEED = 1


def made_up_board() -> Board:
    """The real registry's columns; its carriers' vectors are of hashed characters, which no figure here depends on."""
    with TemporaryDirectory() as folder, build_registry(Settings(data_dir=Path(folder), database_url=None)) as registry:
        return build_board(registry.snapshot(), HashingEncoder(DIMS), "太仓")


def made_up_sides(board: Board, n_startups: int, n_carriers: int, folder: Path | None = None) -> Sides:
    homes = made_up_homes(board, n_carriers, np.random.default_rng(SEED))
    askers = MadeUpStartups(board, SEED).askers(n_startups, folder)
    return Sides(askers, homes, board.registry.version, "made up")


def run(
    sides: Sides, folder: Path, kind: ExecutorKind, workers: int, order: RerankOrder, console: Console | None = None
) -> Reranked:
    """One run with the released ranker."""
    began = time.perf_counter()

    def told(progress: RerankProgress) -> None:
        if console is not None and progress.n_done % 10 == 0:
            spent = time.perf_counter() - began
            console.print(f"{spent:7.1f} s {progress.stage} {progress.n_done}/{progress.n_blocks}", highlight=False)

    ranker = load_ranker()
    models = ModelIds(encoder="made-up", reader="made-up", ranker=ranker.id)
    executor = executor_of(kind, workers, scratch=folder / "scratch")
    return RerankAll(lambda _: sides, ranker, models, RunFolder(folder, CRITERIA), executor)(order, told=told)


def processor_seconds() -> float:
    """Of this process and of those that it has waited for."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def product_of_row(n_columns: int, n_carriers: int, n_times: int = 7) -> float:
    """Seconds of a float32 product of this shape, a startup."""
    rng = np.random.default_rng(SEED)
    left = rng.standard_normal((N_ROWS, n_columns), np.float32)
    right = rng.standard_normal((n_columns, n_carriers), np.float32)
    out = np.empty((N_ROWS, n_carriers), np.float32)
    taken = []
    for _ in range(n_times):
        start = process_time()
        np.matmul(left, right, out=out)
        taken.append(process_time() - start)
    return min(taken) / N_ROWS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="of the made-up columns and the run")
    parser.add_argument("--startups", type=int, default=700_000)
    parser.add_argument("--carriers", type=int, default=15_000)
    parser.add_argument("--executor", type=ExecutorKind, choices=list(ExecutorKind), default=ExecutorKind.POOL)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    console = Console(width=120)
    columns = asked.folder / "columns"
    columns.mkdir(parents=True, exist_ok=True)
    sides = made_up_sides(made_up_board(), asked.startups, asked.carriers, columns)
    made = processor_seconds()
    start = time.perf_counter()
    with most_own_memory() as own:
        done = run(sides, asked.folder / "run", asked.executor, asked.workers, RerankOrder(on=DAY), console)
    spent, wall = processor_seconds() - made, time.perf_counter() - start
    at_peak = product_of_row(DIMS, asked.carriers) * asked.startups
    vectors_mb = asked.startups * DIMS * 4 / 2**20
    figures = {
        "n_startups": done.n_startups,
        "n_carriers": done.n_carriers,
        "n_pairs_scored": done.n_pairs,
        "n_blocks_computed": done.n_blocks_computed,
        "n_listed": done.n_listed,
        "n_leads": done.n_leads,
        "wall_s": round(wall, 1),
        "processor_s": round(spent, 1),
        "product_at_peak_s": round(at_peak, 1),
        "vectors_mb": round(vectors_mb),
        "most_own_memory_mb": round(own.mb),
        "most_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**10,
        "most_memory_of_a_worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 2**10,
        "seconds": done.seconds,
        "cores": os.cpu_count(),
    }
    console.file.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
