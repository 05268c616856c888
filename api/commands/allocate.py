"""`matcher allocate`: shares the places of carriers out among startups."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from api.commands.options import AsJson, Lang
from matcher.domain.allocations import MOST_CHOICES, Method


def allocate(
    k: Annotated[int, typer.Option("--k", "-k", min=1, max=MOST_CHOICES, help="Most carriers of a startup.")] = 1,
    method: Annotated[
        Method | None,
        typer.Option(help="Exactly, by price, or by both sides' orders; by default exactly where OR-Tools is there."),
    ] = None,
    pairs: Annotated[
        Path | None, typer.Option(help="Pairs of a file (CSV or Parquet) instead of those of the store.")
    ] = None,
    places: Annotated[
        Path | None, typer.Option(help="Places by carrier, before what records say: CSV, Excel or JSON lines.")
    ] = None,
    unknown_places: Annotated[
        str | None, typer.Option(metavar="N|unlimited", help="Places to assume where none are known.")
    ] = None,
    run: Annotated[
        Path | None, typer.Option(file_okay=False, help="Folder of `matcher rerank`; by default in the data folder.")
    ] = None,
    wide: Annotated[bool, typer.Option("--wide", help="Score all pairs of the store instead of taking lists.")] = False,
    scope: Annotated[
        Literal["home", "delta", "all"],
        typer.Option(help="With --wide: the home city with its enclaves, its region, or everywhere."),
    ] = "home",
    add_places: Annotated[
        list[str] | None, typer.Option(metavar="CARRIER=N", help="What if it had so many more? May be repeated.")
    ] = None,
    add_service: Annotated[
        list[str] | None,
        typer.Option(metavar="CARRIER=SERVICE", help="What if it offered this too? Implies --wide."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Who goes where: .csv or .parquet, or all of the report: .json.")
    ] = None,
    lists: Annotated[
        Path | None, typer.Option(help="Lists by worth less price, which do not crowd: .csv or .parquet.")
    ] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Share places out: who should go where when they are limited."""
    from api.commands.allocating import Asked, share_out  # noqa: PLC0415 - the store and the models stay off the start

    asked = Asked(
        k=k, method=method, pairs=pairs, places=places, unknown_places=unknown_places, run=run, wide=wide, scope=scope,
        add_places=tuple(add_places or ()), add_service=tuple(add_service or ()), out=out, lists=lists,
    )  # fmt: skip
    if not share_out(asked, lang=lang, as_json=as_json):
        raise typer.Exit(1)
