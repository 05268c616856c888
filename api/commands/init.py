"""`matcher init`: makes the store, fills it from files, and reads every carrier once."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Lang


def init(
    seed: Annotated[Path | None, typer.Option(help="Folder to fill from; by default the project's own.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing if any row is broken.")] = False,
    lang: Lang = None,
) -> None:
    """Make the store or bring it up to date, load the registry, and encode the carriers."""
    from api.commands.filling import fill  # noqa: PLC0415 - the store and the models stay off the start path

    if not fill(seed, strict=strict, lang=lang):
        raise typer.Exit(1)
