"""Lists and changes accounts; a password is printed once, and read from standard input but never from an argument."""

import sys
from datetime import UTC, datetime
from typing import Any

import orjson
import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from api.bootstrap import build_registry
from api.commands.first_admin import tell_password
from api.commands.opened import settings
from api.commands.voice import Voice
from api.schemas.identity import AccountOut, content_of
from api.services import RegistryServices
from api.terminal import console
from api.terminal.plain import line
from matcher.domain.accounts import OPERATOR, Account, Role, login_from
from matcher.domain.errors import AccountNotFound
from matcher.domain.ids import CarrierId
from matcher.domain.messages import Message
from matcher.services.change_account import AccountChange
from matcher.services.create_account import NewAccount

ALL = 1_000_000  # a terminal shows the whole list; only the API needs pages


def show_accounts(lang: str | None, *, as_json: bool) -> None:
    voice = Voice(lang)
    with build_registry(settings()) as registry:
        accounts = registry.identity.accounts.page(OPERATOR, after=None, limit=ALL).accounts
    if as_json:
        _print_json({"accounts": [content_of(AccountOut.of(account)) for account in accounts]})
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title in (
        Message.of("Login"),
        Message.of("Role"),
        Message.of("Carrier"),
        Message.of("Added"),
        Message.of("State"),
    ):
        table.add_column(line(voice.sentence(title)), overflow="fold")
    for account in accounts:
        state = Message.of("active") if account.is_active else Message.of("disabled")
        cells = (account.login, account.role.value, account.carrier or "", account.created_at.date().isoformat())
        table.add_row(*(line(cell) for cell in cells), line(voice.sentence(state), "" if account.is_active else "red"))
    console.out().print(table)


def add_account(
    login: str, role: str, carrier: str | None, lang: str | None, *, from_input: bool, as_json: bool
) -> None:
    voice = Voice(lang)
    wanted = NewAccount(
        login=login,
        role=Role(role),
        carrier=None if carrier is None else CarrierId(carrier),
        password=_typed() if from_input else None,
    )
    with build_registry(settings()) as registry:
        created = registry.identity.create_account(OPERATOR, wanted, now=datetime.now(UTC))
    if as_json:
        _print_json({"account": content_of(AccountOut.of(created.account)), "password": created.password})
        return
    voice.out(Message.of("The account {login} was added.", login=created.account.login), "green")
    if created.password is not None:
        tell_password(voice, created.account.login, created.password)


def set_disabled(login: str, lang: str | None, *, disabled: bool, as_json: bool) -> None:
    voice = Voice(lang)
    with build_registry(settings()) as registry:
        before = account_of(registry, login)
        change = AccountChange(role=before.role, carrier=before.carrier, disabled=disabled)
        after = registry.identity.change_account(
            OPERATOR, before.id, change, expected_version=before.version, now=datetime.now(UTC)
        )
    if as_json:
        _print_json({"account": content_of(AccountOut.of(after))})
    elif disabled:
        voice.out(Message.of("The account {login} is disabled and signed out.", login=after.login))
    else:
        voice.out(Message.of("The account {login} is active.", login=after.login))


def set_password(login: str, lang: str | None, *, from_input: bool, as_json: bool) -> None:
    voice = Voice(lang)
    typed = _typed() if from_input else None
    with build_registry(settings()) as registry:
        account = account_of(registry, login)
        password = registry.identity.set_password.of(OPERATOR, account.id, typed)
    told = password if typed is None else None
    if as_json:
        _print_json({"account": content_of(AccountOut.of(account)), "password": told})
        return
    voice.out(Message.of("The password of {login} was changed; it is signed out everywhere.", login=account.login))
    if told is not None:
        tell_password(voice, account.login, told)


def account_of(registry: RegistryServices, login: str) -> Account:
    """Raises AccountNotFound."""
    with registry.transactions() as unit:
        account = unit.accounts.by_login(login_from(login))
    if account is None:
        raise AccountNotFound("There is no account {login}.", login=login_from(login))
    return account


def _typed() -> str:
    """One line; at a terminal it is asked for and not shown."""
    if sys.stdin.isatty():
        return str(typer.prompt("", prompt_suffix="> ", hide_input=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _print_json(content: dict[str, Any]) -> None:
    typer.echo(orjson.dumps(content))
