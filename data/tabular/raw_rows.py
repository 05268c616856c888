"""The rows of a CSV file or a workbook as bare cells, with the line where each begins."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from data.tabular.columns import Cell
from data.tabular.encodings import decoded
from data.tabular.limits import MAX_COLUMNS, MAX_LINES, MAX_ROWS
from data.tabular.workbooks import refuse_bombs
from matcher.domain.errors import InvalidFile
from matcher.domain.messages import Message

DELIMITERS = ",;\t"
csv.field_size_limit(64 * 1024 * 1024)  # one of 131,072 would end the file; a body is bounded, and long cells are told


@dataclass
class RawTable:
    """Its rows can be gone through once; what was assumed is known before."""

    rows: Iterator[tuple[int, list[Cell]]]
    notes: list[Message] = field(default_factory=list)


def csv_table(content: bytes) -> RawTable:
    """Raises InvalidFile where it is not text."""
    text, notes = decoded(content)
    if "\0" in text:
        raise InvalidFile(
            "Line {line} holds a NUL character; this is no text file.", line=text[: text.index("\0")].count("\n") + 1
        )
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    return RawTable(_csv_rows(text, delimiter), list(notes))


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[Cell]]]:
    table = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    while True:
        try:
            cells = next(table, None)
        except csv.Error as error:
            raise InvalidFile("Line {line} is not CSV: {reason}.", line=before + 1, reason=error) from None
        if cells is None:
            return
        if before >= MAX_LINES:
            raise InvalidFile("The file has more than {limit} lines.", limit=MAX_LINES)
        yield before + 1, [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
        before = table.line_num


def workbook_table(content: bytes) -> RawTable:
    """The first sheet, formulas as the values that the workbook remembers. Raises InvalidFile."""
    refuse_bombs(content)
    return RawTable(_sheet_rows(content))


def _sheet_rows(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size need not be true
        rows = sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS + 2, values_only=True)
        yield from ((number, [_cell(value) for value in row]) for number, row in enumerate(rows, 1))
    except (
        BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
        SyntaxError,
    ) as error:
        raise InvalidFile("This is no Excel workbook that can be read.") from error  # all of these escape from openpyxl
    book.close()


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def is_blank(cells: Sequence[Cell]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)
