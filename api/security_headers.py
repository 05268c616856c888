"""What every answer tells a browser: take it for what it says it is, show it in no frame, load nothing with it."""

from collections.abc import Iterable

from starlette.types import Message

RawHeader = tuple[bytes, bytes]

# A page that loads something of its own says so itself, in a narrower policy than a browser's own.
SECURITY_HEADERS: tuple[RawHeader, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    (b"x-frame-options", b"DENY"),  # for browsers that do not know frame-ancestors
    (b"referrer-policy", b"same-origin"),  # with "no-referrer" a browser hides from us, too, which site sends a form
    (b"cross-origin-resource-policy", b"same-origin"),
)


def secured(headers: Iterable[RawHeader]) -> list[RawHeader]:
    """The headers of an answer, and those it did not set itself."""
    own = list(headers)
    names = {name for name, _ in own}
    return own + [header for header in SECURITY_HEADERS if header[0] not in names]


def secured_start(message: Message) -> Message:
    """The same for the message with which an answer starts."""
    return {**message, "headers": secured(message["headers"])}
