"""`matcher runs`: what runs over everybody there were, which one is served, and who moved between two of them."""

from typing import Annotated

import typer

from api.commands.options import AsJson, Lang

runs = typer.Typer(
    help="Look at runs over everybody, compare them, and go back to one.", no_args_is_help=True, rich_markup_mode=None
)
Limit = Annotated[int, typer.Option(min=1, max=1000, help="Most lines to show.")]


@runs.command("list")
def list_(limit: Limit = 20, lang: Lang = None, as_json: AsJson = False) -> None:
    """List the runs, newest first."""
    from api.commands.looking_at_runs import show_all  # noqa: PLC0415 - the store stays off the start path

    show_all(limit, lang, as_json=as_json)


@runs.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="Of the run.")], lang: Lang = None, as_json: AsJson = False
) -> None:
    """Show the record of one run."""
    from api.commands.looking_at_runs import show_one  # noqa: PLC0415 - as above

    show_one(id, lang, as_json=as_json)


@runs.command()
def diff(
    before: Annotated[str | None, typer.Argument(help="Run; by default the one served before AFTER.")] = None,
    after: Annotated[str | None, typer.Argument(help="Run; by default the one that is served.")] = None,
    limit: Limit = 20,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Say who moved between two runs, and what moved it."""
    from api.commands.looking_at_runs import show_difference  # noqa: PLC0415 - as above

    show_difference(before, after, limit, lang, as_json=as_json)


@runs.command()
def rollback(
    id: Annotated[str | None, typer.Argument(help="Run; by default the one served before.")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Serve an earlier run again."""
    from api.commands.looking_at_runs import go_back  # noqa: PLC0415 - as above

    go_back(id, lang, as_json=as_json)
