"""Learns a ranker from files and says what it rests on and how well it ranked a round that it had not seen."""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import orjson
import typer

from api.bootstrap import build_registry, configured_encoder
from api.commands.language import spoken
from api.commands.opened import settings
from api.sentences import Sentences
from api.terminal import console
from api.terminal.plain import line
from api.terminal.progress import counting
from data.fingerprints import fingerprint
from data.foreign_files import read_network
from matcher.domain.interactions import last_day
from matcher.domain.messages import Language, Message
from matcher.domain.networks import Network
from matcher.domain.seed import BrokenRow
from matcher.services.network_vectors import n_texts
from matcher.services.stored_network import StoredNetwork
from matcher.services.train import Train
from models.network_learner import AdditiveLearner
from models.network_store import save_network

MOST_SHOWN = 20  # broken rows; a wrong file has as many as it has lines


@dataclass(frozen=True, slots=True)
class Files:
    """A network's own files."""

    startups: Path
    carriers: Path
    interactions: Path

    def read(self, until: date | None) -> Network:
        return read_network(self.startups, self.carriers, self.interactions, until=until)


@dataclass(frozen=True, slots=True)
class FromStore:
    """What the store of these settings has on record."""

    def read(self, until: date | None) -> Network:
        """By default to the end of today: nothing lies after it."""
        with build_registry(settings()) as registry:
            return StoredNetwork(registry.transactions)(until or datetime.now(UTC).date())


@dataclass(frozen=True)
class Voice:
    """Says sentences on the two consoles."""

    lang: str | None
    sentences: Sentences = field(default_factory=Sentences.load)

    @property
    def language(self) -> Language:
        return spoken(self.lang, os.environ)

    def sentence(self, message: Message) -> str:
        return self.sentences.say(message, self.language)

    def out(self, message: Message, style: str = "") -> None:
        console.out().print(line(self.sentence(message), style))

    def err(self, message: Message, style: str = "yellow") -> None:
        console.err().print(line(self.sentence(message), style))

    def broken(self, rows: tuple[BrokenRow, ...]) -> None:
        """The first rows that could not be used, and how many there are."""
        for row in rows[:MOST_SHOWN]:
            self.err(Message.of("{file}, line {line}: {reason}", file=row.file, line=str(row.line), reason=row.reason))
        if rows:
            self.err(Message.of("Rows that cannot be used: {n}", n=len(rows)))


def learn(source: Files | FromStore, until: str | None, out: Path, *, lang: str | None, as_json: bool) -> None:
    """Learn, keep the model in `out`, and print its manifest's main figures."""
    voice = Voice(lang)
    network = source.read(None if until is None else last_day(until, "until"))
    voice.broken(network.broken)
    n_undated = sum(bool(one.text or one.tags) and one.as_of is None for one in network.carriers)
    if n_undated:
        voice.err(
            Message.of(
                "Texts and tags of {n} carriers are not used: as_of does not say since when they hold.", n=n_undated
            )
        )
    train = Train(encoder=configured_encoder(settings()), learner=AdditiveLearner())
    with counting(n_texts(network.with_startups()), voice.sentence(Message.of("Reading the texts"))) as told:
        ranker = train(network, until=None if until is None else last_day(until, "until"), told=told)
    used = (network.with_startups().startups, network.carriers, network.interactions)
    manifest = save_network(out, ranker, fingerprint(used))
    if as_json:
        typer.echo(orjson.dumps(manifest | {"n_broken": len(network.broken)}))
        return
    voice.out(
        Message.of(
            "Learned from {n_interactions} interactions of {n_startups} startups and {n_carriers} carriers to {until}.",
            n_interactions=len(network.interactions),
            n_startups=manifest["n_startups"],
            n_carriers=manifest["n_carriers"],
            until=date.fromisoformat(manifest["until"]),
        )
    )
    check = manifest["check"]
    if check is None:
        voice.out(Message.of("Not measured: a round that was not learned from is missing."))
    else:
        voice.out(
            Message.of(
                "nDCG@10 on the last round, not yet learned from: {ranker} (popularity {popularity}, chance {chance}).",
                ranker=f"{check['ranker']:.3f}",
                popularity=f"{check['popularity']:.3f}",
                chance=f"{check['random']:.3f}",
            )
        )
    if manifest["carriers_learn_from"] != "refusals":
        voice.out(Message.of("Refusals are hardly on record: whom carriers admit is learned from whom they chose."))
    voice.out(Message.of("The model is in {folder}.", folder=str(out)), "green")
