"""Blocks of a network's startups, each ranked by itself: the work of an executor, and what is kept of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np

from matcher.domain.errors import RunStopped
from matcher.features.network_tables import NetworkTables
from matcher.features.past import Floats, Ints
from matcher.features.rounds import N_AT_ONCE, Events
from matcher.ports import Executor
from matcher.ranking.network import NetworkRanker

STARTUPS_IN_BLOCK = 4 * N_AT_ONCE  # a multiple, so that a block's numbers are those of the whole, to the last bit
ToldBlocks = Callable[[int, int], None]  # how many blocks are done, and of how many


@dataclass(frozen=True)
class NetworkWorld:
    """What all blocks need."""

    ranker: NetworkRanker
    tables: NetworkTables
    events: Events
    by_id: Ints  # rows of the carriers in the order of their ids
    k: int


@dataclass(frozen=True)
class RankedRows:
    """The best carriers of some startups, best first."""

    carriers: Ints  # rows, shape (n_startups, k)
    scores: Floats  # shape (n_startups, k)
    parts: Floats  # shape (n_startups, k, n_criteria)


@dataclass(frozen=True, slots=True)
class RowsTask:
    """Startups to rank for."""

    number: int  # of the block
    rows: tuple[int, ...]


class RankFiles(Protocol):
    """Finished blocks by name."""

    def block(self, name: str) -> RankedRows | None:
        """None where it is not there, or damaged."""

    def keep(self, name: str, block: RankedRows) -> None: ...

    def forget(self, but: Sequence[str]) -> None: ...


def rank_rows(world: NetworkWorld, task: RowsTask) -> RankedRows:
    """Equal scores in the order of ids."""
    rows = np.array(task.rows, np.int64)
    k = min(world.k, len(world.by_id))
    of_startups = chain.from_iterable(world.ranker.parts(world.tables, world.events, rows))
    found = [_best(parts, world.by_id, k) for parts in of_startups]
    return RankedRows(
        carriers=np.array([carriers for carriers, _, _ in found], np.int64).reshape(len(rows), k),
        scores=np.array([scores for _, scores, _ in found], np.float64).reshape(len(rows), k),
        parts=np.array([parts for _, _, parts in found], np.float64).reshape(len(rows), k, len(world.ranker.criteria)),
    )


def _best(parts: Floats, by_id: Ints, k: int) -> tuple[Ints, Floats, Floats]:
    scores = parts.sum(axis=1)
    carriers = by_id[np.argsort(-scores[by_id], kind="stable")][:k]
    return carriers, scores[carriers], parts[carriers]


@dataclass
class RankInBlocks:
    """Gives blocks in order, whatever order they are finished in; kept blocks are not computed again."""

    executor: Executor | None = None  # None: here, one after the other
    files: RankFiles | None = None  # None: nothing is kept
    name: str = ""  # of everything that decides what is in the blocks; files need it
    told: ToldBlocks = lambda _n_done, _n_blocks: None
    stop: Callable[[], bool] = lambda: False

    def __call__(self, world: NetworkWorld, rows: Sequence[int]) -> Iterator[RankedRows]:
        """One after the other, in the order of the rows.

        Args:
            world: what all blocks need.
            rows: of the startups that are asked for.

        Raises:
            RunStopped: `stop` said so.
        """
        starts = range(0, len(rows), STARTUPS_IN_BLOCK)
        tasks = [
            RowsTask(number, tuple(rows[start : start + STARTUPS_IN_BLOCK])) for number, start in enumerate(starts)
        ]
        waiting: dict[int, RankedRows] = {}
        n_done = n_given = 0
        for number, block in self._any_order(world, tasks):
            waiting[number] = block
            n_done += 1
            self.told(n_done, len(tasks))
            while n_given in waiting:
                yield waiting.pop(n_given)
                n_given += 1
        if n_given < len(tasks):
            raise RunStopped(
                "The run was stopped after {n_done} of {n_blocks} blocks. The same command goes on where it was."
                if self.files is not None
                else "The run was stopped after {n_done} of {n_blocks} blocks. Nothing of it was kept.",
                n_done=n_done,
                n_blocks=len(tasks),
            )
        if self.files is not None:
            self.files.forget(but=[self._name(task.number) for task in tasks])

    def _any_order(self, world: NetworkWorld, tasks: Sequence[RowsTask]) -> Iterator[tuple[int, RankedRows]]:
        left = []
        for task in tasks:
            block = None if self.files is None else self.files.block(self._name(task.number))
            if block is None:
                left.append(task)
            else:
                yield task.number, block
        for task, block in self._computed(world, left):
            if self.files is not None:
                self.files.keep(self._name(task.number), block)
            yield task.number, block

    def _computed(self, world: NetworkWorld, tasks: Sequence[RowsTask]) -> Iterator[tuple[RowsTask, RankedRows]]:
        if self.executor is not None:
            yield from self.executor.run(rank_rows, world, tasks, self.stop)
            return
        for task in tasks:
            if self.stop():
                return
            yield task, rank_rows(world, task)

    def _name(self, number: int) -> str:
        return f"{self.name}-{number:06}"
