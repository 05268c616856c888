"""Where startups are, and who is to move on, in the store; nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from data.keeping import Keeper
from data.mapping.handovers import handover_from, handover_json, stay_from, stay_row
from data.tables import ConsentRow, HandoverRow, LeadRow, LeadStepRow, StartupRow, StayRow
from matcher.domain.handovers import Handover, Incubatee, Stay
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.leads import LeadStatus
from matcher.domain.run_records import RunId

Pair = tuple[StartupId, CarrierId]


@dataclass
class SqlHandovers:
    session: Session
    keeper: Keeper

    def incubatees(self) -> list[Incubatee]:
        admitted = self._admitted()
        left = self._graduated()
        stays = {
            (StartupId(row.startup_id), CarrierId(row.carrier_id)): stay_from(row)
            for row in self.session.scalars(select(StayRow))
        }
        return [
            Incubatee(startup=pair[0], carrier=pair[1], admitted_on=admitted.get(pair), stay=stays.get(pair))
            for pair in sorted(set(admitted) | set(stays))
            if pair not in left
        ]

    def stays(self, startup: StartupId) -> list[Stay]:
        rows = select(StayRow).where(StayRow.startup_id == startup).order_by(StayRow.carrier_id)
        return [stay_from(row) for row in self.session.scalars(rows)]

    def state_stay(self, stay: Stay) -> None:
        self.keeper.lock()
        self.session.merge(stay_row(stay))
        self.session.flush()

    def forget_stay(self, startup: StartupId, carrier: CarrierId) -> None:
        self.keeper.lock()
        gone = delete(StayRow).where(StayRow.startup_id == startup, StayRow.carrier_id == carrier)
        self.session.execute(gone)

    def keep(self, run_id: RunId, handovers: Sequence[Handover]) -> None:
        self.keeper.lock()
        self.session.execute(delete(HandoverRow).where(HandoverRow.run_id == run_id))
        ids = {one.startup for one in handovers}
        there = set(self.session.scalars(select(StartupRow.id).where(StartupRow.id.in_(ids))))
        rows = [
            {
                "run_id": run_id,
                "startup_id": one.startup,
                "carrier_id": one.carrier,
                "content": handover_json(one),
            }
            for one in handovers
            if one.startup in there
        ]
        if rows:
            self.session.execute(insert(HandoverRow), rows)

    def of_carrier(self, run_id: RunId, carrier: CarrierId) -> list[Handover]:
        rows = select(HandoverRow).where(HandoverRow.run_id == run_id, HandoverRow.carrier_id == carrier)
        return [handover_from(row) for row in self.session.scalars(rows.order_by(HandoverRow.startup_id))]

    def of_startup(self, run_id: RunId, startup: StartupId) -> list[Handover]:
        rows = select(HandoverRow).where(HandoverRow.run_id == run_id, HandoverRow.startup_id == startup)
        return [handover_from(row) for row in self.session.scalars(rows.order_by(HandoverRow.carrier_id))]

    def _admitted(self) -> dict[Pair, date]:
        """The day of the admission of who is in and has consented."""
        is_in = LeadStatus.ADMITTED.value
        rows = (
            select(LeadRow.startup_id, LeadRow.carrier_id, func.max(LeadStepRow.made_at))
            .join(LeadStepRow, LeadStepRow.lead_id == LeadRow.id)
            .join(
                ConsentRow,
                (ConsentRow.startup_id == LeadRow.startup_id) & (ConsentRow.carrier_id == LeadRow.carrier_id),
            )
            .where(LeadRow.status == is_in, LeadStepRow.status == is_in, ConsentRow.withdrawn_at.is_(None))
            .group_by(LeadRow.startup_id, LeadRow.carrier_id)
        )
        return {
            (StartupId(startup), CarrierId(carrier)): made_at.astimezone(UTC).date()
            for startup, carrier, made_at in self.session.execute(rows)
        }

    def _graduated(self) -> set[Pair]:
        rows = select(LeadRow.startup_id, LeadRow.carrier_id).where(LeadRow.status == LeadStatus.GRADUATED.value)
        return {(StartupId(startup), CarrierId(carrier)) for startup, carrier in self.session.execute(rows)}
