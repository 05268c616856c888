"""The server as a process of its own: ready, small, and gone when told to."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from api.bench.processes import matcher_serve
from tests.http.conftest import ENDPOINT

READY_WITHIN_S = 60
MOST_BYTES = 600 * 10**6


@pytest.fixture
def server(filled_folder: Path, request: pytest.FixtureRequest) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a store of its own, and its address; a parameter of the fixture adds settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*matcher_serve(), "--port", str(port)],
        env=os.environ
        | {"MATCHER_DATA_DIR": str(filled_folder), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
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


def lists_kept(folder: Path) -> set[str]:
    """The ids of the requests whose lists are in the store."""
    with closing(sqlite3.connect(folder / "matcher.db")) as store:
        return {request_id for (request_id,) in store.execute("SELECT request_id FROM shown_lists")}


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
    assert process.returncode == 0
    assert "Application shutdown complete" in log
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert [line.get("route") for line in lines].count(ENDPOINT) == 5
    assert "secret" not in log


@pytest.mark.parametrize("server", [{"MATCHER_ENCODER": "no/such/folder/"}], indirect=True)
def test_a_server_that_cannot_start_says_why_in_one_line(server) -> None:
    process, _ = server

    _, log = process.communicate(timeout=60)

    assert process.returncode
    assert "The encoder no/such/folder/ cannot be had" in log
    assert "Traceback" not in log


def test_a_request_in_progress_is_finished_when_the_server_stops_and_no_new_one_is_taken(server) -> None:
    process, address = server
    wait_until_ready(process, address)
    port = int(address.rpartition(":")[2])
    body = json.dumps({"text": "We build welding robots.", "k": 1}).encode()
    head = f"POST {ENDPOINT} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"

    with socket.create_connection(("127.0.0.1", port), timeout=20) as begun:
        begun.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:5])
        time.sleep(0.2)  # the server has taken it
        process.send_signal(signal.SIGTERM)
        wait_until_closed(port)
        begun.sendall(body[5:])
        answer = b""
        while chunk := begun.recv(1 << 16):
            answer += chunk
    process.communicate(timeout=30)

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["outcome"]
    assert process.returncode == 0


@pytest.mark.parametrize("server", [{"MATCHER_STOP_SECONDS": "1"}], indirect=True)
def test_a_request_that_does_not_end_does_not_hold_up_the_stop(server) -> None:
    process, address = server
    wait_until_ready(process, address)

    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=20) as begun:
        begun.sendall(f"POST {ENDPOINT} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n".encode())
        begun.sendall(b"Content-Length: 100\r\n\r\n{")
        time.sleep(0.2)  # the server has taken it
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)  # less than a body may take

    assert process.returncode == 0


def wait_until_closed(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.05)
    pytest.fail("the server still takes connections")


def test_lists_that_were_just_shown_are_kept_by_a_server_that_is_told_to_stop(server, filled_folder) -> None:
    process, address = server
    wait_until_ready(process, address)
    body = json.dumps({"text": "We build drones that inspect wind farms."}).encode()

    shown = {json.loads(read(address + ENDPOINT, body))["request_id"] for _ in range(3)}
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)

    assert lists_kept(filled_folder) == shown
