"""Runs all checks and prints what they found, one line a thing."""

import os

from rich.text import Text

from api.commands import machine_checks, model_checks, people_checks, server_checks, store_checks
from api.commands.findings import Found, State
from api.commands.language import spoken
from api.commands.opened import settings
from api.sentences import Sentences
from api.terminal import console
from api.terminal.plain import line
from matcher.domain.messages import Language, Message

NAMES = {
    State.OK: Message.of("ok"),
    State.WARNING: Message.of("warning"),
    State.FAILURE: Message.of("failure"),
}
STYLES = {State.OK: "green", State.WARNING: "yellow", State.FAILURE: "bold red"}


def examine(lang: str | None) -> bool:
    """Whether nothing failed."""
    chosen, sentences, language = settings(), Sentences.load(), spoken(lang, os.environ)
    found = [machine_checks.python_version(), machine_checks.data_folder(chosen.data_dir)]
    found += [machine_checks.disk_space(chosen.data_dir), *machine_checks.extras(chosen)]
    found += server_checks.server(chosen, os.environ)
    in_store, taxonomy = store_checks.store(chosen)
    of_models, reader = model_checks.models(chosen, taxonomy)
    found += in_store + of_models
    if taxonomy is not None:  # the store can be read
        found += people_checks.people(chosen, reader)
    for one in found:
        console.out().print(_shown(one, sentences, language))
    return all(one.state is not State.FAILURE for one in found)


def _shown(found: Found, sentences: Sentences, language: Language) -> Text:
    text = line(sentences.say(NAMES[found.state], language), STYLES[found.state])
    text.append("  ").append_text(line(sentences.say(found.thing, language), "bold"))
    text.append("  ").append_text(line(sentences.say(found.what, language)))
    if found.advice is not None:
        text.append(" → ").append_text(line(sentences.say(found.advice, language)))
    return text
