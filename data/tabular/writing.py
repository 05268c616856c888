"""Records as a file: CSV for spreadsheets, a workbook, or JSON lines; what is written is read back as it was."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

import orjson
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from data.tabular.columns import Cell, Column, cell_of, flat
from matcher.domain.errors import InvalidFile
from matcher.domain.imports import FileForm

MAX_SHEET_CHARACTERS = 32_767  # of one cell, in UTF-16 units: Excel cuts what is longer
WIDTH = 24
BOM = "\ufeff"  # without it Excel reads CSV in the machine's own encoding


def written(
    records: Iterable[Mapping[str, object]], form: FileForm, columns: Sequence[Column], comments: Sequence[str] = ()
) -> bytes:
    """A file of records as JSON lines have them.

    Args:
        records: plain JSON values.
        form: of the file.
        columns: in their order; JSON lines hold what the record has of them.
        comments: lines before the heading of a table, as a template has them.

    Raises:
        InvalidFile: a value is too long for a cell of a workbook.
    """
    if form is FileForm.JSONL:
        return b"".join(orjson.dumps(record) + b"\n" for record in records)
    rows = (
        [cell_of(column, value) for column, value in zip(columns, flat(columns, record).values(), strict=True)]
        for record in records
    )
    heading = [column.name for column in columns]
    if form is FileForm.CSV:
        return _csv(heading, rows, comments)
    return _workbook(heading, rows, comments)


def _csv(heading: list[str], rows: Iterable[list[Cell]], comments: Sequence[str]) -> bytes:
    file = StringIO(newline="")
    file.write(BOM)
    table = csv.writer(file, lineterminator="\r\n")
    table.writerows([comment] for comment in comments)
    table.writerow(heading)
    table.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8", "surrogatepass")


def _csv_cell(cell: Cell) -> Cell:
    return str(cell).lower() if isinstance(cell, bool) else cell


def _workbook(heading: list[str], rows: Iterable[list[Cell]], comments: Sequence[str]) -> bytes:
    whole = [[_sheet_value(cell) for cell in row] for row in rows]  # a sheet once begun must be finished
    book = Workbook(write_only=True)
    sheet = book.create_sheet("matcher")
    for number in range(len(heading)):
        sheet.column_dimensions[_letters(number)].width = WIDTH
    for comment in comments:
        sheet.append([_sheet_cell(sheet, comment)])
    sheet.append([_sheet_cell(sheet, name, bold=True) for name in heading])
    for row in whole:
        sheet.append([_sheet_cell(sheet, cell) for cell in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet_value(value: Cell) -> Cell:
    if isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) > 2 * MAX_SHEET_CHARACTERS:
        raise InvalidFile("A value is too long for a workbook; take CSV or JSON lines.")
    return value


def _sheet_cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:  # noqa: ANN401 - has no common type
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula, whatever it begins with
    if bold:
        cell.font = Font(bold=True)
    return cell


def _letters(number: int) -> str:
    first, second = divmod(number, 26)
    return ("" if first == 0 else chr(64 + first)) + chr(65 + second)
