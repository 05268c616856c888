"""`matcher import`: takes startups of an account, or carriers, in from a file."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import AsJson, Lang
from api.commands.record_options import Kind, OwnerLogin


def import_(
    kind: Kind,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, Excel or JSON lines, by its ending.")],
    account: OwnerLogin = None,
    keep_good: Annotated[bool, typer.Option("--keep-good", help="Write the rows that can be used.")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Take records in from a file; one bad row keeps all out, and each is told by line."""
    from api.commands.record_copying import take_in  # noqa: PLC0415 - the store and the models stay off the start path

    if not take_in(kind, file, account, keep_good=keep_good, lang=lang, as_json=as_json):
        raise typer.Exit(1)
