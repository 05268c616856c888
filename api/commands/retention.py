"""`matcher retention`: lets go what nobody uses any more."""

from typing import Annotated

import typer

from api.commands.options import AsJson, Lang

retention = typer.Typer(help="Let go what nobody uses any more.", no_args_is_help=True, rich_markup_mode=None)


@retention.callback()
def _group() -> None:
    """A group even while it has one command."""


@retention.command()
def run(
    days: Annotated[
        int | None, typer.Option(help="Days without use after which a startup goes; by default MATCHER_RETENTION_DAYS.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count only, and change nothing.")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Tell owners of unused startups, erase those they were told of, forget what is past its term."""
    from api.commands.personal_data import run_retention  # noqa: PLC0415 - the store stays off the start path

    run_retention(days, lang, dry_run=dry_run, as_json=as_json)
