"""Writes that a caller may send again without doing them twice: the header Idempotency-Key."""

import re
from hashlib import sha256
from typing import Annotated

from fastapi import Header, Request

from matcher.domain.errors import InvalidField
from matcher.services.register_startup import Once

KEY = re.compile(r"[\x21-\x7e]{1,128}", re.ASCII)
IdempotencyKey = Annotated[
    str | None,
    Header(
        description="A word of the caller's own, 1 to 128 visible ASCII characters. Within a day the same key and the "
        "same content give the first answer again; with other content they are refused."
    ),
]


def once_of(request: Request, key: str | None, content: bytes) -> Once | None:
    """None where no key came.

    Args:
        request: whose address belongs to what is sent.
        key: as it came.
        content: everything else that says what is to be written.

    Raises:
        InvalidField: it is no key.
    """
    if key is None:
        return None
    if KEY.fullmatch(key) is None:
        raise InvalidField("A key of 1 to 128 visible ASCII characters is expected.", field="Idempotency-Key")
    head = f"{request.method} {request.url.path}?{request.url.query}\n".encode("utf-8", "surrogatepass")
    return Once(key, sha256(head + content).hexdigest())
