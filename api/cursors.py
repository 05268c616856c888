"""Where the next page begins, as an opaque word."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId

FORM = b"after:"


def cursor_after(record_id: str) -> str:
    """A cursor for the page that begins after this record."""
    return urlsafe_b64encode(FORM + record_id.encode()).decode().rstrip("=")


def id_before(cursor: str) -> CarrierId:
    """The carrier after which a page begins.

    Raises:
        InvalidField: this is no cursor of ours.
    """
    try:
        decoded = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        carrier_id = CarrierId(decoded.removeprefix(FORM).decode())
    except (UnicodeError, binascii.Error):
        raise _broken() from None
    if cursor_after(carrier_id) != cursor:
        raise _broken()
    return carrier_id


def _broken() -> InvalidField:
    return InvalidField(
        "The cursor cannot be read; take `next_cursor` of the page before, or leave it out.", field="cursor"
    )
