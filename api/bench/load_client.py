"""Callers that ask one request after the other over connections of their own, and note how each went."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from api.bench.calls import read_head


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request in a mix."""

    name: str
    share: float  # relative to the other kinds
    raws: Sequence[bytes]  # as they go over a socket; one is drawn each time
    expected: int = 200


@dataclass
class Noted:
    """What came of the requests of one kind."""

    seconds: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)  # how often, by what went wrong

    def fail(self, what: str) -> None:
        self.errors[what] = self.errors.get(what, 0) + 1

    @property
    def n_errors(self) -> int:
        return sum(self.errors.values())

    def percentile_ms(self, percent: float) -> float | None:
        """The nearest rank; None where nothing was answered."""
        if not self.seconds:
            return None
        ranked = sorted(self.seconds)
        return 1000 * ranked[min(len(ranked) - 1, int(len(ranked) * percent / 100))]


async def put_under_load(
    port: int, mix: Sequence[Kind], *, seconds: float, n_connections: int, rng: random.Random
) -> dict[str, Noted]:
    """Each connection asks again as soon as it is answered, until the time is over.

    Args:
        port: of a server on this machine.
        mix: from which each request is drawn.
        seconds: how long; a request in progress at the end is still waited for.
        n_connections: that ask side by side.
        rng: draws the requests.
    """
    noted = {kind.name: Noted() for kind in mix}
    end = time.perf_counter() + seconds
    await asyncio.gather(*(_ask_until(end, port, mix, noted, rng) for _ in range(n_connections)))
    return noted


async def _ask_until(end: float, port: int, mix: Sequence[Kind], noted: dict[str, Noted], rng: random.Random) -> None:
    shares = [kind.share for kind in mix]
    loop = asyncio.get_running_loop()
    connection: _Connection | None = None
    while time.perf_counter() < end:
        (kind,) = rng.choices(mix, shares)
        start = time.perf_counter()
        try:
            if connection is None or connection.is_closed:
                _, connection = await loop.create_connection(_Connection, "127.0.0.1", port)
            status = await connection.ask(rng.choice(kind.raws), loop.create_future)
        except ConnectionError as error:
            noted[kind.name].fail(type(error).__name__)
            continue
        noted[kind.name].seconds.append(time.perf_counter() - start)
        if status != kind.expected:
            noted[kind.name].fail(f"status {status}")
    if connection is not None:
        connection.close()


class _Connection(asyncio.Protocol):
    """As little work for an answer as can be: the rest of the machine belongs to the server."""

    def __init__(self) -> None:
        self.is_closed = False
        self._received = bytearray()
        self._n_awaited: int | None = None  # bytes of head and body; None until the head is there
        self._status = 0
        self._answered: asyncio.Future[int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    async def ask(self, raw: bytes, new_future: Callable[[], "asyncio.Future[int]"]) -> int:
        """The status; ConnectionError where the server hangs up before its answer is whole."""
        self._received.clear()
        self._n_awaited = None
        self._answered = new_future()
        self._transport.write(raw)
        return await self._answered

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._n_awaited is None and (end := self._received.find(b"\r\n\r\n")) >= 0:
            self._status, headers = read_head(bytes(self._received[:end]))
            self._n_awaited = end + 4 + int(headers.get("content-length", 0))
        is_whole = self._n_awaited is not None and len(self._received) >= self._n_awaited
        if is_whole and self._answered is not None and not self._answered.done():
            self._answered.set_result(self._status)

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_closed = True
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(ConnectionResetError())

    def close(self) -> None:
        self._transport.close()
