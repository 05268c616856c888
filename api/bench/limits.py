"""What this machine can do at most, measured in the same run: the figures beside it are to be read against these."""

import multiprocessing
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from api.bench.rows import Row, measured
from api.bench.turns import Spread, in_turns

SIDE = 2048  # of the square matrices
N_DIMS, N_CARRIERS = 384, 15_000  # of the vectors
N_READ = 2**26  # numbers of 4 bytes: more than any cache holds
SPIN_S = 0.5


@dataclass(frozen=True, slots=True)
class Limits:
    """Rates of one thread."""

    multiply: Spread  # float32, billions of operations a second, the larger the better
    read: Spread  # billions of bytes a second


@cache
def limits() -> Limits:
    """Of square float32 matrices, and of summing up more numbers than a cache holds."""
    rng = np.random.default_rng(1)
    left, right = (rng.standard_normal((SIDE, SIDE), np.float32) for _ in range(2))
    out, numbers = np.empty_like(left), np.ones(N_READ, np.float32)
    turns = in_turns((lambda _: np.matmul(left, right, out=out), lambda _: numbers.sum()), 7)
    return Limits(
        multiply=Spread.of(2 * SIDE**3 / 1e9 / turns.seconds[0]), read=Spread.of(4 * N_READ / 1e9 / turns.seconds[1])
    )


def free_cores() -> float:
    """How many of two processes that do nothing but count get a core of their own: 2 where they are not disturbed."""
    started = multiprocessing.get_context("spawn")
    with started.Pool(2) as pool:
        shares: list[float] = pool.map(_share_of_a_core, [SPIN_S, SPIN_S], chunksize=1)
    return sum(shares)


def _share_of_a_core(seconds: float) -> float:
    start, spent = time.perf_counter(), time.process_time()
    while time.perf_counter() - start < seconds:
        pass
    return (time.process_time() - spent) / (time.perf_counter() - start)


def limit_rows() -> Iterator[Row]:
    found = limits()
    yield measured(
        f"limit: product of matrices, {SIDE} x {SIDE}", found.multiply, "GFLOP/s", note="float32, one thread"
    )
    yield measured("limit: reading memory", found.read, "GB/s", note="one thread")
    rng = np.random.default_rng(1)
    items = rng.standard_normal((N_CARRIERS, N_DIMS), np.float32)
    turns = in_turns((lambda _: items @ items[0],), 51)
    yield measured(
        f"limit: one vector with {N_CARRIERS:,}",
        Spread.of(items.nbytes / 1e9 / turns.seconds[0]),
        "GB/s",
        note="numpy, as stored",
    )
    yield Row(
        figure="cores that two processes got",
        value=free_cores(),
        unit="",
        note=f"of {os.cpu_count()}; below 1.9 others were at work",
    )
