"""The server as a process of its own: ready, small, and gone when told to."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from tests.http.conftest import ENDPOINT

READY_WITHIN_S = 60
MOST_BYTES = 600 * 10**6


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a fresh store, and its address; a parameter of the fixture adds settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "--factory", "api.app:create_app", "--port", str(port), "--no-access-log"],
        env=os.environ
        | {"MATCHER_DATA_DIR": str(tmp_path), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        | getattr(request, "param", {}),
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()


def read(address: str, body: bytes | None = None) -> str:
    with urlopen(Request(address, body, {"Content-Type": "application/json"}), timeout=30) as response:
        return response.read().decode()


def wait_until_ready(process: subprocess.Popen[str], address: str) -> None:
    for _ in range(READY_WITHIN_S * 10):
        assert process.poll() is None
        try:
            read(f"{address}/health/ready")
        except (URLError, ConnectionError):  # not listening yet: models load first
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server was not ready in time")


def test_a_server_answers_stays_small_logs_no_text_and_stops_when_told(server) -> None:
    process, address = server
    wait_until_ready(process, address)

    for _ in range(5):
        answer = json.loads(
            read(address + ENDPOINT, json.dumps({"text": "A secret plan for a surgical robot."}).encode())
        )
    memory = next(
        float(line.split()[1])
        for line in read(f"{address}/metrics").splitlines()
        if line.startswith("process_resident_memory_bytes ")
    )
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=30)

    assert answer["outcome"]
    assert memory < MOST_BYTES
    assert process.returncode in (0, -signal.SIGTERM)  # uvicorn raises the signal again after an orderly stop
    assert "Application shutdown complete" in log
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert [line["route"] for line in lines].count(ENDPOINT) == 5
    assert "secret" not in log


@pytest.mark.parametrize("server", [{"MATCHER_ENCODER": "no/such/folder/"}], indirect=True)
def test_a_server_that_cannot_start_says_why_in_one_line(server) -> None:
    process, _ = server

    _, log = process.communicate(timeout=60)

    assert process.returncode
    assert "The encoder no/such/folder/ cannot be had" in log
    assert "Traceback" not in log
