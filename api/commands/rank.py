"""`matcher rank`: ranks a network's carriers with a ranker learned by `matcher train`."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.batch_options import Fresh, RayAddress, Workers
from api.commands.network_files import Carriers, Interactions, Startups
from api.commands.options import AsJson, Lang
from api.executor_kinds import ExecutorKind


def rank(
    model: Annotated[Path, typer.Option(help="Folder that `matcher train` wrote.")],
    carriers: Carriers,
    startups: Startups,
    interactions: Interactions,
    until: Annotated[str, typer.Option(metavar="DATE", help="Last day that is known: a year, a month or a day.")],
    out: Annotated[Path, typer.Option(help="The run, best first: .csv, or .parquet where pyarrow is installed.")],
    k: Annotated[int, typer.Option("--k", "-k", min=1, help="Most carriers of a startup.")] = 100,
    queries: Annotated[
        Path | None, typer.Option(help="Rank for these startups only: a file with one id a line.")
    ] = None,
    parts: Annotated[bool, typer.Option("--parts", help="Add a column per criterion; they sum to the score.")] = False,
    executor: Annotated[ExecutorKind, typer.Option(help="Where blocks are computed.")] = ExecutorKind.LOCAL,
    workers: Workers = 2,
    ray_address: RayAddress = "local",
    keep: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Folder of vectors and finished blocks: a stopped run goes on from there."),
    ] = None,
    fresh: Fresh = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Rank carriers for the startups of a file, without looking at anything later than a day."""
    from api.commands.learning import Files  # noqa: PLC0415 - the models stay off the start path
    from api.commands.running import Asked, Where, run  # noqa: PLC0415 - the models stay off the start path

    asked = Asked(until=until, k=k, queries=queries, parts=parts)
    where = Where(executor=executor, workers=workers, ray_address=ray_address, keep=keep, fresh=fresh)
    code = run(Files(startups, carriers, interactions), model, asked, where, out, lang=lang, as_json=as_json)
    if code:
        raise typer.Exit(code)
