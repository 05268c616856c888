"""`matcher train`: learns a ranker from any network's own files."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.network_files import Carriers, Interactions, Startups
from api.commands.options import AsJson, Lang


def train(
    carriers: Carriers,
    startups: Startups,
    interactions: Interactions,
    out: Annotated[Path, typer.Option(help="Folder for the model.")],
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last day that is looked at: a year, a month or a day.")
    ] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Learn a ranker from a network's own startups, carriers and admissions."""
    from api.commands.learning import Files, learn  # noqa: PLC0415 - the models stay off the start path

    learn(Files(startups, carriers, interactions), until, out, lang=lang, as_json=as_json)
