"""`matcher template`: a table to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Lang
from api.commands.record_options import Kind


def template(
    kind: Kind,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, Excel or JSON lines, by its ending.")],
    lang: Lang = None,
) -> None:
    """Write an empty table with explanations and an example that is not taken in."""
    from api.commands.record_copying import write_template  # noqa: PLC0415 - off the start path

    write_template(kind, file, lang=lang)
