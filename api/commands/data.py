"""`matcher data`: what is kept about an account, at its owner's written wish."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Lang

data = typer.Typer(help="Hand out or erase what is kept about an account.", no_args_is_help=True, rich_markup_mode=None)
Login = Annotated[str, typer.Option("--account", help="Login of the account.")]


@data.command()
def export(
    account: Login,
    output: Annotated[Path | None, typer.Option(help="File to write; by default standard output.")] = None,
    lang: Lang = None,
) -> None:
    """Hand out all that is kept about an account, as JSON."""
    from api.commands.personal_data import hand_out_all  # noqa: PLC0415 - the store stays off the start path

    hand_out_all(account, output, lang)


@data.command()
def erase(
    account: Login,
    confirm: Annotated[str, typer.Option(help="The login once more: this cannot be undone.")],
    lang: Lang = None,
) -> None:
    """Erase an account with all that is its own."""
    from api.commands.personal_data import erase_all  # noqa: PLC0415 - as above

    erase_all(account, confirm, lang)
