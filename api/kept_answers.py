"""Public answers kept as bytes: who asks the same again is answered without building anything."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

from starlette.types import Send

from matcher.domain.messages import Language

MOST_BYTES = 16 * 2**20
LONGEST_QUERY = 512  # bytes: nobody asks a longer one twice
OVERHEAD = 2048  # bytes, about: of an answer's key, tag and headers

JSON = "application/json"

RawHeaders = tuple[tuple[bytes, bytes], ...]


class Asked(NamedTuple):
    """What is asked for, as far as a public answer depends on it."""

    path: str
    query: bytes
    accepted: Language | None  # by the header Accept-Language


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer without the id of a request: each gets its own."""

    version: str  # of the registry on which it rests
    route: str  # the template, for log and metrics
    tag: str
    headers: RawHeaders  # of a 304 as well
    body: bytes  # a JSON object

    @property
    def n_bytes(self) -> int:
        return len(self.body) + OVERHEAD

    def written_for(self, request_id: str) -> bytes:
        """The body with the id as its first field; a sane id needs no escaping."""
        return b'{"request_id":"%b",%b' % (request_id.encode(), self.body[1:])

    async def send(self, send: Send, request_id: str, *, with_body: bool = True) -> None:
        body = self.written_for(request_id)
        headers = [
            (b"content-length", b"%d" % len(body)),
            (b"content-type", JSON.encode()),
            *self.headers,
            (b"x-request-id", request_id.encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body if with_body else b""})

    async def send_unchanged(self, send: Send, request_id: str) -> None:
        headers = [*self.headers, (b"x-request-id", request_id.encode())]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


@dataclass
class KeptAnswers:
    """The answers asked for last, within a bound of bytes; those of an older registry are never given."""

    most_bytes: int = MOST_BYTES
    _answers: OrderedDict[Asked, KeptAnswer] = field(default_factory=OrderedDict, init=False, repr=False)
    _n_bytes: int = field(default=0, init=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def get(self, asked: Asked, version: str) -> KeptAnswer | None:
        with self._lock:
            kept = self._answers.get(asked)
            if kept is None or kept.version != version:
                return None
            self._answers.move_to_end(asked)
            return kept

    def put(self, asked: Asked, answer: KeptAnswer) -> None:
        if len(asked.query) > LONGEST_QUERY or answer.n_bytes > self.most_bytes:
            return
        with self._lock:
            before = self._answers.pop(asked, None)
            self._n_bytes += answer.n_bytes - (before.n_bytes if before else 0)
            self._answers[asked] = answer
            while self._n_bytes > self.most_bytes:
                _, oldest = self._answers.popitem(last=False)
                self._n_bytes -= oldest.n_bytes

    def __len__(self) -> int:
        return len(self._answers)
