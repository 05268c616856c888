"""`matcher rerank`: ranks all startups and all carriers of the store for each other."""

from typing import Annotated, Literal

import typer

from api.commands.batch_options import Block, Fresh, KeptIn, RayAddress, Workers
from api.commands.options import AsJson, Lang
from api.executor_kinds import ExecutorKind
from matcher.domain.run_limits import DEFAULT_BLOCK, DEFAULT_LEADS, DEFAULT_LIST, MOST_KEPT

INTERRUPTED = 130


def rerank(
    k: Annotated[
        int, typer.Option("--k", "-k", min=1, max=MOST_KEPT, help="Most carriers of a startup.")
    ] = DEFAULT_LIST,
    leads: Annotated[int, typer.Option(min=1, max=MOST_KEPT, help="Most startups of a carrier.")] = DEFAULT_LEADS,
    scope: Annotated[
        Literal["home", "delta", "all"],
        typer.Option(help="The home city with its enclaves, its region, or everywhere."),
    ] = "home",
    executor: Annotated[ExecutorKind, typer.Option(help="Where blocks are computed.")] = ExecutorKind.LOCAL,
    workers: Workers = 2,
    ray_address: RayAddress = "local",
    fresh: Fresh = False,
    block: Block = DEFAULT_BLOCK,
    out: KeptIn = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Rank everything at once, for both sides; what an earlier run computed is not computed again."""
    from api.commands.reranking import Asked, run  # noqa: PLC0415 - the store and the models stay off the start path

    asked = Asked(
        k=k, leads=leads, scope=scope, block=block, executor=executor, workers=workers, ray_address=ray_address,
        fresh=fresh, out=out,
    )  # fmt: skip
    if not run(asked, lang=lang, as_json=as_json):
        raise typer.Exit(INTERRUPTED)
