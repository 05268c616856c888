"""`matcher restore`: fills the store from a backup."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Lang


def restore(
    file: Annotated[Path, typer.Argument(help="Backup to read.", dir_okay=False)],
    replace: Annotated[bool, typer.Option("--replace", help="Give up what the store holds.")] = False,
    lang: Lang = None,
) -> None:
    """Fill an empty store from FILE, on SQLite or PostgreSQL, wherever the backup is from."""
    from api.commands.copying import fill_from  # noqa: PLC0415 - the store stays off the start path

    fill_from(file, replace=replace, lang=lang)
