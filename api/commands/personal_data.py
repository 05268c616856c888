"""Hands out, erases and lets go what is kept about accounts and their startups."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import typer

from api.bootstrap import build_registry
from api.commands.accounts import account_of
from api.commands.lines import written_whole
from api.commands.opened import settings
from api.commands.voice import Voice
from api.personal_export import export_json
from matcher.domain.accounts import OPERATOR, actor_of, login_from
from matcher.domain.errors import InvalidField
from matcher.domain.messages import Message
from matcher.domain.retention import Terms


def hand_out_all(login: str, output: Path | None, lang: str | None) -> None:
    """Raises AccountNotFound, InvalidFile."""
    voice, now = Voice(lang), datetime.now(UTC)
    with build_registry(settings()) as registry:
        actor = actor_of(account_of(registry, login))
        with registry.identity.rights.export(actor, now=now, by_operator=True) as sections:
            if output is None:
                for piece in export_json(sections, now=now):
                    typer.echo(piece, nl=False)
                return
            with written_whole(output) as file:
                file.writelines(export_json(sections, now=now))
    voice.out(Message.of("All that is kept about {login}: {file}.", login=login, file=str(output)), "green")


def erase_all(login: str, confirm: str, lang: str | None) -> None:
    """Raises AccountNotFound, InvalidField."""
    if login_from(confirm) != login_from(login):
        raise InvalidField("To erase the account, send its login as `confirm`.", field="confirm")
    voice = Voice(lang)
    with build_registry(settings()) as registry:
        registry.identity.rights.erase_account.of(OPERATOR, login)
    voice.out(Message.of("The account {login} and all that was its own are erased.", login=login_from(login)), "green")


def run_retention(days: int | None, lang: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Raises InvalidField where startups cannot be kept for so many days."""
    voice, terms = Voice(lang), None if days is None else Terms(days)
    with build_registry(settings()) as registry:
        report = registry.identity.rights.retention(now=datetime.now(UTC), terms=terms, dry_run=dry_run)
    if as_json:
        typer.echo(
            orjson.dumps(
                {"dry_run": dry_run, "noticed": report.noticed, "erased": report.erased}
                | {"expired": dict(report.expired)}
            )
        )
        return
    if dry_run:
        voice.out(Message.of("Nothing was changed; this is what would be done:"))
    voice.out(
        Message.of(
            "Owners told: {noticed}. Startups erased: {erased}. Entries past their term: {expired}.",
            noticed=report.noticed,
            erased=report.erased,
            expired=sum(report.expired.values()),
        )
    )
