"""`matcher recommend`: one text or a file of many, answered for reading or as JSON."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from api.commands.options import AsJson, Lang


def recommend(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="TEXT", help="What the startup makes and needs; - reads standard input.", show_default=False
        ),
    ] = None,
    k: Annotated[int, typer.Option("-k", help="Most carriers to list, 1 to 100.")] = 10,
    scope: Annotated[
        Literal["home", "delta", "all"],
        typer.Option(help="The home city with its enclaves, its region, or everywhere."),
    ] = "home",
    order: Annotated[
        Literal["fit", "neutral"], typer.Option(help="Best first, or alphabetically by name, without any score.")
    ] = "fit",
    lang: Lang = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Add the exact parts, and each fact with its source.")
    ] = False,
    as_json: AsJson = False,
    input_file: Annotated[
        Path | None, typer.Option("--input", help='Answer each line: {"id", "text", stated fields ...}.')
    ] = None,
    output_file: Annotated[
        Path | None, typer.Option("--output", help='Write one line per line of --input: {"id", ...answer}.')
    ] = None,
    stage: Annotated[str | None, typer.Option(help="Stated: id of the stage, as stage.seed or seed.")] = None,
    age_months: Annotated[int | None, typer.Option(help="Stated: months since the company was registered.")] = None,
    district: Annotated[list[str] | None, typer.Option(help="Stated: a district wished for; repeatable.")] = None,
    exclude: Annotated[list[str] | None, typer.Option(help="Stated: id of a carrier not wanted; repeatable.")] = None,
    foreign: Annotated[
        bool | None, typer.Option("--foreign/--no-foreign", help="Stated: whether foreign capital holds a share.")
    ] = None,
) -> None:
    """Carriers that suit a startup and would want it, best first, each with its reasons."""
    if (text is None) == (input_file is None):
        raise typer.BadParameter("give either a TEXT or --input FILE")
    if output_file is not None and input_file is None:
        raise typer.BadParameter("--output needs --input")

    from api.commands.answering import answer_file, answer_text  # noqa: PLC0415 - models stay off the start path
    from api.commands.asking import Asked  # noqa: PLC0415 - models stay off the start path

    asked = Asked(
        k=k,
        scope=scope,
        order=order,
        lang=lang,
        stage=stage if stage is None or "." in stage else f"stage.{stage}",
        company_age_months=age_months,
        districts=district,
        exclude=exclude,
        foreign_invested=foreign,
    )
    if input_file is None:
        answer_text(asked, text or "", as_json=as_json, explain=explain)
    elif answer_file(asked, input_file, output_file, as_json=as_json, explain=explain):
        raise typer.Exit(1)
