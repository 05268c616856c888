"""Ranks carriers for the startups of a file with a learned ranker, into a run file."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from threading import Event

import orjson
import typer

from api.bootstrap import configured_encoder
from api.commands.interrupts import asked_to_stop
from api.commands.learning import Files
from api.commands.lines import written_whole
from api.commands.opened import settings
from api.commands.voice import Voice
from api.executor_kinds import ExecutorKind
from api.executors import executor_of
from api.terminal.block_progress import shown_with_texts
from data.fingerprints import fingerprint
from data.foreign_files import read_ids
from data.rank_folder import RankFolder
from data.run_files import check_run_name, write_run
from matcher.domain.errors import RunStopped
from matcher.domain.interactions import last_day
from matcher.domain.messages import Message
from matcher.domain.networks import Network
from matcher.domain.reranking_runs import RerankProgress, RerankStage
from matcher.ranking.network import NetworkRanker
from matcher.services.network_vectors import n_texts
from matcher.services.rank import Rank
from matcher.services.rank_blocks import RankInBlocks
from models.network_store import load_network

MISSING, INTERRUPTED = 1, 130  # exit codes
NAME_CHARACTERS = 24


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for."""

    until: str
    k: int
    queries: Path | None
    parts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where blocks are computed, and where they are kept."""

    executor: ExecutorKind = ExecutorKind.LOCAL
    workers: int = 2
    ray_address: str = "local"
    keep: Path | None = None  # None: nothing is kept
    fresh: bool = False


def run(files: Files, model: Path, asked: Asked, where: Where, out: Path, *, lang: str | None, as_json: bool) -> int:
    """The exit code: 1 where a startup that was asked for is not in the files, 130 where it was asked to stop."""
    check_run_name(out)
    voice = Voice(lang)
    day = last_day(asked.until, "until")
    ranker = load_network(model)
    learned_to = date.fromisoformat(str(ranker.facts["until"]))
    if learned_to > day:
        voice.err(
            Message.of("The model was learned with knowledge up to {day}: it knows what came later.", day=learned_to)
        )
    network = files.read(day)
    voice.broken(network.broken)
    known = dict.fromkeys(startup.id for startup in network.startups)  # in the file's order
    wanted = None if asked.queries is None else read_ids(asked.queries)
    missing = [one for one in wanted or () if one not in known]
    for one in missing:
        voice.err(Message.of("There is no startup {id} in the file of startups.", id=one))
    startups = tuple(known if wanted is None else (one for one in wanted if one in known))
    with asked_to_stop() as stop:
        try:
            n_pairs = _write(_Work(ranker, network, startups, day, asked), where, out, voice, stop)
        except RunStopped as stopped:
            if not stop.is_set():
                raise
            voice.err(stopped.message)
            return INTERRUPTED
    if as_json:
        done = {"out": str(out), "n_startups": len(startups), "n_pairs": n_pairs, "missing": missing}
        typer.echo(orjson.dumps(done | {"n_broken": len(network.broken), "model": ranker.facts["id"]}))
    else:
        voice.out(
            Message.of(
                "Ranked for {n_startups} startups: {n_pairs} lines in {file}.",
                n_startups=len(startups),
                n_pairs=n_pairs,
                file=str(out),
            ),
            "green",
        )
    return MISSING if missing else 0


@dataclass(frozen=True, slots=True)
class _Work:
    """What is ranked by what."""

    ranker: NetworkRanker
    network: Network
    startups: tuple[str, ...]
    day: date
    asked: Asked

    def name(self) -> str:
        """Of everything that decides what is in the blocks."""
        used = (self.network.startups, self.network.carriers, self.network.interactions, self.startups)
        model = (self.ranker.facts["id"], self.ranker.encoder_id, self.ranker.features, version("matcher"))
        return fingerprint((*used, *model, self.day, self.asked.k))[:NAME_CHARACTERS]


def _write(work: _Work, where: Where, out: Path, voice: Voice, stop: Event) -> int:
    """How many lines were written."""
    encoder = configured_encoder(settings())
    with ExitStack() as stack:
        blocks = RankInBlocks(stop=stop.is_set)
        folder = None if where.keep is None else RankFolder(where.keep)
        if folder is not None:
            stack.enter_context(folder.held(fresh=where.fresh))
            encoder = folder.encoder(encoder)
            blocks.files, blocks.name = folder, work.name()
        scratch = None if folder is None else folder.scratch
        blocks.executor = executor_of(where.executor, where.workers, ray_address=where.ray_address, scratch=scratch)
        n_texts_to_read = n_texts(work.network.with_startups(work.startups))
        told_texts, told_blocks = stack.enter_context(shown_with_texts(voice, n_texts_to_read))

        def told(n_more: int) -> None:
            told_texts(n_more)
            if stop.is_set():
                raise RunStopped("The run was stopped while the texts were read.")

        blocks.told = lambda n_done, n_blocks: told_blocks(
            RerankProgress(stage=RerankStage.BLOCKS, n_blocks=n_blocks, n_done=n_done)
        )
        rank = Rank(encoder, work.ranker, blocks)
        file = stack.enter_context(written_whole(out))
        pairs = rank(work.network, until=work.day, startups=work.startups, k=work.asked.k, told=told)
        return write_run(out, file, pairs, work.ranker.criteria if work.asked.parts else ())
