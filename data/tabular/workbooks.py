"""Whether a workbook may be unpacked at all: looked at from outside, before anything of it is parsed."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from data.tabular.limits import MAX_RATIO, MAX_UNPACKED_BYTES
from matcher.domain.errors import InvalidFile

MAX_PARTS = 1_000
SMALL = 100_000  # bytes: a part below may shrink as much as it likes
CHUNK = 64 * 1024
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
WIDE = (b"\xff\xfe", b"\xfe\xff")  # marks of UTF-16, in which a declaration would hide


def refuse_bombs(content: bytes) -> None:
    """Raises InvalidFile where it is no zip, would unpack to too much, or defines entities of XML.

    What a part says of its size is what can be unpacked of it: the unpacking stops there.
    """
    try:
        with ZipFile(BytesIO(content)) as book:
            parts = book.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise InvalidFile("The workbook would unpack to more than {limit} MB.", limit=MAX_UNPACKED_BYTES >> 20)
            for part in parts:
                _refuse_part(book, part)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise InvalidFile("This is no Excel workbook that can be read.") from error  # damaged, encrypted, or no zip


def _refuse_part(book: ZipFile, part: ZipInfo) -> None:
    if part.file_size > SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1):
        raise InvalidFile(
            "The workbook holds a part that unpacks to more than {ratio} times its size.", ratio=MAX_RATIO
        )
    if not part.filename.endswith((".xml", ".rels", ".vml")):
        return
    with book.open(part) as file:
        tail = b""
        while chunk := file.read(CHUNK):
            if (not tail and chunk.startswith(WIDE)) or DECLARATION.search(tail + chunk):
                raise InvalidFile("The workbook defines XML entities, which no spreadsheet does.")
            tail = chunk[-16:]
