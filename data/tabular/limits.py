"""How large a table may be: far above what people fill in, far below what would hurt."""

from matcher.domain.errors import RowFault
from matcher.domain.messages import Message

MAX_ROWS = 20_000
MAX_LINES = 2**20  # blank ones too: as many as a sheet has, and no more to go through
MAX_COLUMNS = 200  # a cell beyond is not looked at
MAX_CELL_CHARACTERS = 100_000  # of any cell; the records have tighter limits of their own
MAX_FAULTS = 1_000  # told of one file: nobody reads more
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200  # a workbook of real text shrinks to a tenth, of equal cells to a fiftieth


def too_long(line: int, column: str | None, length: int) -> RowFault:
    return RowFault(
        line=line,
        column=column,
        reason=Message.of(
            "The cell has {length} characters; at most {limit} can be read.", length=length, limit=MAX_CELL_CHARACTERS
        ),
    )


def too_many_rows(line: int) -> RowFault:
    return RowFault(
        line=line,
        column=None,
        reason=Message.of("A file holds at most {limit} rows; the rest was not looked at.", limit=MAX_ROWS),
    )
