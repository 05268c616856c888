"""`matcher doctor`: is everything there, and what to do where it is not."""

import typer

from api.commands.options import Lang


def doctor(lang: Lang = None) -> None:
    """Check the installation, one line a thing; the exit code is 1 where something fails."""
    from api.commands.examining import examine  # noqa: PLC0415 - the models stay off the start path

    if not examine(lang):
        raise typer.Exit(1)
