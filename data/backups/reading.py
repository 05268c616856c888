"""Reads a backup, and trusts nothing in it before the hash of the whole was right."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from data.backups.form import FORM, Header
from matcher.domain.errors import InvalidFile

MOST_BYTES = 64 * 1024 * 1024  # in one line


def checked(path: Path) -> Header:
    """What the backup says of itself, once all of it was read and is as it was written.

    Raises:
        InvalidFile: it cannot be read, is no backup, or is damaged.
    """
    digest, last, n_rows = sha256(), b"", 0
    with _opened(path) as file:
        header = _header(file.readline(MOST_BYTES), path)
        file.seek(0)
        for line in iter(lambda: file.readline(MOST_BYTES), b""):
            digest.update(last)
            last = line
            n_rows += line.startswith(b"[")
    if last != orjson.dumps({"sha256": digest.hexdigest()}, option=orjson.OPT_APPEND_NEWLINE):
        raise _damaged(path)
    if n_rows != header.n_rows:
        raise _damaged(path)
    return header


def rows_by_table(path: Path) -> Iterator[tuple[str, list[str], Iterator[list[Any]]]]:
    """Each table of a checked backup: its name, its columns, its rows; these are read before the next table is."""
    with _opened(path) as file:
        file.readline(MOST_BYTES)
        line = file.readline(MOST_BYTES)
        while b'"table"' in line[:10]:
            heading = orjson.loads(line)
            following: list[bytes] = []
            yield heading["table"], heading["columns"], _rows(file, following)
            line = following[0]


def _rows(file: gzip.GzipFile, following: list[bytes]) -> Iterator[list[Any]]:
    """Up to the first line that is no row, which is handed on."""
    for line in iter(lambda: file.readline(MOST_BYTES), b""):
        if not line.startswith(b"["):
            following.append(line)
            return
        yield orjson.loads(line)


def _header(line: bytes, path: Path) -> Header:
    try:
        said = orjson.loads(line)
        if said["matcher_backup"] != FORM:
            raise ValueError
        return Header(
            step=str(said["step"]),
            program=str(said["program"]),
            made_at=datetime.fromisoformat(said["made_at"]),
            rows={str(table): int(n_rows) for table, n_rows in said["rows"].items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InvalidFile("{file} is no backup of this program.", field="file", file=path.name) from None


@contextmanager
def _opened(path: Path) -> Iterator[gzip.GzipFile]:
    try:
        with gzip.open(path, "rb") as file:
            yield file
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise _damaged(path) from None
    except OSError as error:
        raise InvalidFile(
            "The file {file} cannot be read: {reason}.", field="file", file=path, reason=error.strerror
        ) from None


def _damaged(path: Path) -> InvalidFile:
    return InvalidFile("{file} is damaged or no backup; nothing was changed.", field="file", file=path.name)
