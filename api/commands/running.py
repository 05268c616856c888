"""Ranks carriers for the startups of a file with a learned ranker, into a run file."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import orjson
import typer

from api.bootstrap import configured_encoder
from api.commands.learning import Files
from api.commands.lines import written_whole
from api.commands.opened import settings
from api.commands.voice import Voice
from api.terminal.progress import counting
from data.foreign_files import read_ids
from data.run_files import check_run_name, write_run
from matcher.domain.interactions import last_day
from matcher.domain.messages import Message
from matcher.services.network_vectors import n_texts
from matcher.services.rank import Rank
from models.network_store import load_network


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for."""

    until: str
    k: int
    queries: Path | None
    parts: bool


def run(files: Files, model: Path, asked: Asked, out: Path, *, lang: str | None, as_json: bool) -> bool:
    """Whether every startup that was asked for is in the run."""
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
    rank = Rank(encoder=configured_encoder(settings()), ranker=ranker)
    to_read = network.with_startups(startups)
    with (
        counting(n_texts(to_read), voice.sentence(Message.of("Reading the texts"))) as told,
        written_whole(out) as file,
    ):
        pairs = rank(network, until=day, startups=startups, k=asked.k, told=told)
        n_pairs = write_run(out, file, pairs, ranker.criteria if asked.parts else ())
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
    return not missing
