"""What must be true of the whole registry at the end of a change, and the version that names it."""

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Column, delete, exists, func, select
from sqlalchemy.orm import Session

from data.tables import (
    Base,
    CarrierCorrectionRow,
    CarrierRow,
    EntryRuleRow,
    FinanceProductRow,
    PlaceRow,
    RegistryStateRow,
    SourceRow,
    VocabularyRow,
)
from matcher.domain.errors import InvalidField, StoreNotReady
from matcher.domain.registry import RegistryVersion

THE_ONLY = 1
VERSIONED = (CarrierRow, EntryRuleRow, FinanceProductRow, PlaceRow, SourceRow, VocabularyRow)
DATED = (SourceRow.date, CarrierRow.status_as_of, CarrierCorrectionRow.date, FinanceProductRow.as_of)


def refuse_dangling(session: Session) -> None:
    """InvalidField where a row names a term, carrier or source that is not there."""
    for column, target in _links():
        table = column.table
        targets = target.table.alias()  # a table may point to itself
        there = exists().where(targets.c[target.name] == column)
        row = session.execute(select(*table.primary_key, column).where(column.is_not(None), ~there).limit(1)).first()
        if row is not None:
            raise InvalidField(
                "{id} names {value}, which is not in the store.",
                field=column.name,
                id=str(row[0]),
                value=row[-1],
            )


def drop_unused_sources(session: Session) -> None:
    used = [exists().where(column == SourceRow.id) for column, target in _links() if target.table.name == "sources"]
    session.execute(delete(SourceRow).where(*(~one for one in used)).execution_options(synchronize_session=False))


def renew_version(session: Session) -> None:
    """Store the hash over all content and the date of the newest fact."""
    digest = sha256()
    for table in VERSIONED:
        prints = session.execute(select(table.id, table.fingerprint))
        for row_id, content in sorted((str(row_id), content) for row_id, content in prints):
            digest.update(f"{table.__tablename__}\0{row_id}\0{content}\n".encode())
    newest = [session.scalar(select(func.max(column))) for column in DATED]
    as_of = max((day for day in newest if day), default="")
    session.merge(RegistryStateRow(id=THE_ONLY, version=digest.hexdigest()[:16], as_of=as_of))


def read_version(session: Session) -> RegistryVersion:
    row = session.get(RegistryStateRow, THE_ONLY)
    if row is None:
        raise StoreNotReady("The store is empty; fill it with `matcher init`.")
    return RegistryVersion(version=row.version, as_of=row.as_of)


def _links() -> Iterator[tuple["Column[str]", "Column[str]"]]:
    """Every foreign key that is checked at commit only: the column, and the one it points to."""
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            if key.deferrable:
                yield key.parent, key.column
