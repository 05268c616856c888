"""How long startups, sessions and the like have been lying there; nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, delete, func, select
from sqlalchemy.orm import Session

from data.idempotency import KEPT_FOR
from data.keeping import Keeper
from data.tables import (
    AuditEntryRow,
    Base,
    ConsentRow,
    IdempotencyKeyRow,
    LeadRow,
    PageSessionRow,
    SharedAnswerRow,
    SignInFailureRow,
    StartupActivityRow,
    StartupRow,
)
from matcher.domain.accounts import AccountId
from matcher.domain.credentials import SessionLimits
from matcher.domain.ids import StartupId
from matcher.domain.lockout import FORGOTTEN_AFTER
from matcher.domain.retention import Activity

AT_ONCE = 500  # ids in one question

_CONSENTED = and_(
    ConsentRow.startup_id == LeadRow.startup_id,
    ConsentRow.carrier_id == LeadRow.carrier_id,
    ConsentRow.withdrawn_at.is_(None),
)
# Whatever counts as use beside writing it: the startup, and when.
USES: Final[tuple[Select[str, datetime] | Select[str, datetime | None], ...]] = (
    select(StartupActivityRow.startup_id, StartupActivityRow.used_at),
    select(ConsentRow.startup_id, ConsentRow.given_at),
    select(ConsentRow.startup_id, ConsentRow.withdrawn_at),
    select(LeadRow.startup_id, LeadRow.updated_at).join(ConsentRow, _CONSENTED),
)


@dataclass
class SqlRetention:
    session: Session
    keeper: Keeper

    def idle_since(self, moment: datetime) -> Sequence[Activity]:
        return [one for one in self._of(StartupRow.updated_at <= moment) if one.active_at <= moment]

    def activity(self, startup_id: StartupId) -> Activity | None:
        return next(iter(self._of(StartupRow.id == startup_id)), None)

    def of(self, owner: AccountId) -> Sequence[Activity]:
        return self._of(StartupRow.owner_id == owner)

    def notice(self, startup_id: StartupId, now: datetime) -> None:
        self.keeper.lock()
        row = self.session.get(StartupActivityRow, startup_id) or StartupActivityRow(startup_id=startup_id)
        row.noticed_at = now
        self.session.add(row)
        self.session.flush()

    def expired(self, now: datetime, *, sessions: SessionLimits, unnamed: timedelta) -> Mapping[str, int]:
        return {
            table.__tablename__: self.session.scalar(select(func.count()).select_from(table).where(past)) or 0
            for table, past in _past_their_term(now, sessions, unnamed)
        }

    def forget_expired(self, now: datetime, *, sessions: SessionLimits, unnamed: timedelta) -> Mapping[str, int]:
        self.keeper.lock()
        counts = self.expired(now, sessions=sessions, unnamed=unnamed)
        for table, past in _past_their_term(now, sessions, unnamed):
            self.session.execute(delete(table).where(past))
        return counts

    def _of(self, condition: ColumnElement[bool]) -> list[Activity]:
        wanted = (
            select(StartupRow.id, StartupRow.updated_at, StartupActivityRow.noticed_at)
            .join(StartupActivityRow, StartupActivityRow.startup_id == StartupRow.id, isouter=True)
            .where(condition)
            .order_by(StartupRow.id)
        )
        rows = self.session.execute(wanted).all()
        used = self._last_used([row.id for row in rows])
        return [
            Activity(
                startup=StartupId(row.id),
                active_at=max(row.updated_at, used.get(row.id, row.updated_at)),
                noticed_at=row.noticed_at,
            )
            for row in rows
        ]

    def _last_used(self, startup_ids: Sequence[str]) -> dict[str, datetime]:
        used: dict[str, datetime] = {}
        for start in range(0, len(startup_ids), AT_ONCE):
            some = startup_ids[start : start + AT_ONCE]
            for uses in USES:
                startup, _ = uses.selected_columns
                for id, moment in self.session.execute(uses.where(startup.in_(some))):
                    if moment is not None:
                        used[id] = max(moment, used.get(id, moment))
        return used


def _past_their_term(
    now: datetime, sessions: SessionLimits, unnamed: timedelta
) -> tuple[tuple[type[Base], ColumnElement[bool]], ...]:
    """What has a term of its own; shown lists are let go by who writes them."""
    over = (PageSessionRow.created_at < now - sessions.absolute) | (PageSessionRow.last_seen_at < now - sessions.idle)
    return (
        (PageSessionRow, over),
        (SignInFailureRow, SignInFailureRow.last_at < now - FORGOTTEN_AFTER),
        (IdempotencyKeyRow, IdempotencyKeyRow.kept_at < now - KEPT_FOR),
        (SharedAnswerRow, SharedAnswerRow.expires_at <= now),
        (AuditEntryRow, AuditEntryRow.startup_id.is_(None) & (AuditEntryRow.at < now - unnamed)),
    )
