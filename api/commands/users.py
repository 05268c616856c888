"""`matcher users`: who may sign in."""

from typing import Annotated, Literal

import typer

from api.commands.options import AsJson, Lang

users = typer.Typer(help="List, add, disable and enable accounts.", no_args_is_help=True, rich_markup_mode=None)
Login = Annotated[str, typer.Argument(metavar="LOGIN", help="Login of the account.")]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input instead of making one.")
]


@users.command("list")
def list_(lang: Lang = None, as_json: AsJson = False) -> None:
    """List all accounts in the order of their logins."""
    from api.commands.accounts import show_accounts  # noqa: PLC0415 - the store stays off the start path

    show_accounts(lang, as_json=as_json)


@users.command()
def add(
    login: Login,
    role: Annotated[Literal["startup", "staff", "office", "admin"], typer.Option(help="What the account is for.")],
    carrier: Annotated[str | None, typer.Option(help="Id of the carrier whose staff it is.")] = None,
    password_stdin: FromInput = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Add an account and print its password, once."""
    from api.commands.accounts import add_account  # noqa: PLC0415 - as above

    add_account(login, role, carrier, lang, from_input=password_stdin, as_json=as_json)


@users.command()
def disable(login: Login, lang: Lang = None, as_json: AsJson = False) -> None:
    """Sign an account out and let nobody in with it any more."""
    from api.commands.accounts import set_disabled  # noqa: PLC0415 - as above

    set_disabled(login, lang, disabled=True, as_json=as_json)


@users.command()
def enable(login: Login, lang: Lang = None, as_json: AsJson = False) -> None:
    """Let an account in again, with the password and the keys it had."""
    from api.commands.accounts import set_disabled  # noqa: PLC0415 - as above

    set_disabled(login, lang, disabled=False, as_json=as_json)


@users.command()
def password(login: Login, password_stdin: FromInput = False, lang: Lang = None, as_json: AsJson = False) -> None:
    """Set a new password, print it once, and sign the account out everywhere."""
    from api.commands.accounts import set_password  # noqa: PLC0415 - as above

    set_password(login, lang, from_input=password_stdin, as_json=as_json)
