"""`matcher models`: which readers and rankers there are, and which are in force."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from api.commands.options import AsJson, Lang

models = typer.Typer(
    help="Keep readers and rankers, and choose the ones in force.", no_args_is_help=True, rich_markup_mode=None
)
Id = Annotated[str, typer.Argument(metavar="ID", help="Kind and revision, as `matcher models list` shows them.")]


@models.command("list")
def list_(lang: Lang = None, as_json: AsJson = False) -> None:
    """List the models: the released ones, and those of the store."""
    from api.commands.keeping import show_all  # noqa: PLC0415 - the models stay off the start path

    show_all(lang, as_json=as_json)


@models.command()
def show(id: Id, lang: Lang = None, as_json: AsJson = False) -> None:
    """Show the manifest of one model."""
    from api.commands.keeping import show_one  # noqa: PLC0415 - as above

    show_one(id, lang, as_json=as_json)


@models.command()
def add(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder that holds one reader or one ranker.")],
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Check a trained model and copy it into the store."""
    from api.commands.keeping import take_in  # noqa: PLC0415 - as above

    take_in(folder, lang, as_json=as_json)


@models.command()
def promote(id: Id, lang: Lang = None, as_json: AsJson = False) -> None:
    """Put a model in force if it is not worse than the one that is; the exit code is 1 where it is."""
    from api.commands.promoting import put_in_force  # noqa: PLC0415 - as above

    if not put_in_force(id, lang, as_json=as_json):
        raise typer.Exit(1)


@models.command()
def rollback(
    kind: Annotated[Literal["reader", "ranker"], typer.Argument(help="What to roll back.")],
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Put in force again what was before the last promotion."""
    from api.commands.keeping import go_back  # noqa: PLC0415 - as above

    go_back(kind, lang, as_json=as_json)
