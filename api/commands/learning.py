"""Learns a ranker from files and says what it rests on and how well it ranked a round that it had not seen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import orjson
import typer

from api.bootstrap import build_registry, configured_encoder
from api.commands.opened import settings
from api.commands.voice import Voice
from api.terminal.progress import counting
from data.fingerprints import fingerprint
from data.foreign_files import read_network
from matcher.domain.interactions import last_day
from matcher.domain.messages import Message
from matcher.domain.networks import Network
from matcher.services.network_vectors import n_texts
from matcher.services.stored_network import StoredNetwork
from matcher.services.train import Train
from models.network_learner import AdditiveLearner
from models.network_store import save_network


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
