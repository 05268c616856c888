"""The columns of a table of records: what each is called, what it holds, and how its cells are read and written."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NoReturn

from data.tabular.formulas import neutral, original
from matcher.domain.errors import InvalidField
from matcher.domain.messages import Message

Cell = str | int | float | bool | None
YES = frozenset(("true", "yes", "ja", "是", "1", "wahr"))
NO = frozenset(("false", "no", "nein", "否", "0", "falsch"))
SEPARATOR = "; "
TRIM = " \t\n"
COMMENT = "#"  # begins a row that is not read: an explanation or an example of a template
EXAMPLE = f"{COMMENT} example"


class Holds(Enum):
    TEXT = auto()
    LIST = auto()  # "a; b", or JSON where an item would not survive that; "[]" is the empty list, nothing is unknown
    FLAG = auto()
    NUMBER = auto()
    JSON = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `path` leads to its value in a record of JSON lines."""

    name: str
    holds: Holds = Holds.TEXT
    example: Cell = None
    inside: str = ""  # of which object the value is a part: "name" for name_zh
    read_only: bool = False  # written to an export, passed over in an import

    @property
    def key(self) -> str:
        return self.name.removeprefix(f"{self.inside}_") if self.inside else self.name


def cell_of(column: Column, value: object) -> Cell:
    """A record's value as a cell that no spreadsheet takes for a formula."""
    if value is None:
        return None
    if column.holds is Holds.LIST:
        return neutral(_joined([str(item) for item in value])) if isinstance(value, (list, tuple)) else None
    if column.holds is Holds.JSON:
        return _json(value)
    return neutral(value) if isinstance(value, str) else value if isinstance(value, (int, float)) else str(value)


def value_of(column: Column, cell: Cell) -> object:
    """A cell as a record's value; None where it is empty. Raises InvalidField that names the column."""
    if isinstance(cell, str):
        cell = original(cell)
        if not cell.strip():
            return None
    if cell is None:
        return None
    return READERS[column.holds](column, cell)


def nested(columns: Sequence[Column], values: Mapping[str, object]) -> dict[str, object]:
    """Values by column as a record of JSON lines has them; an object without any value is unknown."""
    record: dict[str, object] = {}
    for column in columns:
        if column.name not in values:
            continue
        if not column.inside:
            record[column.name] = values[column.name]
            continue
        record.setdefault(column.inside, None)
        if values[column.name] is not None:
            inner = record[column.inside]
            record[column.inside] = {**(inner if isinstance(inner, dict) else {}), column.key: values[column.name]}
    return record


def flat(columns: Sequence[Column], record: Mapping[str, object]) -> dict[str, object]:
    """The way back: a record of JSON lines as values by column."""
    values = {}
    for column in columns:
        if column.inside:
            inner = record.get(column.inside)
            values[column.name] = inner.get(column.key) if isinstance(inner, Mapping) else None
        else:
            values[column.name] = record.get(column.name)
    return values


def _text(_: Column, cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _list(column: Column, cell: Cell) -> list[object]:
    text = _text(column, cell)
    if text.startswith("["):
        value = _json_value(column, text)
        return value if isinstance(value, list) else _fail(column, cell, Message("a list"))
    items = text.replace("；", ";").replace("\n", ";").split(";")
    return [item.strip(TRIM) for item in items if item.strip(TRIM)]


def _flag(column: Column, cell: Cell) -> bool:
    word = _text(column, cell).strip().casefold()
    if word in YES or word in NO:
        return word in YES
    return _fail(column, cell, Message("true or false"))


def _number(column: Column, cell: Cell) -> int | float:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return int(cell) if float(cell).is_integer() else cell
    text = _text(column, cell).strip()
    try:
        number = float(text)
        return int(text) if text.lstrip("+-").isdecimal() else int(number) if number.is_integer() else number
    except (ValueError, OverflowError):
        return _fail(column, cell, Message("a number"))


def _json_value(column: Column, cell: Cell) -> object:
    try:
        value: object = json.loads(_text(column, cell), parse_constant=lambda _: _fail(column, cell, Message("JSON")))
    except (ValueError, RecursionError):
        return _fail(column, cell, Message("JSON"))
    return value


READERS = {Holds.TEXT: _text, Holds.LIST: _list, Holds.FLAG: _flag, Holds.NUMBER: _number, Holds.JSON: _json_value}


def _joined(items: Sequence[str]) -> str:
    """As people write lists where that can be read back, else as JSON."""
    simple = all(item and item == item.strip(TRIM) and not set(";；\n") & set(item) for item in items)
    return SEPARATOR.join(items) if simple and items and not items[0].startswith("[") else _json(items)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _fail(column: Column, cell: Cell, expected: Message) -> NoReturn:
    shown = "".join(character if character.isprintable() else "?" for character in str(cell)[:60])
    raise InvalidField(
        "{name}: expected {expected}, not {value}.", field=column.name, name=column.name, expected=expected, value=shown
    )
