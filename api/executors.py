"""Where blocks of a run are computed: in this process, in a pool of processes, or on a Ray cluster."""

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from api.executor_kinds import ExecutorKind
from api.pool_worker import begin, do
from api.shared_file import write_shared
from matcher.domain.errors import PackageMissing, RunStopped
from matcher.ports import Executor

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Done = TypeVar("Done")
Work = Callable[[Shared, Task], Done]
AHEAD = 2  # tasks a worker that wait for it, so that it never waits for one
MOST_LOSSES = 3  # workers that a pool may lose before it gives up
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
RAY_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DEDUP_LOGS": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}


def _never() -> bool:
    return False


class LocalExecutor:
    """One task after the other, here."""

    def run(
        self, work: Work[Shared, Task, Done], shared: Shared, tasks: Iterable[Task], stop: Callable[[], bool] = _never
    ) -> Iterator[tuple[Task, Done]]:
        for task in tasks:
            if stop():
                return
            yield task, work(shared, task)


@dataclass(frozen=True)
class PoolExecutor:
    """Processes of this machine, each with one thread; what they share lies in a file that they map into memory."""

    workers: int
    scratch: Path | None = None  # where that file is kept meanwhile; None: where temporary files are

    def run(
        self, work: Work[Shared, Task, Done], shared: Shared, tasks: Iterable[Task], stop: Callable[[], bool] = _never
    ) -> Iterator[tuple[Task, Done]]:
        with TemporaryDirectory(dir=self.scratch, prefix="shared-") as folder:
            path = write_shared(Path(folder) / "shared", (work, shared))
            source, lost = iter(tasks), list[Task]()
            for _ in range(MOST_LOSSES + 1):
                running: dict[Future[Any], Task] = {}
                try:
                    yield from self._round(path, chain(lost, source), running, stop)
                    return
                except BrokenProcessPool:  # one was ended from outside: what it and the others had begun is done again
                    lost = list(running.values())
            raise RunStopped("The run was stopped: {n} workers were ended from outside.", n=MOST_LOSSES + 1)

    def _round(
        self, path: Path, tasks: Iterator[Task], running: dict[Future[Any], Task], stop: Callable[[], bool]
    ) -> Iterator[tuple[Task, Any]]:
        """Results as they come; what is in `running` has none yet."""
        with _one_thread():
            pool = ProcessPoolExecutor(
                self.workers, mp_context=get_context("spawn"), initializer=begin, initargs=(str(path), os.getpid())
            )
            try:
                while True:
                    for task in islice(_unless(stop, tasks), self.workers * AHEAD - len(running)):
                        running[pool.submit(do, task)] = task
                    if not running:
                        return
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for one in done:
                        result = one.result()
                        yield running.pop(one), result
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


def _unless(stop: Callable[[], bool], tasks: Iterator[Task]) -> Iterator[Task]:
    """One after the other, as long as nobody says stop."""
    while not stop():
        try:
            yield next(tasks)
        except StopIteration:
            return


@contextmanager
def _one_thread() -> Iterator[None]:
    """Processes that are started meanwhile compute with one thread each."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@dataclass(frozen=True)
class RayExecutor:
    """A Ray cluster, or processes of this machine that Ray starts; a task whose worker is lost is done again."""

    workers: int
    address: str = "local"  # or ray://host:port of a cluster that runs this version of the program

    def run(
        self, work: Work[Shared, Task, Done], shared: Shared, tasks: Iterable[Task], stop: Callable[[], bool] = _never
    ) -> Iterator[tuple[Task, Done]]:
        os.environ.update(RAY_QUIET)
        import ray  # noqa: PLC0415 - an extra that only this needs

        here = self.address == "local"
        with redirect_stdout(sys.stderr):  # Ray tells of lost workers on standard output, where answers go
            ray.init(
                address=self.address,
                num_cpus=self.workers if here else None,
                include_dashboard=False if here else None,
                runtime_env={"env_vars": ONE_THREAD | RAY_QUIET},
                logging_level=logging.ERROR,
                log_to_driver=False,
            )
            try:
                remote = ray.remote(num_cpus=1, max_retries=MOST_LOSSES)(work)
                shared_once = ray.put(shared)
                source = iter(tasks)
                running: dict[Any, Task] = {}
                while True:
                    for task in islice(_unless(stop, source), self.workers * AHEAD - len(running)):
                        running[remote.remote(shared_once, task)] = task
                    if not running:
                        return
                    done, _ = ray.wait(list(running), num_returns=1)
                    for one in done:
                        yield running.pop(one), ray.get(one)
            finally:
                ray.shutdown()


def executor_of(
    kind: ExecutorKind, workers: int, *, ray_address: str = "local", scratch: Path | None = None
) -> Executor:
    """The one that was asked for.

    Raises:
        PackageMissing: it needs Ray, which is not there.
    """
    if kind is ExecutorKind.POOL:
        return PoolExecutor(workers, scratch)
    if kind is ExecutorKind.RAY:
        if find_spec("ray") is None:
            raise PackageMissing(
                "{what} needs the package {package}: install matcher[{extra}].",
                what="--executor ray",
                package="ray",
                extra="ray",
            )
        return RayExecutor(workers, ray_address)
    return LocalExecutor()
