"""All of one's own as one JSON document, written piece by piece."""

from collections.abc import Iterator
from datetime import datetime

import orjson

from matcher.ports import Sections

FORM = "matcher-personal-data/1"  # grows when a section changes its meaning, not when one is added


def export_json(sections: Sections, *, now: datetime) -> Iterator[bytes]:
    """One object: its form and time, then one list for each section; one entry a line."""
    yield b'{"form": %b, "exported_at": %b' % (orjson.dumps(FORM), orjson.dumps(now))
    for name, rows in sections:
        yield b",\n%b: [" % orjson.dumps(name)
        before = b"\n"
        for row in rows:
            yield before + orjson.dumps(row)
            before = b",\n"
        yield b"]"
    yield b"}\n"
