"""The program as people start it: seconds to a first answer, and the server's memory and pace."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.request import Request, urlopen

from api.bench.processes import COMMAND, matcher_serve, resident_mb, served
from api.bench.rows import Row, skipped
from data.qrels import qrels_folder, read_qrels

MOST_SECONDS = 3.0
MOST_MB = 600.0
N_STARTS = 3
N_REQUESTS = 50
TEXT = "We build welding robots for small workshops, have a prototype and look for a hall and a first customer."


def program_rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        environment = os.environ | {"MATCHER_DATA_DIR": folder, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        yield Row(
            figure="first start of all, store filled from the seed",
            value=_seconds_to_answer(environment),
            unit="s",
            note="the registry is stored and encoded",
        )
        yield Row(
            figure="cold start of `matcher recommend`",
            value=median(_seconds_to_answer(environment) for _ in range(N_STARTS)),
            unit="s",
            limit=MOST_SECONDS,
            at_most=True,
            note=f"median of {N_STARTS}",
        )
        yield from _server_rows(environment)


def _seconds_to_answer(environment: dict[str, str]) -> float:
    start = perf_counter()
    arguments = [sys.executable, "-c", COMMAND, "recommend", TEXT, "--json"]
    done = subprocess.run(arguments, env=environment, capture_output=True, check=True)
    seconds = perf_counter() - start
    json.loads(done.stdout)  # an answer, not only an end
    return seconds


def _server_rows(environment: dict[str, str]) -> Iterator[Row]:
    texts = [startup.text for startup in read_qrels(qrels_folder()).startups[:N_REQUESTS]]
    with served(matcher_serve(), environment) as server:
        seconds = [_seconds_of_request(server.address, text) for text in texts]
        memory = resident_mb(server.process_id)
    figure = f"resident memory after {N_REQUESTS} requests"
    if memory is None:
        yield skipped(figure, "this system has no /proc to read it from")
    else:
        yield Row(figure=figure, value=memory, unit="MB", limit=MOST_MB, at_most=True)
    yield Row(figure="one request over HTTP, median", value=1000 * median(seconds), unit="ms")


def _seconds_of_request(address: str, text: str) -> float:
    body = json.dumps({"text": text}).encode()
    request = Request(f"{address}/v1/recommendations", body, {"Content-Type": "application/json"})
    start = perf_counter()
    with urlopen(request, timeout=60) as answer:
        json.load(answer)
    return perf_counter() - start
