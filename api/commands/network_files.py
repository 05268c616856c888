"""Options and sentences that `train` and `rank` share: a network's own files."""

from pathlib import Path
from typing import Annotated

import typer

SomeCarriers = Annotated[Path | None, typer.Option("--carriers", help="Carriers, one JSON object a line.")]
SomeStartups = Annotated[Path | None, typer.Option("--startups", help="Startups, one JSON object a line.")]
SomeInteractions = Annotated[
    Path | None, typer.Option("--interactions", help="What happened: startup_id,carrier_id,date[,kind] as CSV.")
]
Carriers = Annotated[Path, typer.Option(help="Carriers, one JSON object a line.")]
Startups = Annotated[Path, typer.Option(help="Startups, one JSON object a line.")]
Interactions = Annotated[Path, typer.Option(help="What happened: startup_id,carrier_id,date[,kind] as CSV.")]
