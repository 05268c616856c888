"""Runs the gate for a model, prints both figures, and puts the model in force where it is not worse."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

import numpy as np
import orjson
import typer

from api.bootstrap import build_registry, configured_encoder, model_store
from api.commands.keeping import FROM_NEXT_START
from api.commands.opened import settings
from api.commands.voice import Voice
from api.terminal.progress import waiting
from data.qrels import WRITTEN_ON, qrels_folder, read_qrels
from matcher.domain.judgements import Qrels
from matcher.domain.matches import Answer
from matcher.domain.messages import Message
from matcher.domain.registry import Registry
from matcher.domain.startups import Description
from matcher.domain.taxonomy import Facet
from matcher.evaluation import wording
from matcher.ports import Reader
from matcher.services.ranker_gate import Contender, RankerGate, RankerVerdict
from matcher.services.reader_gate import ReaderVerdict, compare_readers
from matcher.services.recommend import Query, Recommend
from matcher.services.relisting import Relisting
from models.artefacts import ArtefactId
from models.cached_encoder import ReadsTexts
from models.model_files import AnyRanker, Kind
from models.ranker_training import refitting
from models.serving import open_ranker, open_reader, serving_ranker, serving_reader
from models.store import ModelStore

SEED = 1  # of the folds, and of the resampling behind intervals and tests
DIGITS = 4


@dataclass(frozen=True)
class Bench:
    """What both contenders are measured with."""

    store: ModelStore
    encoder: ReadsTexts
    registry: Registry
    home: str
    qrels: Qrels

    def answers(self, ranker: AnyRanker, *readers: Reader) -> list[list[Answer]]:
        """What each reader reads of the judged texts; lists are made anew for each ranker, so the shortest will do."""
        queries = [
            Query(description=Description(text=startup.text), k=1, request_id=f"gate-{startup.id}")
            for startup in self.qrels.startups
        ]
        recommend = Recommend(
            snapshot=lambda: self.registry, encoder=self.encoder, reader=readers[0], ranker=ranker, home=self.home
        )
        answers = []
        for reader in readers:
            recommend.reader = reader  # the carriers stay encoded
            answers.append(recommend.many(queries, on=WRITTEN_ON))
        return answers

    def judge_ranker(self, id: ArtefactId) -> RankerVerdict:
        candidate = open_ranker(self.store, id, self.encoder.id)
        in_force, _ = serving_ranker(self.store, self.encoder.id)
        reader, _ = serving_reader(self.store, self.encoder, self.registry.taxonomy)
        (answers,) = self.answers(in_force, reader)
        gate = RankerGate(
            qrels=self.qrels,
            answers=answers,
            relisting=Relisting(self.registry, self.encoder, self.home, WRITTEN_ON),
        )
        first, second = (Contender(ranker=one, refit=refitting(one)) for one in (candidate, in_force))
        return gate(first, second, rng=np.random.default_rng(SEED))

    def judge_reader(self, id: ArtefactId) -> ReaderVerdict:
        candidate = open_reader(self.store, id, self.encoder, self.registry.taxonomy)
        in_force, _ = serving_reader(self.store, self.encoder, self.registry.taxonomy)
        ranker, _ = serving_ranker(self.store, self.encoder.id)
        first, second = self.answers(ranker, candidate, in_force)
        return compare_readers(self.qrels, first, second, self.registry.taxonomy.ids(Facet.STAGE))


def put_in_force(text: str, lang: str | None, *, as_json: bool) -> bool:
    """Whether it is in force now."""
    voice, chosen, id = Voice(lang), settings(), ArtefactId.parse(text)
    store = model_store(chosen)
    store.manifest(id)
    was = ArtefactId(id.kind, store.pointer(id.kind).in_force.revision)
    if was == id:
        if as_json:
            typer.echo(orjson.dumps({"id": str(id), "promoted": True, "instead_of": str(was), "gate": None}))
        else:
            voice.out(Message.of("{id} is in force already.", id=str(id)))
        return True
    with build_registry(chosen) as registry:
        bench = Bench(
            store, configured_encoder(chosen), registry.snapshot(), chosen.home_city, read_qrels(qrels_folder())
        )
    with waiting(voice.sentence(Message.of("Answering the judged texts"))):
        verdict = bench.judge_ranker(id) if id.kind is Kind.RANKER else bench.judge_reader(id)
    figures, said = (
        _of_rankers(id, was, verdict) if isinstance(verdict, RankerVerdict) else _of_readers(id, was, verdict)
    )
    if verdict.passes:
        store.promote(id, instead_of=was.revision, on=date.today(), figures=figures)
    if as_json:
        done = {"id": str(id), "promoted": verdict.passes, "instead_of": str(was), "gate": figures}
        typer.echo(orjson.dumps(done | {"said": [voice.sentence(one) for one in said]}))
        return verdict.passes
    for one in said:
        voice.out(one)
    if verdict.passes:
        voice.out(Message.of("{id} is in force instead of {was}.", id=str(id), was=str(was)), "green")
        voice.out(FROM_NEXT_START)
    else:
        voice.out(Message.of("{id} is not put in force: {was} stays.", id=str(id), was=str(was)), "red")
    return verdict.passes


def _of_rankers(id: ArtefactId, was: ArtefactId, verdict: RankerVerdict) -> tuple[Mapping[str, Any], list[Message]]:
    difference = verdict.difference
    figures = {
        "metric": "ndcg5",
        "n": verdict.n,
        "candidate": _rounded(verdict.candidate),
        "in_force": _rounded(verdict.in_force),
        "candidate_as_it_is": _rounded(verdict.as_it_is),
        "difference": {name: _rounded(getattr(difference, name)) for name in ("value", "low", "high")},
        "p": _rounded(verdict.p),
    }
    said = [
        Message.of(
            "nDCG@5 on {n} judged texts: {id} {candidate}, {was} {in_force}.",
            n=verdict.n,
            id=str(id),
            was=str(was),
            candidate=_shown(verdict.candidate),
            in_force=_shown(verdict.in_force),
        ),
        Message.of(
            "Difference {value}, 95 % interval {low} … {high}, paired p {p}.",
            value=f"{difference.value:+.3f}",
            low=f"{difference.low:+.3f}",
            high=f"{difference.high:+.3f}",
            p=f"{verdict.p:.4f}",
        ),
    ]
    if verdict.is_worse:
        said.append(Message.of("That is worse."))
    if verdict.is_spoilt:
        said.append(
            Message.of(
                "The file as it is reaches {value}, less than what its recipe learns anew: it is not what was learned.",
                value=_shown(verdict.as_it_is),
            )
        )
    return figures, said


def _of_readers(id: ArtefactId, was: ArtefactId, verdict: ReaderVerdict) -> tuple[Mapping[str, Any], list[Message]]:
    figures = {
        one.name: {"candidate": _rounded(one.candidate), "in_force": _rounded(one.in_force), "n": one.n}
        for one in verdict.figures
    } | {"worse": list(verdict.worse)}
    said = [
        Message.of(
            "{figure}: {id} {candidate}, {was} {in_force} ({n} texts).",
            figure=wording.READING[one.name],
            id=str(id),
            was=str(was),
            candidate=_shown(one.candidate),
            in_force=_shown(one.in_force),
            n=one.n,
        )
        for one in verdict.figures
    ]
    if verdict.worse:
        names = tuple(wording.READING[name] for name in verdict.worse)
        said.append(Message.of("Worse than is allowed: {figures}.", figures=names))
    return figures, said


def _rounded(value: float) -> float | None:
    return None if isnan(value) else round(value, DIGITS)


def _shown(value: float) -> str:
    return "–" if isnan(value) else f"{value:.3f}"
