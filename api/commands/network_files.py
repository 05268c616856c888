"""Options and sentences that `train` and `rank` share: a network's own files."""

from pathlib import Path
from typing import Annotated

import typer

Carriers = Annotated[Path, typer.Option(help="Carriers, one JSON object a line.")]
Startups = Annotated[Path, typer.Option(help="Startups, one JSON object a line.")]
Interactions = Annotated[Path, typer.Option(help="What happened: startup_id,carrier_id,date[,kind] as CSV.")]
