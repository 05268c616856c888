"""Startups in the store, and the counter by which workers see that any of them changed; nothing here commits."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session, load_only

from data.keeping import Keeper
from data.mapping.startups import listed_from, profile_row, read_from, startup_from, startup_row
from data.tables import StartupProfileRow, StartupRow, StartupStateRow
from matcher.domain.accounts import AccountId
from matcher.domain.errors import InvalidField, StartupNotFound
from matcher.domain.ids import StartupId
from matcher.domain.startup_records import (
    ChangedStartup,
    ReadStartup,
    StartupChanges,
    StartupFilter,
    StartupPage,
    StartupRecord,
)

THE_ONLY = 1
AT_ONCE = 500
LISTED = (
    StartupRow.id, StartupRow.owner_id, StartupRow.language, StartupRow.discoverable, StartupRow.train_consent,
    StartupRow.version, StartupRow.updated_at, StartupRow.withdrawn_at, StartupRow.change,
)  # fmt: skip


@dataclass
class SqlStartups:
    session: Session
    keeper: Keeper

    def get(self, startup_id: StartupId, *, owner: AccountId) -> StartupRecord:
        row = self.session.get(StartupRow, startup_id)
        if row is None or row.owner_id != owner:
            raise StartupNotFound("There is no startup {id}.", id=startup_id)
        return startup_from(row)

    def of(self, owner: AccountId) -> list[StartupRecord]:
        rows = self.session.scalars(select(StartupRow).where(StartupRow.owner_id == owner).order_by(StartupRow.id))
        return [startup_from(row) for row in rows]

    def by_id(self, startup_ids: Collection[StartupId]) -> dict[StartupId, StartupRecord]:
        rows = self.session.scalars(select(StartupRow).where(StartupRow.id.in_(startup_ids)))
        return {StartupId(row.id): startup_from(row) for row in rows}

    def page(self, owner: AccountId, wanted: StartupFilter, *, after: StartupId | None, limit: int) -> StartupPage:
        if limit < 1:
            raise InvalidField("A page has at least one startup, not {limit}.", field="limit", limit=limit)
        conditions = [StartupRow.owner_id == owner, *_conditions(wanted)]
        total = self.session.scalar(select(func.count()).select_from(StartupRow).where(*conditions)) or 0
        if after is not None:
            conditions.append(StartupRow.id > after)
        rows = select(StartupRow).where(*conditions).order_by(StartupRow.id).limit(limit + 1)
        found = [startup_from(row) for row in self.session.scalars(rows)]
        shown = found[:limit]
        return StartupPage(startups=tuple(shown), next_after=shown[-1].id if len(found) > limit else None, total=total)

    def put(self, record: StartupRecord, read: ReadStartup) -> None:
        self.session.merge(startup_row(record, self._count()))
        self.session.flush()  # the row that the other one points to
        self.session.merge(profile_row(read))

    def withdraw(self, record: StartupRecord) -> None:
        self.session.merge(startup_row(record, self._count()))

    def is_at(self, startup_id: StartupId, version: int) -> bool:
        wanted = select(StartupRow.id).where(StartupRow.id == startup_id, StartupRow.version == version)
        return self.session.scalar(wanted) is not None

    def read(self, startup_id: StartupId) -> ReadStartup | None:
        row = self.session.get(StartupProfileRow, startup_id)
        return None if row is None else read_from(row)

    def erase(self, startup_id: StartupId) -> None:
        change = self._count()
        self.session.execute(delete(StartupProfileRow).where(StartupProfileRow.startup_id == startup_id))
        self.session.execute(delete(StartupRow).where(StartupRow.id == startup_id))
        self.session.execute(update(StartupStateRow).values(erased=change))

    def to_reread(self, reader_id: str, month: str, *, after: StartupId | None, limit: int) -> list[StartupRecord]:
        wanted = select(StartupRow).join(StartupProfileRow, StartupProfileRow.startup_id == StartupRow.id)
        wanted = wanted.where(_outdated(reader_id, month), StartupRow.id > (after or ""))
        wanted = wanted.order_by(StartupRow.id).limit(limit)
        return [startup_from(row) for row in self.session.scalars(wanted)]

    def count_to_reread(self, reader_id: str, month: str) -> int:
        wanted = select(func.count()).select_from(StartupProfileRow).where(_outdated(reader_id, month))
        return self.session.scalar(wanted) or 0

    def reread(self, read: ReadStartup) -> None:
        self.session.merge(profile_row(read))
        self.session.execute(update(StartupRow).where(StartupRow.id == read.startup_id).values(change=self._count()))

    def changes(self) -> StartupChanges:
        row = self.session.get(StartupStateRow, THE_ONLY, populate_existing=True)
        return StartupChanges() if row is None else StartupChanges(row.changes, row.erased)

    def changed_since(self, change: int) -> Iterator[Sequence[ChangedStartup]]:
        wanted = (
            select(StartupRow, StartupProfileRow)
            .join(StartupProfileRow, StartupProfileRow.startup_id == StartupRow.id)
            .where(StartupRow.change > change)
            .options(load_only(*LISTED))
            .order_by(StartupRow.id)
            .execution_options(yield_per=AT_ONCE)
        )
        for block in self.session.execute(wanted).partitions():
            yield [
                ChangedStartup(id=StartupId(row.id), listed=None if row.withdrawn_at else listed_from(row, read))
                for row, read in block
            ]

    def _count(self) -> int:
        """One more change; the right to write is taken, so that no two are the same."""
        self.keeper.lock()
        self.keeper.startups_changed = True
        changes = self.changes()
        self.session.merge(StartupStateRow(id=THE_ONLY, changes=changes.last + 1, erased=changes.erased))
        self.session.flush()
        return changes.last + 1


def _outdated(reader_id: str, month: str) -> ColumnElement[bool]:
    return or_(StartupProfileRow.reader_id != reader_id, StartupProfileRow.read_in != month)


def _conditions(wanted: StartupFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.language is not None:
        conditions.append(StartupRow.language == wanted.language.value)
    if wanted.withdrawn is not None:
        conditions.append(
            StartupRow.withdrawn_at.is_not(None) if wanted.withdrawn else StartupRow.withdrawn_at.is_(None)
        )
    if wanted.updated_since is not None:
        conditions.append(StartupRow.updated_at >= wanted.updated_since)
    if wanted.name is not None:
        conditions.append(StartupRow.folded_name.contains(wanted.name.casefold(), autoescape=True))
    return conditions
