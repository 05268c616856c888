"""Requests that are sent again and again: to an application itself, or over a socket that stays open."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Scope

CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Call:
    """One request."""

    path: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def scope(self, app: ASGIApp) -> Scope:
        path, _, query = self.path.partition("?")
        sent = [("host", "localhost"), ("accept", "*/*"), *self._all_headers()]
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self.method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode()) for name, value in sent],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
            "app": app,
        }

    def raw(self) -> bytes:
        """As it goes over a socket."""
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: localhost", "Accept: */*"]
        lines += [f"{name}: {value}" for name, value in self._all_headers()]
        return "\r\n".join([*lines, "", ""]).encode() + self.body

    def _all_headers(self) -> list[tuple[str, str]]:
        of_body = [("Content-Type", "application/json"), ("Content-Length", str(len(self.body)))]
        return [*self.headers, *(of_body if self.body else [])]


@dataclass(frozen=True, slots=True)
class Got:
    """What came back."""

    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes


async def asked_of(app: ASGIApp, call: Call) -> Got:
    """The answer of the application itself, without server or socket."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": call.body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(call.scope(app), receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Got(sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))


async def ask_often(app: ASGIApp, call: Call, n: int) -> None:
    """The same request `n` times, with as little else as can be."""
    scope = call.scope(app)

    async def receive() -> Message:
        return {"type": "http.request", "body": call.body, "more_body": False}

    async def send(_: Message) -> None:
        pass

    for _ in range(n):
        await app({**scope, "state": {}}, receive, send)


@contextmanager
def connected(port: int) -> Iterator["Connection"]:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as opened:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield Connection(opened)


class Connection:
    """Sends one request after the other over the same socket."""

    def __init__(self, opened: socket.socket) -> None:
        self._socket = opened

    def ask(self, raw: bytes) -> Got:
        """ConnectionError where the server hangs up before its answer is whole."""
        self._socket.sendall(raw)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        status, headers = read_head(received[:end])
        n_bytes = int(headers.get("content-length", 0))
        parts, n_left = [received[end + 4 :]], n_bytes - (len(received) - end - 4)
        while n_left > 0:
            parts.append(self._more())
            n_left -= len(parts[-1])
        return Got(status, headers, b"".join(parts))

    def _more(self) -> bytes:
        chunk = self._socket.recv(CHUNK)
        if not chunk:
            raise ConnectionError("The server hung up before its answer was whole.")
        return chunk


def read_head(head: bytes) -> tuple[int, dict[str, str]]:
    """Status and headers, these in lower case."""
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(first.split(" ", 2)[1]), {name.lower(): value.strip() for name, _, value in pairs}
