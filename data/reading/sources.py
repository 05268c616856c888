"""Where a record's facts come from."""

from dataclasses import replace

from data.fingerprints import source_fingerprint
from data.reading.rows import Row
from matcher.domain.errors import InvalidField
from matcher.domain.facts import Grade, Source
from matcher.domain.ids import SourceId

UNNAMED = SourceId("")


def read_source(row: Row) -> Source:
    """One of a record's own sources: its id follows from what it says, so that equal ones are one."""
    row.known_fields(("title", "publisher", "date", "url", "grade", "note"))
    source = _source(row, UNNAMED, note="note")
    return replace(source, id=SourceId("src-" + source_fingerprint(source)[:16]))


def read_named_source(row: Row) -> Source:
    """One of the vocabulary's sources, which its terms name by id."""
    row.known_fields(("id", "title", "publisher", "date", "url", "grade", "status"))
    return _source(row, SourceId(row.id()), note="status")


def _source(row: Row, source_id: SourceId, note: str) -> Source:
    source = Source(
        id=source_id,
        title=row.optional_text("title"),
        publisher=row.optional_text("publisher"),
        date=row.date("date"),
        url=row.optional_text("url"),
        grade=row.choice("grade", Grade, Grade.COPY),
        note=row.optional_text(note),
    )
    if not (source.title or source.publisher or source.url):
        raise InvalidField("A source has a title, a publisher or an address.", field="sources")
    if source.url and not source.url.startswith(("https://", "http://")):
        raise InvalidField("The address of a source begins with https:// or http://.", field="url")
    return source
