"""Looks carriers up in the store, without any model."""

import os
from typing import Any
from uuid import uuid4

import orjson
import typer
from pydantic import ValidationError

from api.bootstrap import build_registry
from api.commands.asking import first_fault
from api.commands.language import spoken
from api.commands.opened import settings
from api.schemas.carrier_query import CarrierQuery
from api.schemas.carriers import carrier_line_out, carrier_record_out
from api.sentences import Sentences
from api.terminal import console
from api.terminal.plain import line
from api.terminal.record import CarrierRecord, carrier_table
from api.terminal.voice import Voice
from matcher.domain.ids import CarrierId
from matcher.domain.messages import Language, Message
from matcher.domain.registry import Registry

ALL = 1_000_000  # a terminal shows the whole list; only the API needs pages


def list_carriers(wanted: dict[str, str], lang: str | None, *, as_json: bool) -> None:
    """The carriers that pass all filters, in the order of their ids."""
    try:
        query = CarrierQuery.model_validate(wanted)
    except ValidationError as error:
        raise first_fault(error) from None
    language = spoken(lang, os.environ)
    with build_registry(settings()) as services:
        registry = services.snapshot()
        with services.transactions() as unit:
            page = unit.carriers.page(query.filter(registry.taxonomy), after=None, limit=ALL)
    if as_json:
        found = [carrier_line_out(carrier, language, registry) for carrier in page.carriers]
        _print_json({"carriers": found, "total": page.total, "next_cursor": None}, language, registry)
        return
    voice = Voice(Sentences.load(), language, registry)
    if page.carriers:
        console.out().print(carrier_table(page.carriers, voice))
    console.out().print(line(voice.say(Message.of("Carriers and partners: {n}", n=page.total))))
    version = Message.of(
        "Registry {version} as of {date}", version=registry.version.version, date=registry.version.as_of
    )
    console.out().print(line(voice.say(version), "dim"))


def show_carrier(carrier_id: str, lang: str | None, *, as_json: bool) -> None:
    """One record; raises CarrierNotFound."""
    language = spoken(lang, os.environ)
    with build_registry(settings()) as services:
        registry = services.snapshot()
    carrier = registry.carrier(CarrierId(carrier_id))
    if as_json:
        _print_json(carrier_record_out(carrier, language, registry), language, registry)
    else:
        console.out().print(CarrierRecord(carrier, Voice(Sentences.load(), language, registry)))


def _print_json(content: dict[str, Any], language: Language, registry: Registry) -> None:
    head = {
        "request_id": str(uuid4()),
        "language": language.value,
        "registry": {"version": registry.version.version, "as_of": registry.version.as_of},
    }
    typer.echo(orjson.dumps(head | content))
