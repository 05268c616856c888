"""Around every request: its id, its time, one line in the log, and no exception that gets past."""

import re
import time
import traceback
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.dependencies import services_of
from api.problem_kinds import FAILED
from api.problems import problem_response

REQUEST_ID_HEADER = "X-Request-Id"
SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE = "none"

log = structlog.get_logger("matcher.http")


class Access:
    """Gives each request an id, counts and logs it; the log never holds what a caller wrote."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send)
        start = time.perf_counter()
        try:
            await self._app(exchange.scope, receive, exchange.send)
        except Exception as error:  # the last line of defence: a caller gets a problem, the log a place in the code
            _log_failure(exchange.request_id, error)
            await exchange.fail(receive)
        _note(exchange, time.perf_counter() - start)


class _Exchange:
    """One request and what has been sent for it; a HEAD is answered as a GET without its body."""

    def __init__(self, scope: Scope, send: Send) -> None:
        given = Headers(scope=scope).get(REQUEST_ID_HEADER, "")
        self.request_id = given if SANE_REQUEST_ID.fullmatch(given) else str(uuid4())
        self.method = scope["method"] if scope["method"] in METHODS else "other"
        self.status = 0  # nothing sent yet
        self.scope = {**scope, "state": {**scope.get("state", {}), "request_id": self.request_id}}
        if self.method == "HEAD":
            self.scope["method"] = "GET"
        self._send = send

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)[REQUEST_ID_HEADER] = self.request_id
        elif self.method == "HEAD":
            message = {**message, "body": b""}
        await self._send(message)

    async def fail(self, receive: Receive) -> None:
        if not self.status:
            await problem_response(Request(self.scope), FAILED)(self.scope, receive, self.send)

    @property
    def route(self) -> str:
        return getattr(self.scope.get("route"), "path", NO_ROUTE)


class BodyLimit:
    """Refuses a body as soon as it is known to be too large: by its header, else while it is read."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        is_announced = announced.isdecimal()
        n_bytes = int(announced) if is_announced else 0

        async def limited() -> Message:
            nonlocal n_bytes
            if n_bytes > self._max_bytes:
                raise HTTPException(413)
            message = await receive()
            if not is_announced:
                n_bytes += len(message.get("body", b""))
                if n_bytes > self._max_bytes:
                    raise HTTPException(413)
            return message

        await self._app(scope, limited, send)


def _note(exchange: _Exchange, seconds: float) -> None:
    metrics = services_of(Request(exchange.scope)).metrics
    metrics.requests.labels(exchange.method, exchange.route, str(exchange.status)).inc()
    metrics.latency.labels(exchange.route).observe(seconds)
    log.info(
        "request",
        request_id=exchange.request_id,
        method=exchange.method,
        route=exchange.route,
        status=exchange.status,
        duration_ms=round(seconds * 1000, 2),
    )


def _log_failure(request_id: str, error: Exception) -> None:
    """Where it happened, without the error's words: these may hold what a caller wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        "request failed",
        request_id=request_id,
        error=type(error).__name__,
        where=[f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-5:]],
    )
