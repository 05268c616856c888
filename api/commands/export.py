"""`matcher export`: hands startups of an account, or all carriers, out as a file."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import Lang
from api.commands.record_options import Kind, OwnerLogin


def export(
    kind: Kind,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, Excel or JSON lines, by its ending.")],
    account: OwnerLogin = None,
    lang: Lang = None,
) -> None:
    """Hand records out as a file that can be taken in again."""
    from api.commands.record_copying import hand_out  # noqa: PLC0415 - the store stays off the start path

    hand_out(kind, file, account, lang=lang)
