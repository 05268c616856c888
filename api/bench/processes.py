"""Servers as processes of their own: started, ready, watched and stopped."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

READY_WITHIN_S = 60
STOPPED_WITHIN_S = 30
COMMAND = "import sys; sys.argv[0] = 'matcher'; from api.cli import app; app()"
PROCESS_CLOCK = 2  # what Linux adds to the number of a process to name the clock of its processor time


@dataclass(frozen=True)
class Served:
    """A server that is ready."""

    process_id: int
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def matcher_serve(*options: str) -> list[str]:
    """The command `matcher serve` of this checkout."""
    return [sys.executable, "-c", COMMAND, "serve", *options]


def matcher_says(*arguments: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """What a command of `matcher` prints as JSON."""
    command = [sys.executable, "-c", COMMAND, *arguments, "--json"]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def uvicorn_of(factory: str) -> list[str]:
    """The same server with another application."""
    quiet = ["--no-access-log", "--log-level", "warning"]
    return [sys.executable, "-m", "uvicorn", "--factory", factory, *quiet]


@contextmanager
def served(command: Sequence[str], environment: Mapping[str, str], ready: str = "/health/ready") -> Iterator[Served]:
    """Start the server on a free port of this machine, and stop it at the end.

    Args:
        command: to which the port is added.
        environment: variables beside those of this process.
        ready: the path that answers once the server can.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*command, "--port", str(port)],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_ready(server, f"http://127.0.0.1:{port}{ready}")
        yield Served(server.pid, port)
    finally:
        server.terminate()
        server.wait(timeout=STOPPED_WITHIN_S)


def processor_seconds(process_id: int) -> float | None:
    """Processor time that a process took so far; None where the system does not say."""
    try:
        return time.clock_gettime((~process_id << 3) | PROCESS_CLOCK)
    except OSError:
        return None


def resident_mb(process_id: int) -> float | None:
    """Memory of the process and its children; None where the system does not say."""
    if not Path("/proc/self/status").exists():
        return None
    of_process = Path(f"/proc/{process_id}")
    own = next(
        float(line.split()[1]) * 1024 / 1e6
        for line in (of_process / "status").read_text().splitlines()
        if line.startswith("VmRSS:")
    )
    children = [int(child) for file in of_process.glob("task/*/children") for child in file.read_text().split()]
    return own + sum(resident_mb(child) or 0.0 for child in children)


def _wait_until_ready(server: subprocess.Popen[bytes], address: str) -> None:
    end = time.perf_counter() + READY_WITHIN_S
    while server.poll() is None and time.perf_counter() < end:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, HTTPError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise SystemExit(f"The server was not ready within {READY_WITHIN_S} s (exit status {server.poll()}).")
