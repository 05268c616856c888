"""Sources to rows and back."""

from dataclasses import replace

from data.fingerprints import source_fingerprint
from data.tables import SourceRow
from matcher.domain.facts import Grade, Source
from matcher.domain.ids import SourceId


def source_from(row: SourceRow) -> Source:
    return Source(
        id=SourceId(row.id),
        title=row.title,
        publisher=row.publisher,
        date=row.date,
        url=row.url,
        grade=Grade(row.grade),
        note=row.note,
    )


def source_row(source: Source) -> SourceRow:
    return SourceRow(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        date=source.date,
        url=source.url,
        grade=source.grade.value,
        note=source.note,
        fingerprint=source_fingerprint(source),
    )


def correction_source(title: str | None, url: str | None, date: str | None) -> Source:
    """The source that a carrier's staff named: its id follows from what it says."""
    source = Source(id=SourceId(""), title=title, url=url, date=date, grade=Grade.OFFICIAL)
    return replace(source, id=SourceId("correction-" + source_fingerprint(source)[:16]))
