"""What a request may bring: a body that is small enough, and that comes in time."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


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
