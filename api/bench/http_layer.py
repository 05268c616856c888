"""The HTTP layer beside bare Starlette that gives as many bytes: processor time per request, in turns."""

import asyncio
import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, redirect_stderr
from dataclasses import dataclass
from statistics import median
from tempfile import TemporaryDirectory

from starlette.types import ASGIApp

from api.bench.calls import Call, Connection, ask_often, asked_of, connected
from api.bench.processes import Served, processor_seconds, served, uvicorn_of
from api.bench.rows import Row, skipped
from api.bench.served import SIZES, bare_app, own_app
from api.lifespan import settle_memory

MOST_TIMES = 2.5
N_ROUNDS = 7
N_DIRECT, N_OVER_SOCKET = 150, 500  # requests a round
TEXT = "We build welding robots for small workshops, have a prototype and look for a hall and a first customer."
READS = {
    "list of 20 carriers": "/v1/carriers",
    "one carrier": "/v1/carriers/cn004",
    "vocabulary": "/v1/taxonomy",
}
PROBES = {"alive": "/health/live", "ready": "/health/ready"}  # asked a few times a minute: without limit


@dataclass(frozen=True, slots=True)
class Pair:
    """A request of ours, and the one that bare Starlette answers with as many bytes."""

    figure: str
    ours: Call
    bare: Call
    limit: float | None = MOST_TIMES
    note: str = ""


def http_rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        environment = {"MATCHER_DATA_DIR": folder}
        os.environ |= environment  # for the application in this process
        try:
            with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):  # the log
                pairs, rows = asyncio.run(_direct())
        finally:
            del os.environ["MATCHER_DATA_DIR"]
        yield from rows
        yield from _over_socket(pairs, environment)


async def _direct() -> tuple[list[Pair], list[Row]]:
    """Without server and sockets: nothing but the two applications, in one process."""
    ours = own_app()
    async with ours.router.lifespan_context(ours):
        pairs = await _pairs(ours)
        settle_memory()  # as a server does
        rows = []
        for pair in pairs:
            bare = bare_app(_sizes([pair]))
            own_us, bare_us = [], []
            for _ in range(N_ROUNDS):
                own_us.append(await _microseconds(ours, pair.ours))
                bare_us.append(await _microseconds(bare, pair.bare))
            rows.append(_row("ASGI", pair, own_us, bare_us))
    return pairs, rows


async def _microseconds(app: ASGIApp, call: Call) -> float:
    start = time.process_time()
    await ask_often(app, call, N_DIRECT)
    return 1e6 * (time.process_time() - start) / N_DIRECT


async def _pairs(ours: ASGIApp) -> list[Pair]:
    pairs = []
    for figure, path in READS.items():
        got = await asked_of(ours, Call(path))
        pairs.append(Pair(figure, Call(path), Call(f"/{len(got.body)}")))
        if "etag" in got.headers:
            unchanged = Call(path, headers=(("If-None-Match", got.headers["etag"]),))
            pairs.append(Pair(f"{figure}, unchanged", unchanged, Call("/unchanged")))
    for figure, path in PROBES.items():
        got = await asked_of(ours, Call(path))
        pairs.append(Pair(figure, Call(path), Call(f"/{len(got.body)}"), limit=None, note="a probe"))
    recommend = Call("/v1/recommendations", "POST", body=json.dumps({"text": TEXT}).encode())
    got = await asked_of(ours, recommend)
    bare = Call(f"/{len(got.body)}", "POST", body=recommend.body)
    note = "no two are the same: each is written anew"
    pairs.append(Pair("recommendation, read and written only", recommend, bare, limit=None, note=note))
    return pairs


def _over_socket(pairs: list[Pair], environment: dict[str, str]) -> Iterator[Row]:
    """Through the same server, uvicorn, over one connection each; processor time of the server's process."""
    sizes = {SIZES: ",".join(str(size) for size in _sizes(pairs))}
    with ExitStack() as stack:
        ours = stack.enter_context(served(uvicorn_of("api.bench.served:own_app"), environment))
        bare = stack.enter_context(served(uvicorn_of("api.bench.served:bare_app"), sizes, pairs[0].bare.path))
        if processor_seconds(ours.process_id) is None:
            yield skipped("over a socket", "this system does not tell the processor time of another process")
            return
        to_ours, to_bare = (stack.enter_context(connected(server.port)) for server in (ours, bare))
        for pair in pairs:
            own_us, bare_us = [], []
            for _ in range(N_ROUNDS):
                own_us.append(_server_microseconds(ours, to_ours, pair.ours))
                bare_us.append(_server_microseconds(bare, to_bare, pair.bare))
            yield _row("socket", pair, own_us, bare_us)


def _server_microseconds(server: Served, connection: Connection, call: Call) -> float:
    raw = call.raw()
    start = processor_seconds(server.process_id) or 0.0
    for _ in range(N_OVER_SOCKET):
        connection.ask(raw)
    return 1e6 * ((processor_seconds(server.process_id) or 0.0) - start) / N_OVER_SOCKET


def _sizes(pairs: list[Pair]) -> list[int]:
    return [int(pair.bare.path[1:]) for pair in pairs if pair.bare.path[1:].isdecimal()]


def _row(way: str, pair: Pair, own_us: list[float], bare_us: list[float]) -> Row:
    ours, bare = median(own_us), median(bare_us)
    return Row(
        figure=f"HTTP by {way}, {pair.figure}",
        value=ours,
        unit="us",
        reference=bare,
        ratio=ours / bare,
        limit=pair.limit,
        at_most=True,
        note=pair.note,
    )
