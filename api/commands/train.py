"""`matcher train`: learns a ranker from any network's own files, or from what the store has on record."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.network_files import SomeCarriers, SomeInteractions, SomeStartups
from api.commands.options import AsJson, Lang


def train(
    out: Annotated[Path, typer.Option(help="Folder for the model.")],
    carriers: SomeCarriers = None,
    startups: SomeStartups = None,
    interactions: SomeInteractions = None,
    from_store: Annotated[
        bool, typer.Option("--from-store", help="Learn from the store: startups that agreed, pipelines, feedback.")
    ] = False,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last day that is looked at: a year, a month or a day.")
    ] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Learn a ranker from a network's own startups, carriers and admissions."""
    files = [file for file in (carriers, startups, interactions) if file is not None]
    if from_store and files:
        raise typer.BadParameter("--from-store takes no files")
    from api.commands.learning import Files, FromStore, learn  # noqa: PLC0415 - the models stay off the start path

    if from_store:
        learn(FromStore(), until, out, lang=lang, as_json=as_json)
    elif startups is None or carriers is None or interactions is None:
        raise typer.BadParameter("give --carriers, --startups and --interactions, or --from-store")
    else:
        learn(Files(startups, carriers, interactions), until, out, lang=lang, as_json=as_json)
