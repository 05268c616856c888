"""The encoding of a table: told where it is certain, assumed aloud where it is likely, else refused."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from matcher.domain.errors import InvalidFile
from matcher.domain.messages import Message

GB_PAIR = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")  # the two rows of Chinese characters and signs in daily use
NOT_ASCII = re.compile(rb"[\x80-\xff]")
LETTER_IN_WORD = re.compile(rb"[\x20-\x7e\r\n\t][\xc0-\xff](?=[\x20-\x7e\r\n\t])")
MOSTLY = 0.9


def decoded(content: bytes) -> tuple[str, tuple[Message, ...]]:
    """The text, and what was assumed of it.

    Raises:
        InvalidFile: it is in two encodings at once, or in one that cannot be told.
    """
    for mark, encoding in ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return _exact(content, encoding), ()
    if b"\0" in content[:200]:
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return _exact(content, encoding), (_assumed(encoding),)
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _guessed(content, error.start)


def _guessed(content: bytes, first_fault: int) -> tuple[str, tuple[Message, ...]]:
    lines = [line for line in content.split(b"\n") if NOT_ASCII.search(line)]
    n_utf8 = sum(_is_utf8(line) for line in lines)
    if n_utf8 > len(lines) / 2:
        raise InvalidFile(
            "Line {line} is not UTF-8 as most of the file is; save the whole file in UTF-8.",
            line=content.count(b"\n", 0, first_fault) + 1,
        )
    n_high = len(NOT_ASCII.findall(content))
    if 2 * len(GB_PAIR.findall(content)) >= MOSTLY * n_high:
        return _exact(content, "gb18030"), (_assumed("GB18030"),)
    if len(LETTER_IN_WORD.findall(content)) >= MOSTLY * n_high:
        return _exact(content, "cp1252"), (_assumed("Latin-1"),)
    raise _untold()


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _exact(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise _untold() from None


def _assumed(encoding: str) -> Message:
    return Message.of("The file was read as {encoding}, which it seems to be; UTF-8 is certain.", encoding=encoding)


def _untold() -> InvalidFile:
    return InvalidFile("The encoding of the file cannot be told; save it in UTF-8.")
