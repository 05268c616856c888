"""All that is kept about one account, read and erased as `data.personal.kept` lists it; nothing here commits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Update, delete, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import Delete

from data.keeping import Keeper
from data.personal.kept import KEPT, Erase, Kept, Points
from data.startups import SqlStartups
from data.tables import IdempotencyKeyRow, LeadRow, ShownListRow, StartupRow
from matcher.domain.accounts import AccountId
from matcher.domain.ids import StartupId

AT_ONCE = 500
Ids = Select[str]


@dataclass
class SqlPersonalData:
    session: Session
    keeper: Keeper

    def of(self, account_id: AccountId) -> Iterator[tuple[str, Iterator[Mapping[str, object]]]]:
        for kept in KEPT:
            if kept.section is not None:
                yield kept.section, self._rows(kept, _reached(kept, account_id, _startups_of(account_id)))

    def erase_startup(self, startup_id: StartupId) -> None:
        self.keeper.lock()
        self._forget_writes(startup_id)
        for kept in reversed(KEPT):
            if kept.to is not Points.ACCOUNT:
                self._erase(kept, _reached(kept, None, select(StartupRow.id).where(StartupRow.id == startup_id)))
        SqlStartups(self.session, self.keeper).erase(startup_id)  # counts, so that every process sees it

    def erase_account(self, account_id: AccountId) -> None:
        self.keeper.lock()
        for startup_id in self.session.scalars(_startups_of(account_id)).all():
            self.erase_startup(StartupId(startup_id))
        for kept in reversed(KEPT):
            if kept.to is Points.ACCOUNT:
                self._erase(kept, kept.link == account_id)

    def _rows(self, kept: Kept, condition: ColumnElement[bool]) -> Iterator[Mapping[str, object]]:
        table = kept.link.class_.__table__
        shown = [column for column in table.columns if column.name not in kept.hidden]
        wanted = select(*shown).where(condition).order_by(*table.primary_key.columns)
        for row in self.session.execute(wanted.execution_options(yield_per=AT_ONCE)).mappings():
            yield {name: _plain(kept, name, value) for name, value in row.items()}

    def _erase(self, kept: Kept, condition: ColumnElement[bool]) -> None:
        row = kept.link.class_
        statement: Delete | Update = (
            delete(row) if kept.erase is Erase.DELETE else update(row).values({kept.link: None})
        )
        self.session.execute(statement.where(condition).execution_options(synchronize_session=False))

    def _forget_writes(self, startup_id: StartupId) -> None:
        """Keys of writes that made it: each has a hash of what was written."""
        owner = select(StartupRow.owner_id).where(StartupRow.id == startup_id).scalar_subquery()
        for row in self.session.scalars(select(IdempotencyKeyRow).where(IdempotencyKeyRow.account_id == owner)):
            if startup_id in str(row.result):
                self.session.delete(row)
        self.session.flush()


def _startups_of(account_id: AccountId) -> Ids:
    return select(StartupRow.id).where(StartupRow.owner_id == account_id).order_by(StartupRow.id)


def _reached(kept: Kept, account_id: AccountId | None, startups: Ids) -> ColumnElement[bool]:
    match kept.to:
        case Points.ACCOUNT:
            return kept.link == account_id
        case Points.STARTUP:
            return kept.link.in_(startups)
        case Points.LEAD:
            return kept.link.in_(select(LeadRow.id).where(LeadRow.startup_id.in_(startups)))
        case Points.LIST:
            return kept.link.in_(select(ShownListRow.request_id).where(ShownListRow.startup_id.in_(startups)))


def _plain(kept: Kept, name: str, value: Any) -> object:  # noqa: ANN401 - whatever the column holds
    if value is not None and name in kept.shown_as:
        return kept.shown_as[name](value)
    return value.isoformat() if isinstance(value, date) else value
