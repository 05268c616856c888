"""Ranks everything at once, for both sides, in blocks that are never computed twice."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from matcher.domain.errors import RunStopped
from matcher.domain.matches import ModelIds
from matcher.domain.registry import RegistryVersion
from matcher.domain.reranking_runs import Reranked, RerankOrder, RerankProgress, RerankStage
from matcher.features.sides import Askers, Homes
from matcher.ports import Executor, SeparableRanker
from matcher.retrieval.bounds import BoundMaker
from matcher.services.rerank_again import with_everybody
from matcher.services.rerank_block import Pairs, World
from matcher.services.rerank_files import RunFiles
from matcher.services.rerank_lists import carrier_lists, no_pairs, startup_lists, unproven
from matcher.services.rerank_plan import Block, askers_digest, blocks_of, digest, homes_digest, settings_digest
from matcher.services.rerank_reuse import BlockTask, CarrierState, KnownBlock, compute, plan_block, same_carriers
from matcher.services.rerank_thresholds import Thresholds, thresholds

Told = Callable[[RerankProgress], None]
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Sides:
    """Everything that a run is about."""

    askers: Askers
    homes: Homes
    registry: RegistryVersion
    vocabulary: str  # digest of what the columns mean


@dataclass
class _Run:
    """One run while it goes on."""

    id: str
    world: World
    carriers: str  # name of the state of the carriers
    of_carriers: CarrierState
    blocks: list[Block]
    names: list[str]  # of the blocks' files
    n_done: int = 0
    n_reused: int = 0
    n_rows_reused: int = 0
    n_pairs: int = 0
    kept: dict[int, Pairs] = field(default_factory=dict)  # by block, while the rest of it is computed

    def progress(self, stage: RerankStage) -> RerankProgress:
        return RerankProgress(stage=stage, n_blocks=len(self.blocks), n_done=self.n_done, n_reused=self.n_reused)


@dataclass
class RerankAll:
    """One folder, one ranker; any executor gives the same lists."""

    sides: Callable[[RerankOrder], Sides]
    ranker: SeparableRanker
    models: ModelIds
    files: RunFiles
    executor: Executor

    def __call__(
        self,
        order: RerankOrder,
        *,
        told: Told = lambda _: None,
        stop: Stop = lambda: False,
        fresh: bool = False,
    ) -> Reranked:
        """As `matcher.ports.Reranks` says; `fresh` computes once more what is known already."""
        seconds: dict[str, float] = {}
        with self.files.held():
            told(RerankProgress(stage=RerankStage.READING))
            with _timed(seconds, RerankStage.READING):
                sides = self.sides(order)
                run = self._begin(sides, order, fresh)
            known = None if fresh else self.files.result(run.id)
            if known is None:
                with _timed(seconds, RerankStage.BLOCKS):
                    self._compute(run, order.k, told, stop)
                told(run.progress(RerankStage.JOINING))
                with _timed(seconds, RerankStage.JOINING):
                    known = self._join(run, order.leads)
            else:
                run.n_reused, run.n_rows_reused = len(run.blocks), len(sides.askers)
            self.files.promote(run.id)
            self.files.forget_blocks(but=run.names)
            self.files.forget_carriers(but=[run.carriers])
            return Reranked(
                id=run.id,
                folder=self.files.result_folder(run.id),
                order=order,
                startups_hash=known["startups"],
                carriers_hash=known["carriers"],
                models=self.models,
                registry=sides.registry,
                n_startups=known["n_startups"],
                n_carriers=known["n_carriers"],
                n_pairs=run.n_pairs,
                n_blocks_computed=len(run.blocks) - run.n_reused,
                n_blocks_reused=run.n_reused,
                n_rows_reused=run.n_rows_reused,
                n_listed=known["n_listed"],
                n_leads=known["n_leads"],
                seconds=seconds,
            )

    def _begin(self, sides: Sides, order: RerankOrder, fresh: bool) -> _Run:
        askers, homes = sides.askers, sides.homes
        settings = settings_digest(order, self.models, sides.vocabulary, self.files.criteria)
        if fresh:
            self.files.forget_blocks()
            self.files.forget_carriers(but=())
        maker = BoundMaker(self.ranker, homes)
        state = CarrierState(homes.ids, homes.keys, self._thresholds(askers, maker, settings, order.leads))
        carriers = f"{settings}-{digest(homes_digest(homes), state.thresholds.tobytes())}"
        self.files.keep_carriers(carriers, state)
        blocks = blocks_of(askers, order.block)
        return _Run(
            id=digest(settings, askers_digest(askers), homes_digest(homes)),
            world=World(askers, maker, order.k, state.thresholds),
            carriers=carriers,
            of_carriers=state,
            blocks=blocks,
            names=[block.name(askers, carriers) for block in blocks],
        )

    def _thresholds(self, askers: Askers, maker: BoundMaker, settings: str, n_leads: int) -> Thresholds:
        """Those of earlier runs for carriers that are as they were: else every block would be another's."""
        homes = maker.homes
        found = np.full(len(homes), np.nan, np.float32)
        for name in reversed(self.files.carrier_states()):
            before = self.files.carriers(name) if name.startswith(settings) else None
            if before is not None:
                rows = same_carriers(homes.ids, homes.keys, before)
                usable = np.isnan(found) & (rows >= 0)
                found[usable] = before.thresholds[rows[usable]]
        missing = np.isnan(found)
        return np.where(missing, thresholds(askers, maker, n_leads), found) if missing.any() else found

    def _compute(self, run: _Run, k: int, told: Told, stop: Stop) -> None:
        told(run.progress(RerankStage.BLOCKS))
        for task, computed in self.executor.run(compute, run.world, self._tasks(run, k, told), stop):
            pairs = computed.pairs
            if task.number in run.kept:
                pairs = Pairs.joined([run.kept.pop(task.number), pairs])
                pairs = pairs.rows(np.argsort(pairs.startup, kind="stable"))
            run.n_pairs += computed.n_scored
            self._keep(run, task.number, pairs)
            told(run.progress(RerankStage.BLOCKS))
        if run.n_done < len(run.blocks):
            raise RunStopped(
                "The run was stopped after {n_done} of {n_blocks} blocks. The same command goes on where it was.",
                n_done=run.n_done,
                n_blocks=len(run.blocks),
            )

    def _tasks(self, run: _Run, k: int, told: Told) -> Iterator[BlockTask]:
        """What is left to compute; blocks of which everything is known are done on the way."""
        there = self.files.block_names()
        by_place = defaultdict(list)
        for name in there:
            by_place[name.rpartition("-")[0]].append(name)
        for number, (block, name) in enumerate(zip(run.blocks, run.names, strict=True)):
            if name in by_place[block.place]:
                run.n_done, run.n_reused = run.n_done + 1, run.n_reused + 1
                run.n_rows_reused += block.rows.stop - block.rows.start
                told(run.progress(RerankStage.BLOCKS))
                continue
            task, kept = self._planned(run, number, by_place[block.place], k)
            run.n_rows_reused += block.rows.stop - block.rows.start - len(task.rows)
            if kept is not None and not len(task.rows):
                self._keep(run, number, kept)
                told(run.progress(RerankStage.BLOCKS))
                continue
            if kept is not None:
                run.kept[number] = kept
            yield task

    def _planned(self, run: _Run, number: int, before: list[str], k: int) -> tuple[BlockTask, Pairs | None]:
        block = run.blocks[number]
        settings = run.carriers.partition("-")[0]
        for name in before:
            known = self.files.block(name)
            if known is None or not known.carriers.startswith(settings):
                continue
            state = run.of_carriers if known.carriers == run.carriers else self.files.carriers(known.carriers)
            if state is not None:
                return plan_block(number, run.world.askers, block.rows, known, run.of_carriers.rows_in(state), k)
        return BlockTask(number, block.row_numbers()), None

    def _keep(self, run: _Run, number: int, pairs: Pairs) -> None:
        block, askers = run.blocks[number], run.world.askers
        within = pairs.renumbered(pairs.startup - block.rows.start, pairs.carrier)
        known = KnownBlock(tuple(askers.ids[block.rows]), askers.keys[block.rows], run.carriers, within)
        self.files.keep_block(run.names[number], known)
        run.n_done += 1

    def _join(self, run: _Run, n_leads: int) -> Mapping[str, Any]:
        """Write the lists; what is kept beside them."""
        world = run.world
        leads = no_pairs(len(self.files.criteria))
        with self.files.new_result(run.id, world.askers.ids, world.homes.ids) as new:
            of_blocks = [leads]
            for block, name in zip(run.blocks, run.names, strict=True):
                pairs = self._pairs(run, block, name)
                new.lists.add(startup_lists(world, pairs))
                of_blocks.append(pairs.rows(pairs.lead))
            leads = Pairs.joined(of_blocks)
            again = unproven(world, leads, n_leads)
            if len(again):
                found = with_everybody(world, leads, again, n_leads)
                leads = found.leads
                run.n_pairs += found.n_scored
            new.leads.add(carrier_lists(world, leads, n_leads))
            new.record.update(
                startups=askers_digest(world.askers),
                carriers=homes_digest(world.homes),
                n_startups=int(world.askers.facts.lists.sum()),
                n_carriers=len(world.homes),
                n_listed=new.lists.n_rows,
                n_leads=new.leads.n_rows,
            )
            return new.record

    def _pairs(self, run: _Run, block: Block, name: str) -> Pairs:
        """Of a finished block; computed once more where its file is damaged."""
        known = self.files.block(name)
        if known is None:
            return compute(run.world, BlockTask(0, block.row_numbers())).pairs
        return known.pairs.renumbered(known.pairs.startup + block.rows.start, known.pairs.carrier)


@contextmanager
def _timed(seconds: dict[str, float], stage: RerankStage) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[stage.value] = time.perf_counter() - start
