"""`matcher backup`: all that the store holds, in one file."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Lang


def backup(
    file: Annotated[Path, typer.Argument(help="File to write; it is replaced where it is there.", dir_okay=False)],
    lang: Lang = None,
) -> None:
    """Copy the store into FILE, while others go on working."""
    from api.commands.copying import back_up  # noqa: PLC0415 - the store stays off the start path

    back_up(file, lang)
