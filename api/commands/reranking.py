"""Runs over all pairs of the store, shows how far it has come, and stops between two blocks when asked to."""

from dataclasses import dataclass, replace
from pathlib import Path

import orjson
import typer

from api.batch_services import How
from api.bootstrap import build_services
from api.commands.interrupts import asked_to_stop
from api.commands.opened import settings
from api.commands.voice import Voice
from api.executor_kinds import ExecutorKind
from api.executors import executor_of
from api.terminal.block_progress import shown
from matcher.domain.errors import RunStopped
from matcher.domain.messages import Message
from matcher.domain.reranking_runs import Reranked
from matcher.domain.run_records import RunRecord, RunWish
from matcher.domain.startups import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for, and how it is to be done."""

    k: int
    leads: int
    scope: str
    block: int
    executor: ExecutorKind
    workers: int
    ray_address: str
    fresh: bool
    out: Path | None


def run(asked: Asked, *, lang: str | None, as_json: bool) -> bool:
    """Whether it was done to its end; else it was asked to stop, and that is said."""
    voice = Voice(lang)
    with asked_to_stop() as stop, build_services(settings()) as services:
        batch = services.batch
        wish = RunWish(k=asked.k, leads=asked.leads, scope=Scope(asked.scope))
        scratch = batch.files(asked.out).scratch
        executor = executor_of(asked.executor, asked.workers, ray_address=asked.ray_address, scratch=scratch)
        try:
            with shown(voice) as told:
                if asked.out is None:
                    how = How(executor, asked.block, asked.fresh)
                    record, done = batch.recorded(how)(wish, told=told, stop=stop.is_set)
                else:  # apart from the store: neither recorded nor served
                    order = replace(wish.order(services.today()), block=asked.block)
                    record = None
                    done = batch.rerank(executor, asked.out)(order, told=told, stop=stop.is_set, fresh=asked.fresh)
        except RunStopped as stopped:
            if not stop.is_set():
                raise
            voice.err(stopped.message)
            return False
    if as_json:
        typer.echo(orjson.dumps(_said(done, record)))
    else:
        _say(voice, done, record)
    return True


def _say(voice: Voice, done: Reranked, record: RunRecord | None) -> None:
    voice.out(
        Message.of(
            "Ranked {n_startups} startups and {n_carriers} carriers for each other: {n_listed} lines of lists, "
            "{n_leads} of leads.",
            n_startups=done.n_startups,
            n_carriers=done.n_carriers,
            n_listed=done.n_listed,
            n_leads=done.n_leads,
        ),
        "green",
    )
    voice.out(
        Message.of(
            "Blocks computed: {n_computed}, known before: {n_reused}. The lists are in {folder}.",
            n_computed=done.n_blocks_computed,
            n_reused=done.n_blocks_reused,
            folder=str(done.folder),
        )
    )
    if record is not None:
        voice.out(Message.of("The run {id} is served from now on.", id=record.id))


def _said(done: Reranked, record: RunRecord | None) -> dict[str, object]:
    return {
        "id": done.id,
        "run": None if record is None else record.id,
        "lists": str(done.lists),
        "leads": str(done.leads),
        "n_startups": done.n_startups,
        "n_carriers": done.n_carriers,
        "n_listed": done.n_listed,
        "n_leads": done.n_leads,
        "n_pairs_scored": done.n_pairs,
        "n_blocks_computed": done.n_blocks_computed,
        "n_blocks_reused": done.n_blocks_reused,
        "n_startups_reused": done.n_rows_reused,
        "models": {name: getattr(done.models, name) for name in ("encoder", "reader", "ranker")},
        "registry": done.registry.version,
        "seconds": {name: round(value, 3) for name, value in done.seconds.items()},
    }
