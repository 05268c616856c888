"""Options that several commands share."""

from typing import Annotated, Literal

import typer

SPEAK_IN = "language"  # where the chosen language waits for an error that has to be said


def _remember(context: typer.Context, value: str | None) -> str | None:
    context.meta[SPEAK_IN] = value
    return value


Lang = Annotated[
    Literal["zh", "en", "de"] | None,
    typer.Option("--lang", callback=_remember, is_eager=True, help="Language to speak in.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, exactly as the API answers.")]
