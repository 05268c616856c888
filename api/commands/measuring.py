"""Measures the services as they are configured, and prints the figures."""

import os
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import orjson
import typer

from api.bootstrap import build_services, configured_encoder, model_store
from api.commands.language import spoken
from api.commands.lines import written_whole
from api.commands.opened import settings
from api.report.page import report_page
from api.terminal import console
from api.terminal.evaluation import EvaluationPage
from api.terminal.progress import waiting
from api.terminal.voice import Voice
from data.qrels import WRITTEN_ON, qrels_folder, read_qrels
from matcher.domain.messages import Message
from matcher.services.evaluate import Evaluate
from models.ranker_training import refitting
from models.rankers import load_prior
from models.serving import serving_ranker

SEED = 1  # of the resampling behind intervals and tests


def measure(lang: str | None, *, as_json: bool, html: Path | None = None) -> None:
    chosen = settings()
    qrels = read_qrels(qrels_folder())
    with build_services(chosen) as services:
        voice = Voice(services.sentences, spoken(lang, os.environ), services.registry.snapshot())
        encoder = configured_encoder(chosen)
        ranker, _ = serving_ranker(model_store(chosen), encoder.id)
        evaluate = Evaluate(
            recommend=services.recommend,
            encoder=encoder,
            snapshot=services.registry.snapshot,
            prior=load_prior(),
            refit=refitting(ranker),
            home=chosen.home_city,
        )
        with written_whole(html) if html else nullcontext() as file:  # one that cannot be written is said at once
            with waiting(voice.say(Message.of("Answering the judged texts"))):
                report = evaluate(qrels, on=WRITTEN_ON, rng=np.random.default_rng(SEED))
            if html and file:
                command = f"matcher evaluate --html {html.name} --lang {voice.language.spoken}"
                file.write(report_page(report, voice, command).encode())
    if as_json:
        typer.echo(orjson.dumps(report.as_json()))
    else:
        console.out().print(EvaluationPage(report, voice))
