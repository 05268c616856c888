"""Copies records from files and into files, and says what was done and what could not be."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import typer

from api.bootstrap import build_registry, build_services
from api.commands.conflicts import conflict_message
from api.commands.faults import say_faults
from api.commands.lines import written_whole
from api.commands.opened import settings
from api.commands.voice import Voice
from api.schemas.imports import import_out
from api.services import RegistryServices
from data.tabular import carriers, startups
from data.tabular.reading import read_records
from data.tabular.templates import template
from data.tabular.writing import written
from matcher.domain.accounts import OPERATOR, Actor, actor_of
from matcher.domain.errors import AccountNotFound, ImportRefused, InvalidField, InvalidFile
from matcher.domain.imports import FileForm
from matcher.domain.messages import Message
from matcher.services.own_startups import OwnStartups

COLUMNS = {"startups": startups.COLUMNS, "carriers": carriers.COLUMNS}


def take_in(kind: str, path: Path, login: str | None, *, keep_good: bool, lang: str | None, as_json: bool) -> bool:
    """Whether every row could be used. Raises InvalidFile where the file cannot be read at all."""
    voice = Voice(lang)
    form = _form(path)
    if kind == "startups":
        _require_login(login)
    file = read_records(_content(path), form, COLUMNS[kind])
    now = datetime.now(UTC)
    try:
        if kind == "carriers":
            with build_registry(settings()) as registry:
                report, conflicts = registry.carriers.take_in(OPERATOR, file, keep_good=keep_good, now=now)
        else:
            with build_services(settings()) as services:
                actor = _owner(services.registry, login)
                report = services.startups.take_in(actor, file, keep_good=keep_good, now=now)
                conflicts = ()
    except ImportRefused as error:
        say_faults(voice, error.faults, error.notes)
        voice.err(error.message, "red")
        return False
    if as_json:
        said = import_out(report, voice.sentences, voice.language, request_id=path.name, conflicts=conflicts)
        typer.echo(orjson.dumps(said))
        return not report.faults
    say_faults(voice, report.faults, report.notes)
    for one in conflicts:
        voice.err(conflict_message(one), "yellow")
    voice.out(
        Message.of(
            "Added: {added}. Changed: {changed}. As they were: {unchanged}.",
            added=report.added,
            changed=report.changed,
            unchanged=report.unchanged,
        ),
        "green",
    )
    return not report.faults


def hand_out(kind: str, path: Path, login: str | None, *, lang: str | None) -> None:
    """Raises InvalidFile where the file cannot be written."""
    voice, form = Voice(lang), _form(path)
    with build_registry(settings()) as registry:
        if kind == "carriers":
            records = [carriers.carrier_record(one) for one in registry.snapshot().carriers]
        else:
            own = OwnStartups(registry.transactions).all(_owner(registry, login), now=datetime.now(UTC))
            records = [startups.startup_record(one) for one in own]
    with written_whole(path) as file:
        file.write(written(records, form, COLUMNS[kind]))
    voice.out(Message.of("Written: {n} records in {file}.", n=len(records), file=str(path)), "green")


def write_template(kind: str, path: Path, *, lang: str | None) -> None:
    """Raises InvalidFile where the file cannot be written."""
    voice = Voice(lang)
    content = template(_form(path), COLUMNS[kind], voice.sentence)
    with written_whole(path) as file:
        file.write(content)
    voice.out(Message.of("A table to fill in: {file}.", file=str(path)), "green")


def _owner(registry: RegistryServices, login: str | None) -> Actor:
    """Acts as this account does. Raises InvalidField where none is named, AccountNotFound where there is none."""
    with registry.transactions() as uow:
        account = uow.accounts.by_login(_require_login(login))
    if account is None:
        raise AccountNotFound("There is no such account.")
    return actor_of(account)


def _require_login(login: str | None) -> str:
    if login is None:
        raise InvalidField("Startups belong to an account; name its login with --account.", field="account")
    return login


def _form(path: Path) -> FileForm:
    ending = path.suffix.lower().removeprefix(".")
    if ending not in list(FileForm):
        raise InvalidFile("A file that ends in .csv, .xlsx or .jsonl is expected, not {file}.", file=path.name)
    return FileForm(ending)


def _content(path: Path) -> bytes:
    largest = settings().import_bytes
    try:
        if path.stat().st_size > largest:
            raise InvalidFile("{file} has more than {limit} bytes.", file=path.name, limit=largest)
        return path.read_bytes()
    except OSError as error:
        raise InvalidFile(
            "The file {file} cannot be read: {reason}.", field="input", file=path, reason=error.strerror
        ) from None
