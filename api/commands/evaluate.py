"""`matcher evaluate`: is it any good, on texts that people have judged?"""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import AsJson, Lang


def evaluate(
    lang: Lang = None,
    as_json: AsJson = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write one page with plots and tables as well.")
    ] = None,
) -> None:
    """Measure reading and ranking on the judged texts."""
    from api.commands.measuring import measure  # noqa: PLC0415 - the models stay off the start path

    measure(lang, as_json=as_json, html=html)
