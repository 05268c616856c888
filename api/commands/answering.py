"""Answers one text or a file of many, for reading or as JSON."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import typer
from rich.rule import Rule

from api.bootstrap import build_services
from api.commands.asking import Asked, text_of
from api.commands.batch import Answered, Batch
from api.commands.language import spoken
from api.commands.lines import count_lines, read_lines, written_whole
from api.commands.opened import settings
from api.commands.problem import line_problem
from api.schemas.answers import answer_out
from api.services import Services
from api.terminal import console
from api.terminal.answer import AnswerPage
from api.terminal.plain import clipped, line
from api.terminal.progress import counted
from api.terminal.voice import Voice
from matcher.domain.errors import InvalidInput
from matcher.domain.matches import Answer
from matcher.domain.messages import Message

N_SHOWN_CHARACTERS = 300  # of the text above its answer


def answer_text(asked: Asked, argument: str, *, as_json: bool, explain: bool) -> None:
    """Answer one text on standard output."""
    request = asked.request(text_of(argument))
    with build_services(settings()) as services:
        query = request.query(services.registry.snapshot(), request_id=uuid4().hex, language=None)
        answer = services.recommend(query, on=services.today())
        if as_json:
            typer.echo(orjson.dumps(_content(answer, services)))
        else:
            console.out().print(_page(answer, services, explain=explain))


def answer_file(asked: Asked, source: Path, target: Path | None, *, as_json: bool, explain: bool) -> int:
    """Answer every line, into a file or else on standard output; how many lines could not be answered."""
    n_lines, n_broken = count_lines(source), 0
    with build_services(settings()) as services, _sink(services, asked, target, as_json, explain) as put:
        answered = Batch(services, asked).answers(read_lines(source))
        label = services.sentences.say(Message.of("Answering"), spoken(asked.lang, os.environ))
        for one in counted(answered, n_lines, label) if target else answered:
            put(one)
            n_broken += isinstance(one.result, InvalidInput)
    return n_broken


@contextmanager
def _sink(
    services: Services, asked: Asked, target: Path | None, as_json: bool, explain: bool
) -> Iterator[Callable[[Answered], Any]]:
    """Where answers go."""
    if target is not None:
        with written_whole(target) as file:
            yield lambda one: file.write(_json_line(one, services, asked) + b"\n")
    elif as_json:
        yield lambda one: typer.echo(_json_line(one, services, asked))
    else:
        yield lambda one: _show(one, services, asked, explain=explain)


def _show(one: Answered, services: Services, asked: Asked, *, explain: bool) -> None:
    name = one.line.number if one.line.id is None else one.line.id
    console.out().print(Rule(line(str(name), "bold"), characters="═"))
    if isinstance(one.result, InvalidInput):
        sentence = services.sentences.say(one.result.message, spoken(asked.lang, os.environ))
        console.err().print(line(sentence, "red"))
    else:
        console.out().print(line(clipped(str(one.line.content["text"]), N_SHOWN_CHARACTERS), "italic"))
        console.out().print(_page(one.result, services, explain=explain))
    console.out().print()


def _json_line(one: Answered, services: Services, asked: Asked) -> bytes:
    if isinstance(one.result, InvalidInput):
        language = spoken(asked.lang, os.environ)
        error = line_problem(one.result, one.request_id, services.sentences, language)
        return orjson.dumps({"id": one.line.id, "line": one.line.number, "error": error})
    return orjson.dumps({"id": one.line.id} | _content(one.result, services))


def _content(answer: Answer, services: Services) -> dict[str, Any]:
    return answer_out(answer, answer.language.spoken, services.sentences, services.registry.snapshot())


def _page(answer: Answer, services: Services, *, explain: bool) -> AnswerPage:
    voice = Voice(services.sentences, answer.language.spoken, services.registry.snapshot())
    return AnswerPage(answer, voice, explain=explain)
