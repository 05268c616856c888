"""Around every request: its id, its time, one line in the log, and no exception that gets past."""

import os
import re
import time
import traceback
from typing import cast

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import FilteringBoundLogger

from api.kept_answers import Asked, KeptAnswer
from api.languages import accepted_language
from api.problem_kinds import FAILED
from api.problems import problem_response
from api.responses import matches
from api.security_headers import secured_start
from api.services import Services

REQUEST_ID_HEADER = "X-Request-Id"
SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
READS = frozenset({"GET", "HEAD"})
NO_ROUTE = "none"

log = structlog.get_logger()


class Access:
    """Gives each request an id, counts and logs it; the log never holds what a caller wrote.

    A public answer that is kept is given from here: nothing further in is asked.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._log: FilteringBoundLogger | None = None  # bound at the first request: by then the log is configured

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send)
        start = time.perf_counter()
        kept = exchange.kept()
        if kept is not None:
            await exchange.give(kept)
        else:
            try:
                await self._app(exchange.inner_scope(), receive, exchange.send)
            except Exception as error:  # the last line of defence: a caller gets a problem, the log a place in the code
                _log_failure(exchange.request_id, error)
                await exchange.fail(receive)
        self._note(exchange, time.perf_counter() - start)

    def _note(self, exchange: "_Exchange", seconds: float) -> None:
        exchange.services.metrics.request(exchange.method, exchange.route, exchange.status, seconds)
        if self._log is None:
            self._log = log.bind()
        self._log.info(
            "request",
            request_id=exchange.request_id,
            method=exchange.method,
            route=exchange.route,
            status=exchange.status,
            duration_ms=round(seconds * 1000, 2),
        )


class _Exchange:
    """One request and what has been sent for it; a HEAD is answered as a GET without its body."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.services = cast(Services, scope["app"].state.services)
        self.headers = dict(reversed(scope["headers"]))  # of several of one name the first one counts
        given = self.headers.get(b"x-request-id", b"").decode("latin-1")
        self.request_id = given if SANE_REQUEST_ID.fullmatch(given) else new_request_id()
        self.method = scope["method"] if scope["method"] in METHODS else "other"
        accepted = accepted_language(self.headers.get(b"accept-language", b"").decode("latin-1"))
        self.asked = Asked(scope["path"], scope["query_string"], accepted)
        self.route = NO_ROUTE
        self.status = 0  # nothing sent yet
        self._scope = scope
        self._send = send

    def kept(self) -> KeptAnswer | None:
        """The public answer, where it is kept and surely of now; who says who they are is answered further in."""
        if self.method not in READS or b"authorization" in self.headers or b"cookie" in self.headers:
            return None
        version = self.services.registry.snapshot.recent_version()
        return None if version is None else self.services.kept.get(self.asked, version.version)

    async def give(self, kept: KeptAnswer) -> None:
        self.route = kept.route
        self.services.metrics.kept.inc()
        if_none_match = self.headers.get(b"if-none-match")
        if if_none_match is not None and matches(if_none_match.decode("latin-1"), kept.tag):
            self.status = 304
            await kept.send_unchanged(self._send, self.request_id)
        else:
            self.status = 200
            await kept.send(self._send, self.request_id, with_body=self.method == "GET")

    def inner_scope(self) -> Scope:
        """What the application is asked; it writes into it which route it took."""
        state = {**self._scope.get("state", {}), "request_id": self.request_id, "asked": self.asked}
        self._scope = {**self._scope, "state": state}
        if self.method == "HEAD":
            self._scope["method"] = "GET"
        return self._scope

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.route = getattr(self._scope.get("route"), "path", NO_ROUTE)
            message = secured_start(message)
            MutableHeaders(scope=message)[REQUEST_ID_HEADER] = self.request_id
        elif self.method == "HEAD":
            message = {**message, "body": b""}
        await self._send(message)

    async def fail(self, receive: Receive) -> None:
        if not self.status:
            await problem_response(Request(self._scope), FAILED)(self._scope, receive, self.send)


def new_request_id() -> str:
    """32 random hexadecimal digits, written as a UUID is; nobody can guess the next one."""
    digits = os.urandom(16).hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _log_failure(request_id: str, error: Exception) -> None:
    """Where it happened, without the error's words: these may hold what a caller wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        "request failed",
        request_id=request_id,
        error=type(error).__name__,
        where=[f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-5:]],
    )
