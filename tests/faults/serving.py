"""A server that a test may kill, starve and start again on the same data folder."""

import json
import os
import resource
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from api.bench.processes import matcher_serve

READY_WITHIN_S = 60
PLENTY = {"MATCHER_ASKS_PER_MINUTE": "0", "MATCHER_ACCOUNT_ASKS_PER_MINUTE": "0", "OMP_NUM_THREADS": "1"}


@dataclass
class Server:
    process: "subprocess.Popen[bytes]"
    address: str

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: object = None
    ) -> tuple[int, Any]:
        """Status and JSON; raises ConnectionError, URLError or TimeoutError where no answer comes."""
        sent = None if body is None else json.dumps(body).encode()
        every = {"Content-Type": "application/json", **(headers or {})}
        try:
            with urlopen(Request(self.address + path, sent, every, method=method), timeout=60) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def kill(self) -> None:
        """As a power cut does to it: without a chance to tidy up."""
        self.process.kill()
        self.process.wait()


@contextmanager
def a_server(folder: Path, *, largest_file: int | None = None) -> Iterator[Server]:
    """Ready to answer.

    Args:
        folder: with its data.
        largest_file: bytes beyond which the system lets no file of it grow, as if the disk were full.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*matcher_serve(), "--port", str(port)],
        env=os.environ | PLENTY | {"MATCHER_DATA_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        server = Server(process, f"http://127.0.0.1:{port}")
        _wait_until_ready(server)
        if largest_file is not None:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (largest_file, largest_file))
        yield server
    finally:
        server.kill()


def _wait_until_ready(server: Server) -> None:
    end = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < end and server.process.poll() is None:
        try:
            if server.ask("GET", "/health/ready")[0] == 200:
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError("the server was not ready in time")
