"""What a request may bring: a body that is small enough, and that comes in time."""

from typing import cast

from anyio import current_time, fail_after
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.services import Services

FILES = "/imports"  # what these addresses take are files of many records
HANG_UP = {"Connection": "close"}  # else the rest of the body is read, however much and however slowly it comes


class BodyLimit:
    """Refuses a body as soon as it is known to be too large, by its header or while it is read, or too slow."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and has_body(scope):
            settings = cast(Services, scope["app"].state.services).settings
            n_bytes = settings.import_bytes if scope["path"].endswith(FILES) else self._max_bytes
            receive = _Limited(receive, announced_bytes(scope), n_bytes, settings.body_seconds)
        await self._app(scope, receive, send)


class _Limited:
    """Gives what `receive` gives while the body is within its limits."""

    def __init__(self, receive: Receive, announced: int | None, max_bytes: int, seconds: float) -> None:
        self._receive = receive
        self._is_announced = announced is not None
        self._n_bytes = announced or 0
        self._max_bytes = max_bytes
        self._seconds_left = seconds
        self._is_whole = False

    async def __call__(self) -> Message:
        self._refuse_large()
        if self._is_whole:
            return await self._receive()  # waits for the caller to hang up, as long as it takes
        message = await self._in_time()
        self._is_whole = not message.get("more_body", False)
        if not self._is_announced:
            self._n_bytes += len(message.get("body", b""))
            self._refuse_large()
        return message

    async def _in_time(self) -> Message:
        start = current_time()
        try:
            with fail_after(self._seconds_left):
                return await self._receive()
        except TimeoutError:
            raise HTTPException(408, headers=HANG_UP) from None
        finally:
            self._seconds_left = max(0.0, self._seconds_left - (current_time() - start))

    def _refuse_large(self) -> None:
        if self._n_bytes > self._max_bytes:
            raise HTTPException(413, headers=HANG_UP)


def has_body(scope: Scope) -> bool:
    return any(name in (b"content-length", b"transfer-encoding") for name, _ in scope["headers"])


def announced_bytes(scope: Scope) -> int | None:
    """None where the header does not say."""
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(said) if said.isdigit() else None
