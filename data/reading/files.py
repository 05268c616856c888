"""Bytes of a file to its text, and where reading it stopped."""

from pathlib import Path

from matcher.domain.errors import InvalidFile, SeedNotFound
from matcher.domain.messages import Message

NOT_UTF8 = "The text is not UTF-8."
EMPTY = "The file is empty."


class Unreadable(InvalidFile):
    """A file, or one of its rows, cannot be read; made by `unreadable`."""

    file: str
    line: int  # from 1
    reason: Message


def unreadable(file: str, line: int, reason: Message) -> Unreadable:
    error = Unreadable("{file}, line {line}: {reason}", file=file, line=line, reason=reason)
    error.file, error.line, error.reason = file, line, reason
    return error


def read_bytes(path: Path) -> bytes:
    """Its content without a byte-order mark; SeedNotFound where there is no such file."""
    try:
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise SeedNotFound("There is no file {file} in {folder}.", file=path.name, folder=str(path.parent)) from error


def decode(content: bytes, file: str, first_line: int = 1) -> str:
    """Raises Unreadable with the line of the first byte that is not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = first_line + content.count(b"\n", 0, error.start)
        raise unreadable(file, line, Message.of(NOT_UTF8)) from error
