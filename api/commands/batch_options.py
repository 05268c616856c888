"""Options of commands that work in blocks."""

from pathlib import Path
from typing import Annotated

import typer

from matcher.domain.run_limits import MOST_IN_BLOCK

Workers = Annotated[int, typer.Option(min=1, max=1024, help="Processes of a pool, or of Ray on this machine.")]
RayAddress = Annotated[str, typer.Option(help="For --executor ray: local, or ray://HOST:PORT of a cluster.")]
Fresh = Annotated[
    bool, typer.Option("--fresh/--resume", help="Compute everything anew, or go on from what is finished.")
]
Block = Annotated[int, typer.Option(min=1, max=MOST_IN_BLOCK, help="About how many startups are computed together.")]
KeptIn = Annotated[
    Path | None,
    typer.Option("--out", file_okay=False, help="Folder of blocks and lists; by default in the data folder."),
]
