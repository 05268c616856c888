"""Secrets that this program makes, and what is kept of them: random enough that a plain fast hash is right."""

import re
from collections.abc import Callable
from hashlib import sha256
from hmac import compare_digest

from matcher.domain.credentials import ApiKeyId

NewSecret = Callable[[], str]  # 256 random bits, in characters that may stand in an address
NewId = Callable[[], str]  # unguessable, of letters and digits only

KEY = re.compile(r"mk_([0-9a-z]{8,64})_([A-Za-z0-9_-]{20,128})", re.ASCII)


def digest(text: str) -> str:
    """What is kept of a secret; shape: 64 hexadecimal digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_same(kept_digest: str, text: str) -> bool:
    """Takes as long for a wrong secret that begins right as for any other."""
    return compare_digest(kept_digest, digest(text))


def written_key(key_id: ApiKeyId, secret: str) -> str:
    """The key as its owner sees it, once."""
    return f"mk_{key_id}_{secret}"


def parts_of_key(text: str) -> tuple[ApiKeyId, str] | None:
    """Id and secret; None for what is no key of ours."""
    matched = KEY.fullmatch(text)
    return None if matched is None else (ApiKeyId(matched[1]), matched[2])


def csrf_token(session_token: str) -> str:
    """What a page shows to prove that it may read what the server sent it; tells nothing of the session's token."""
    return digest("csrf:" + session_token)


def is_csrf_token(session_token: str, given: str) -> bool:
    return compare_digest(csrf_token(session_token).encode(), given.encode("utf-8", "surrogatepass"))
