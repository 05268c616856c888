"""`matcher keys`: keys with which programs act for an account."""

from typing import Annotated

import typer

from api.commands.options import AsJson, Lang

keys = typer.Typer(help="List, issue and revoke API keys.", no_args_is_help=True, rich_markup_mode=None)
Login = Annotated[str, typer.Argument(metavar="LOGIN", help="Login of the account.")]


@keys.command("list")
def list_(login: Login, lang: Lang = None, as_json: AsJson = False) -> None:
    """List the keys of an account, oldest first."""
    from api.commands.api_keys import show_keys  # noqa: PLC0415 - the store stays off the start path

    show_keys(login, lang, as_json=as_json)


@keys.command()
def issue(
    login: Login,
    name: Annotated[str, typer.Option(help="By which its owner knows it again.")],
    scope: Annotated[
        list[str] | None, typer.Option(help="Action or group of actions; may be repeated; by default all of its role.")
    ] = None,
    days: Annotated[int, typer.Option(min=0, max=3650, help="Days for which it holds; 0 for ever.")] = 365,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and print it, once."""
    from api.commands.api_keys import issue_key  # noqa: PLC0415 - as above

    issue_key(login, name, scope or None, days, lang, as_json=as_json)


@keys.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="KEY", help="Id of the key, as `matcher keys list` shows it.")],
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Let nobody in with a key any more."""
    from api.commands.api_keys import revoke_key  # noqa: PLC0415 - as above

    revoke_key(key_id, lang, as_json=as_json)
