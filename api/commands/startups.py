"""`matcher startups`: what is to be done with the startups that are kept."""

import typer

from api.commands.options import Lang

startups = typer.Typer(help="Look after the startups that are kept.", no_args_is_help=True, rich_markup_mode=None)


@startups.callback()
def _group() -> None:
    """A group even while it has one command."""


@startups.command()
def reread(lang: Lang = None) -> None:
    """Read the kept texts anew with the reader in force; can be stopped, and then goes on where it stopped."""
    from api.commands.rereading import reread_all  # noqa: PLC0415 - the store and the models stay off the start path

    reread_all(lang)
