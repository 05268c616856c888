"""Arguments that the commands around files of records share."""

from typing import Annotated, Literal

import typer

Kind = Annotated[Literal["startups", "carriers"], typer.Argument(metavar="startups|carriers", help="Which records.")]
OwnerLogin = Annotated[
    str | None, typer.Option("--account", help="Login of the account whose startups they are.", show_default=False)
]
