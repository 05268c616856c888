"""The program as people start it: seconds to a first answer, and the server's memory and pace."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.request import Request, urlopen

from api.bench.rows import Row, skipped
from data.qrels import qrels_folder, read_qrels

MOST_SECONDS = 3.0
MOST_MB = 600.0
N_STARTS = 3
N_REQUESTS = 50
READY_WITHIN_S = 60
TEXT = "We build welding robots for small workshops, have a prototype and look for a hall and a first customer."
COMMAND = "import sys; sys.argv[0] = 'matcher'; from api.cli import app; app()"


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
    with _served(environment) as (process_id, address):
        seconds = [_seconds_of_request(address, text) for text in texts]
        memory = _resident_mb(process_id)
    figure = f"resident memory after {N_REQUESTS} requests"
    if memory is None:
        yield skipped(figure, "this system has no /proc to read it from")
    else:
        yield Row(figure=figure, value=memory, unit="MB", limit=MOST_MB, at_most=True)
    yield Row(figure="one request over HTTP, median", value=1000 * median(seconds), unit="ms")


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[tuple[int, str]]:
    """The process id and address of a server that is ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [sys.executable, "-c", COMMAND, "serve", "--port", str(port)]
    server = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_ready(server, f"http://127.0.0.1:{port}")
        yield server.pid, f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_until_ready(server: subprocess.Popen[bytes], address: str) -> None:
    end = perf_counter() + READY_WITHIN_S
    while server.poll() is None and perf_counter() < end:
        try:
            with urlopen(f"{address}/health/ready", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            sleep(0.1)
    raise SystemExit(f"`matcher serve` was not ready within {READY_WITHIN_S} s (exit status {server.poll()}).")


def _seconds_of_request(address: str, text: str) -> float:
    body = json.dumps({"text": text}).encode()
    request = Request(f"{address}/v1/recommendations", body, {"Content-Type": "application/json"})
    start = perf_counter()
    with urlopen(request, timeout=60) as answer:
        json.load(answer)
    return perf_counter() - start


def _resident_mb(process_id: int) -> float | None:
    """Of the process and its children; None where the system does not say."""
    if not Path("/proc/self/status").exists():
        return None
    of_process = Path(f"/proc/{process_id}")
    own = next(
        float(line.split()[1]) * 1024 / 1e6
        for line in (of_process / "status").read_text().splitlines()
        if line.startswith("VmRSS:")
    )
    children = [int(child) for file in of_process.glob("task/*/children") for child in file.read_text().split()]
    return own + sum(_resident_mb(child) or 0.0 for child in children)
