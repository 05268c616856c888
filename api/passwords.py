"""Hashes passwords with Argon2id, as the library argon2-cffi does it."""

import secrets
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP, Password Storage Cheat Sheet: 46 MiB and one pass; one lane, as a request has one thread.
MEMORY_KIB = 46 * 1024
PASSES = 1
LANES = 1
SALT_BYTES = 16
HASH_BYTES = 32


class Argon2Passwords:
    """Answers `PasswordHasher`."""

    def __init__(self, memory_kib: int = MEMORY_KIB, passes: int = PASSES) -> None:
        self._hasher = PasswordHasher(
            time_cost=passes, memory_cost=memory_kib, parallelism=LANES, hash_len=HASH_BYTES, salt_len=SALT_BYTES
        )
        salt, never_hit = (_unpadded(secrets.token_bytes(n)) for n in (SALT_BYTES, HASH_BYTES))
        self._stand_in = f"$argon2id$v=19$m={memory_kib},t={passes},p={LANES}${salt}${never_hit}"

    @property
    def stand_in(self) -> str:
        return self._stand_in

    def hash(self, password: str) -> str:
        return self._hasher.hash(_bytes(password))

    def verifies(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, password_hash: str) -> bool:
        return self._hasher.check_needs_rehash(password_hash)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def _unpadded(raw: bytes) -> str:
    return b64encode(raw).decode().rstrip("=")
