"""Callers that trickle, flood or hold on: each is let go without harm to the others, on a real server."""

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
import uvicorn

from api.bench.calls import Call, Connection, connected, read_head
from api.bench.processes import Served, matcher_serve, served
from api.protocol import MAX_HEAD_BYTES, MAX_HEADERS, GuardedProtocol
from tests.http.conftest import ENDPOINT

BODY_SECONDS = 0.5
HEAD = f"POST {ENDPOINT} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def server(filled_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = copytree(filled_store, tmp_path_factory.mktemp("stubborn") / "var")  # a first start makes an account in it
    settings = {"MATCHER_DATA_DIR": str(folder), "MATCHER_BODY_SECONDS": str(BODY_SECONDS)}
    with served(matcher_serve(), settings | {"OMP_NUM_THREADS": "1"}) as server:
        yield server


def everything_from(opened: socket.socket) -> bytes:
    """What comes until the server hangs up."""
    received = b""
    while chunk := opened.recv(1 << 16):
        received += chunk
    return received


def test_a_body_that_trickles_is_cut_off_and_others_are_answered_meanwhile(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as slow, connected(server.port) as other:
        slow.sendall(f'{HEAD}Content-Length: 100\r\n\r\n{{"text": "'.encode())
        start = time.perf_counter()
        meanwhile = other.ask(Call("/v1/carriers/cn004").raw())
        answered_after = time.perf_counter() - start
        received = everything_from(slow)

    status, headers = read_head(received.partition(b"\r\n\r\n")[0])
    problem = json.loads(received.partition(b"\r\n\r\n")[2])
    assert (status, headers["connection"]) == (408, "close")
    assert problem["type"] == "/problems/body-too-slow"
    assert meanwhile.status == 200
    assert answered_after < BODY_SECONDS


def test_a_body_that_keeps_coming_in_small_pieces_has_no_more_time(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as slow:
        slow.sendall(f"{HEAD}Transfer-Encoding: chunked\r\n\r\n".encode())
        start = time.perf_counter()
        received = b""
        while not received and time.perf_counter() - start < 10:
            slow.sendall(b"1\r\n \r\n")
            slow.settimeout(0.1)
            try:
                received = slow.recv(1 << 16)
            except TimeoutError:
                continue

    assert read_head(received.partition(b"\r\n\r\n")[0])[0] == 408


def test_a_body_that_is_announced_as_too_large_is_refused_before_it_comes(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as opened:
        opened.sendall(f"{HEAD}Content-Length: 10000000\r\n\r\n".encode())
        received = everything_from(opened)

    status, headers = read_head(received.partition(b"\r\n\r\n")[0])
    assert (status, headers["connection"]) == (413, "close")


@pytest.mark.parametrize(
    "head",
    [
        "GET /health/live HTTP/1.1\r\n" + "X-Much: 1\r\n" * (MAX_HEADERS + 1),
        f"GET /health/live HTTP/1.1\r\nX-Long: {'a' * MAX_HEAD_BYTES}\r\n",
        f"GET /{'a' * MAX_HEAD_BYTES} HTTP/1.1\r\n",
    ],
    ids=["many headers", "a long header", "a long address"],
)
def test_a_head_that_is_too_large_is_refused(server: Served, head: str) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as opened:
        opened.sendall(f"{head}\r\n".encode())
        received = everything_from(opened)

    assert received.startswith(b"HTTP/1.1 431 ")


def test_what_is_no_http_is_refused(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as opened:
        opened.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        received = everything_from(opened)

    assert received.startswith(b"HTTP/1.1 400 ")


class Hasty(GuardedProtocol):
    head_seconds = 0.2


async def hello(scope, receive, send) -> None:
    await asyncio.sleep(0.5)  # longer than a head may take: an answer may take its time
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"hi"})


async def lingering(first: bytes) -> tuple[bytes, float]:
    """What a caller gets that sends this and then waits, and after how many seconds the server hangs up."""
    server = uvicorn.Server(uvicorn.Config(hello, port=0, http=Hasty, lifespan="off", log_level="critical"))
    listening = socket.create_server(("127.0.0.1", 0))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    start = time.perf_counter()
    writer.write(first)
    received = await reader.read()
    seconds = time.perf_counter() - start
    writer.close()
    server.should_exit = True
    await running
    return received, seconds


@pytest.mark.parametrize("first", [b"", b"GET / HTTP/1.1\r\nHost: a\r\nX-Never: "], ids=["nothing", "half a head"])
def test_who_never_finishes_a_head_is_hung_up_on(first: bytes) -> None:
    received, seconds = asyncio.run(lingering(first))

    assert received == b""
    assert seconds < 5


def test_an_answer_may_take_longer_than_a_head() -> None:
    received, _ = asyncio.run(lingering(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))

    assert received.endswith(b"hi")


def test_a_connection_serves_one_request_after_the_other(server: Served) -> None:
    with connected(server.port) as connection:
        assert [ask(connection) for _ in range(3)] == [200, 200, 200]


def ask(connection: Connection) -> int:
    return connection.ask(Call("/v1/taxonomy").raw()).status
