"""One JSON object a line, each with its line number; a line that is not one costs only itself."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from data.reading.files import EMPTY, Unreadable, decode, read_bytes, unreadable
from data.reading.rows import Row
from matcher.domain.errors import InvalidFile
from matcher.domain.messages import Message


def json_rows(path: Path) -> Iterator[Row | Unreadable]:
    """Raises SeedNotFound where there is no such file."""
    content = read_bytes(path)
    if not content.strip():
        yield unreadable(path.name, 1, Message.of(EMPTY))
    yield from rows_of(content, path.name)


def rows_of(content: bytes, file: str) -> Iterator[Row | Unreadable]:
    """The same of bytes without a byte-order mark; `file` is only its name."""
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            yield _row(line, file, number)


def _row(line: bytes, file: str, number: int) -> Row | Unreadable:
    try:
        text = decode(line, file, number)
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except Unreadable as error:
        return error
    except json.JSONDecodeError as error:
        reason = Message.of("This is not JSON: {problem} at character {at}.", problem=error.msg, at=error.pos + 1)
        return unreadable(file, number, reason)
    except InvalidFile as error:
        return unreadable(file, number, error.message)
    except (ValueError, RecursionError):
        return unreadable(file, number, Message("A number or a nesting here is beyond all sense."))
    if not isinstance(value, dict):
        return unreadable(file, number, Message.of("A line holds one JSON object, not a list or a single value."))
    return Row(value, file, number)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise InvalidFile("A name stands twice in one object.")
    return values


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidFile("{value} is not a number.", value=name)
