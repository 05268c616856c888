"""A file of records: CSV, a workbook or JSON lines, to rows and to every place that cannot be read."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, zip_longest

from data.reading.files import Unreadable
from data.reading.json_lines import rows_of
from data.tabular.columns import COMMENT, Cell, Column, nested, value_of
from data.tabular.limits import MAX_CELL_CHARACTERS, MAX_FAULTS, MAX_ROWS, too_long, too_many_rows
from data.tabular.raw_rows import RawTable, csv_table, is_blank, workbook_table
from matcher.domain.errors import InvalidField, InvalidFile, RowFault
from matcher.domain.imports import FileForm, FileRow, ReadFile
from matcher.domain.messages import Message

TABLES: dict[FileForm, Callable[[bytes], RawTable]] = {FileForm.CSV: csv_table, FileForm.XLSX: workbook_table}


def read_records(content: bytes, form: FileForm, columns: Sequence[Column]) -> ReadFile:
    """Everything in the file that can be read, and every place that cannot.

    Raises:
        InvalidFile: it is empty, damaged, in an unknown encoding, or its heading is not one of such a file.
    """
    if not content.strip(b"\xef\xbb\xbf \r\n\t"):
        raise InvalidFile("The file is empty.")
    if form is FileForm.JSONL:
        return _from_lines(content, columns)
    table = TABLES[form](content)
    rows = ((line, cells) for line, cells in table.rows if not is_blank(cells) and not _is_comment(cells))
    heading = next(rows, None)
    if heading is None:
        raise InvalidFile("The file is empty.")
    named = _named(heading, columns)
    return _from_cells(rows, named, columns, tuple(table.notes))


def _is_comment(cells: Sequence[Cell]) -> bool:
    return isinstance(cells[0], str) and cells[0].startswith(COMMENT)


def _named(heading: tuple[int, Sequence[Cell]], columns: Sequence[Column]) -> list[Column | None]:
    """The columns in the order of the heading; None for one without name and without cells."""
    line, cells = heading
    known = {column.name: column for column in columns}
    names = [str(cell).strip() if cell is not None else "" for cell in cells]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if name and name not in known:
            raise InvalidFile(
                "Line {line} has a column {name} that is not known; there are {known}.",
                field="file", line=line, name=_short(name), known=tuple(known),
            )  # fmt: skip
        if name and names.count(name) > 1:
            raise InvalidFile("Line {line} names the column {name} twice.", field="file", line=line, name=name)
    return [known.get(name) for name in names]


def _from_cells(
    rows: Iterator[tuple[int, list[Cell]]],
    named: list[Column | None],
    columns: Sequence[Column],
    notes: tuple[Message, ...],
) -> ReadFile:
    found: list[FileRow] = []
    faults: list[RowFault] = []
    for n_read, (line, cells) in enumerate(rows):
        if n_read == MAX_ROWS:
            faults.append(too_many_rows(line))
            break
        wrong = list(_cell_faults(line, cells, named))
        values, unread = ({}, []) if wrong else _values(line, cells, named)
        if wrong or unread:
            faults += [*wrong, *unread]
        else:
            found.append(FileRow(line=line, values=nested(columns, values)))
        if len(faults) >= MAX_FAULTS:
            break
    return ReadFile(rows=tuple(found), faults=tuple(faults), notes=notes)


def _values(
    line: int, cells: Sequence[Cell], named: Sequence[Column | None]
) -> tuple[dict[str, object], list[RowFault]]:
    """Values by column; a row that ends early says nothing of the rest, as an empty cell does."""
    values: dict[str, object] = {}
    faults = []
    for column, cell in zip_longest(named, cells[: len(named)]):
        if column is None or column.read_only:
            continue
        try:
            values[column.name] = value_of(column, cell)
        except InvalidField as error:
            faults.append(RowFault(line=line, column=column.name, reason=error.message))
    return values, faults


def _cell_faults(line: int, cells: Sequence[Cell], named: Sequence[Column | None]) -> Iterator[RowFault]:
    for place, cell in enumerate(cells):
        column = named[place] if place < len(named) else None
        if isinstance(cell, str) and len(cell) > MAX_CELL_CHARACTERS:
            yield too_long(line, column.name if column else None, len(cell))
        elif column is None and not is_blank([cell]):
            yield RowFault(
                line=line, column=None, reason=Message.of("The row has more cells than the heading has columns.")
            )
            return


def _from_lines(content: bytes, columns: Sequence[Column]) -> ReadFile:
    known = {column.inside or column.name for column in columns}
    read_only = {column.name for column in columns if column.read_only}
    found: list[FileRow] = []
    faults: list[RowFault] = []
    for n_read, row in enumerate(islice(rows_of(content.removeprefix(b"\xef\xbb\xbf"), "file"), MAX_ROWS + 1)):
        if isinstance(row, Unreadable):
            faults.append(RowFault(line=row.line, column=None, reason=row.reason))
        elif n_read == MAX_ROWS:
            faults.append(too_many_rows(row.line))
        elif strange := next((name for name in row.values if name not in known), None):
            reason = Message.of("There is no field {name}.", name=_short(strange))
            faults.append(RowFault(line=row.line, column=_short(strange), reason=reason))
        else:
            values = {name: value for name, value in row.values.items() if name not in read_only}
            found.append(FileRow(line=row.line, values=values))
        if len(faults) >= MAX_FAULTS:
            break
    return ReadFile(rows=tuple(found), faults=tuple(faults))


def _short(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name[:60])
