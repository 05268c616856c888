"""Consents, leads and the audit log in the store; nothing here commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from data.keeping import Keeper
from data.mapping.leads import audit_from, audit_values, consent_from, lead_from, lead_values, step_from
from data.tables import AuditEntryRow, ConsentRow, LeadRow, LeadStepRow, StartupRow
from matcher.domain.accounts import AccountId
from matcher.domain.audit import AuditEntry, AuditPage
from matcher.domain.consents import Consent, ConsentRequest
from matcher.domain.errors import LeadNotFound
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.interactions import Interaction
from matcher.domain.leads import KIND_OF_STEP, Lead, LeadId, LeadStatus, LeadStep


@dataclass
class SqlConsents:
    session: Session
    keeper: Keeper

    def in_force(self, startup: StartupId, carrier: CarrierId) -> Consent | None:
        return next((one for one in self._between(startup, carrier) if one.is_in_force), None)

    def was_given(self, startup: StartupId, carrier: CarrierId) -> bool:
        return bool(self._between(startup, carrier))

    def of(self, startup: StartupId) -> list[Consent]:
        rows = select(ConsentRow).where(ConsentRow.startup_id == startup).order_by(ConsentRow.id.desc())
        return [consent_from(row) for row in self.session.scalars(rows)]

    def to(self, carrier: CarrierId) -> frozenset[StartupId]:
        wanted = select(ConsentRow.startup_id).where(
            ConsentRow.carrier_id == carrier, ConsentRow.withdrawn_at.is_(None)
        )
        return frozenset(StartupId(one) for one in self.session.scalars(wanted))

    def ever_to(self, carrier: CarrierId) -> frozenset[StartupId]:
        wanted = select(ConsentRow.startup_id).where(ConsentRow.carrier_id == carrier)
        return frozenset(StartupId(one) for one in self.session.scalars(wanted))

    def give(self, consent: Consent, by: AccountId) -> None:
        self.keeper.lock()
        self.session.add(
            ConsentRow(
                startup_id=consent.startup,
                carrier_id=consent.carrier,
                wording=consent.wording,
                given_by=by,
                given_at=consent.given_at,
                withdrawn_at=consent.withdrawn_at,
            )
        )
        self.session.flush()

    def withdraw(self, startup: StartupId, carrier: CarrierId, now: datetime) -> None:
        self.keeper.lock()
        self.session.execute(
            update(ConsentRow)
            .where(
                ConsentRow.startup_id == startup, ConsentRow.carrier_id == carrier, ConsentRow.withdrawn_at.is_(None)
            )
            .values(withdrawn_at=now)
        )

    def _between(self, startup: StartupId, carrier: CarrierId) -> list[Consent]:
        rows = select(ConsentRow).where(ConsentRow.startup_id == startup, ConsentRow.carrier_id == carrier)
        return [consent_from(row) for row in self.session.scalars(rows)]


@dataclass
class SqlLeads:
    session: Session
    keeper: Keeper

    def get(self, lead_id: LeadId, *, carrier: CarrierId) -> Lead:
        row = self.session.get(LeadRow, lead_id)
        if row is None or row.carrier_id != carrier:
            raise LeadNotFound("There is no lead {id}.", id=lead_id)
        return lead_from(row)

    def of(self, carrier: CarrierId, startups: Collection[StartupId]) -> dict[StartupId, Lead]:
        wanted = select(LeadRow).where(LeadRow.carrier_id == carrier, LeadRow.startup_id.in_(startups))
        return {StartupId(row.startup_id): lead_from(row) for row in self.session.scalars(wanted)}

    def statuses(self, carrier: CarrierId) -> dict[StartupId, LeadStatus]:
        wanted = select(LeadRow.startup_id, LeadRow.status).where(LeadRow.carrier_id == carrier)
        return {StartupId(startup): LeadStatus(status) for startup, status in self.session.execute(wanted)}

    def all_of(self, carrier: CarrierId) -> dict[StartupId, Lead]:
        rows = select(LeadRow).where(LeadRow.carrier_id == carrier)
        return {StartupId(row.startup_id): lead_from(row) for row in self.session.scalars(rows)}

    def about(self, startup: StartupId) -> list[Lead]:
        rows = select(LeadRow).where(LeadRow.startup_id == startup).order_by(LeadRow.carrier_id)
        return [lead_from(row) for row in self.session.scalars(rows)]

    def requests(self, startup: StartupId) -> list[ConsentRequest]:
        rows = select(LeadRow).where(LeadRow.startup_id == startup, LeadRow.asked_at.is_not(None))
        return [
            ConsentRequest(
                startup=startup, carrier=CarrierId(row.carrier_id), asked_at=row.asked_at, refused_at=row.refused_at
            )
            for row in self.session.scalars(rows.order_by(LeadRow.asked_at.desc(), LeadRow.carrier_id))
            if row.asked_at is not None
        ]

    def add(self, leads: Sequence[Lead]) -> None:
        self.keeper.lock()
        if leads:
            self.session.execute(insert(LeadRow), [lead_values(lead) for lead in leads])

    def replace(self, lead: Lead) -> None:
        self.keeper.lock()
        self.session.execute(update(LeadRow).where(LeadRow.id == lead.id).values(lead_values(lead)))
        self.session.expire_all()

    def add_step(self, step: LeadStep) -> None:
        self.keeper.lock()
        self.session.add(
            LeadStepRow(
                lead_id=step.lead,
                status=step.status.value,
                reason=step.reason.value if step.reason else None,
                note=step.note,
                made_by=step.made_by,
                made_at=step.made_at,
            )
        )
        self.session.flush()

    def steps(self, lead_id: LeadId) -> list[LeadStep]:
        rows = select(LeadStepRow).where(LeadStepRow.lead_id == lead_id).order_by(LeadStepRow.id)
        return [step_from(row) for row in self.session.scalars(rows)]

    def admitted(self) -> list[date]:
        is_in = LeadStatus.ADMITTED.value
        latest = (
            select(func.max(LeadStepRow.made_at))
            .join(LeadRow, LeadRow.id == LeadStepRow.lead_id)
            .where(LeadRow.status == is_in, LeadStepRow.status == is_in)
            .group_by(LeadRow.startup_id)
        )
        return sorted(made_at.astimezone(UTC).date() for made_at in self.session.scalars(latest))

    def interactions(self, until: date) -> list[Interaction]:
        after = datetime.combine(until + timedelta(days=1), time(), UTC)
        wanted = (
            select(LeadStepRow, LeadRow.startup_id, LeadRow.carrier_id)
            .join(LeadRow, LeadRow.id == LeadStepRow.lead_id)
            .join(StartupRow, StartupRow.id == LeadRow.startup_id)
            .where(StartupRow.train_consent, LeadStepRow.made_at < after)
            .where(LeadStepRow.status.in_([status.value for status in KIND_OF_STEP]))
            .order_by(LeadStepRow.made_at, LeadStepRow.id)
        )
        return [
            Interaction(startup=startup, carrier=carrier, on=row.made_at.astimezone(UTC).date(), kind=kind)
            for row, startup, carrier in self.session.execute(wanted)
            if (kind := step_from(row).kind) is not None
        ]


@dataclass
class SqlAuditLog:
    session: Session
    keeper: Keeper

    def add(self, entries: Sequence[AuditEntry]) -> None:
        self.keeper.lock()
        if entries:
            self.session.execute(insert(AuditEntryRow), [audit_values(entry) for entry in entries])

    def page(self, startup: StartupId, *, before: int | None, limit: int) -> AuditPage:
        wanted = select(AuditEntryRow).where(AuditEntryRow.startup_id == startup)
        if before is not None:
            wanted = wanted.where(AuditEntryRow.id < before)
        rows = list(self.session.scalars(wanted.order_by(AuditEntryRow.id.desc()).limit(limit + 1)))
        shown = rows[:limit]
        return AuditPage(
            entries=tuple(audit_from(row, startup) for row in shown),
            next_before=shown[-1].id if len(rows) > limit else None,
        )
