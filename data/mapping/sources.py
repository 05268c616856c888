"""Sources to rows and back."""

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
