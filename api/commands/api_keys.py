"""Lists, issues and revokes API keys; a key is printed once."""

from datetime import UTC, datetime, timedelta

import orjson
import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from api.bootstrap import build_registry
from api.commands.accounts import account_of
from api.commands.opened import settings
from api.commands.voice import Voice
from api.schemas.identity import KeyOut, content_of
from api.terminal import console
from api.terminal.plain import line
from matcher.domain.accounts import OPERATOR
from matcher.domain.credentials import ApiKey, ApiKeyId
from matcher.domain.messages import Message


def show_keys(login: str, lang: str | None, *, as_json: bool) -> None:
    voice = Voice(lang)
    with build_registry(settings()) as registry:
        keys = registry.identity.list_keys(OPERATOR, account_of(registry, login).id)
    if as_json:
        typer.echo(orjson.dumps({"keys": [content_of(KeyOut.of(key)) for key in keys]}))
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title in (
        Message.of("Key"),
        Message.of("Name"),
        Message.of("Scopes"),
        Message.of("Last used"),
        Message.of("State"),
    ):
        table.add_column(line(voice.sentence(title)), overflow="fold")
    for key in keys:
        scopes = voice.sentence(Message.of("all")) if key.scopes is None else ", ".join(sorted(key.scopes))
        used = "–" if key.last_used_on is None else key.last_used_on.isoformat()
        cells = (key.id, key.name, scopes, used, voice.sentence(_state(key, datetime.now(UTC))))
        table.add_row(*(line(cell) for cell in cells))
    console.out().print(table)


def issue_key(login: str, name: str, scopes: list[str] | None, days: int, lang: str | None, *, as_json: bool) -> None:
    voice, now = Voice(lang), datetime.now(UTC)
    with build_registry(settings()) as registry:
        issued = registry.identity.issue_key(
            OPERATOR,
            name=name,
            scopes=scopes,
            expires_at=now + timedelta(days=days) if days else None,
            now=now,
            account_id=account_of(registry, login).id,
        )
    if as_json:
        typer.echo(orjson.dumps({"key": content_of(KeyOut.of(issued.key)), "secret": issued.written}))
        return
    voice.out(Message.of("Key {id}, shown this once:", id=issued.key.id))
    typer.echo(issued.written)  # in one piece, so that it can be copied


def revoke_key(key_id: str, lang: str | None, *, as_json: bool) -> None:
    voice = Voice(lang)
    with build_registry(settings()) as registry:
        key = registry.identity.revoke_key(OPERATOR, ApiKeyId(key_id), now=datetime.now(UTC))
    if as_json:
        typer.echo(orjson.dumps({"key": content_of(KeyOut.of(key))}))
        return
    voice.out(Message.of("The key {id} is revoked.", id=key.id))


def _state(key: ApiKey, now: datetime) -> Message:
    if key.revoked_at is not None:
        return Message.of("revoked on {day}", day=key.revoked_at.date().isoformat())
    if key.expires_at is None:
        return Message.of("valid")
    if not key.holds(now):
        return Message.of("expired on {day}", day=key.expires_at.date().isoformat())
    return Message.of("valid until {day}", day=key.expires_at.date().isoformat())
