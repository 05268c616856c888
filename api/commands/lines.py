"""JSON Lines in and out: what a line asks, and a file that is whole or not there at all."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from matcher.domain.errors import InvalidField, InvalidFile, InvalidInput

LARGEST_INTEGER = 2**53 - 1  # beyond it other JSON readers lose digits


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: an object, or what is wrong with it."""

    number: int  # from 1
    id: str | int | None = None
    content: dict[str, Any] = field(default_factory=dict)
    error: InvalidInput | None = None


def count_lines(path: Path) -> int:
    """How many lines are not blank.

    Raises:
        InvalidFile: the file cannot be read.
    """
    with _reading(path) as file:
        return sum(1 for raw in file if raw.strip())


def read_lines(path: Path) -> Iterator[Line]:
    """The lines that are not blank, in order."""
    with _reading(path) as file:
        for number, raw in enumerate(file, 1):
            if raw.strip():
                yield _line(number, raw)


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into that appears under its name only when the block ends well.

    A name that is no plain file, as /dev/stdout, is written directly.

    Raises:
        InvalidFile: it cannot be written.
    """
    direct = path.exists() and not path.is_file()
    target = path if direct else path.resolve()  # behind a link, so that the link stays one
    part = target if direct else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        file = part.open("wb")
    except OSError as error:
        raise InvalidFile(
            "The file {file} cannot be written: {reason}.", field="output", file=path, reason=error.strerror
        ) from None
    try:
        with file:
            yield file
        if not direct:
            part.replace(target)
    finally:
        if not direct:
            part.unlink(missing_ok=True)


@contextmanager
def _reading(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise InvalidFile(
            "The file {file} cannot be read: {reason}.", field="input", file=path, reason=error.strerror
        ) from None
    with file:
        yield file


def _line(number: int, raw: bytes) -> Line:
    try:
        content = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        return Line(number, error=InvalidFile("Line {line} is not JSON in UTF-8.", field="input", line=number))
    if not isinstance(content, dict):
        return Line(number, error=InvalidFile("Line {line} is not a JSON object.", field="input", line=number))
    own_id = content.get("id")
    if not _is_id(own_id):
        return Line(number, error=InvalidField("An id is a text or a whole number.", field="id"))
    return Line(number, own_id, content)


def _is_id(value: object) -> bool:
    """Whether it can be written again as JSON, as it came; null is no id, and allowed."""
    if isinstance(value, str):
        return not any("\ud800" <= character <= "\udfff" for character in value)
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_INTEGER)
