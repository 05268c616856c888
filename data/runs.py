"""Runs over everybody in the store, with their lists and the carriers they saw; nothing here commits."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from data.keeping import Keeper
from data.mapping.runs import KIND, places_bytes, run_from, run_list_from, run_values
from data.tables import HandoverRow, RunCarrierRow, RunListRow, RunRow, StartupRow
from matcher.domain.errors import RunNotFound
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.run_records import UNFINISHED, RunCarrier, RunId, RunList, RunRecord

AT_ONCE = 500
OF_RUN = (RunListRow, RunCarrierRow, HandoverRow)


@dataclass
class SqlRuns:
    session: Session
    keeper: Keeper

    def add(self, run: RunRecord) -> None:
        self.keeper.lock()
        values = {"id": run.id, "done": run.done, "total": run.total, **run_values(run)}
        self.session.execute(insert(RunRow).values(values))

    def get(self, run_id: RunId) -> RunRecord:
        row = self.session.get(RunRow, run_id, populate_existing=True)
        if row is None:
            raise RunNotFound("There is no run {id}.", id=run_id)
        return run_from(row)

    def latest(self, limit: int) -> list[RunRecord]:
        rows = select(RunRow).order_by(RunRow.asked_at.desc(), RunRow.id.desc()).limit(limit)
        return [run_from(row) for row in self.session.scalars(rows)]

    def unfinished(self) -> list[RunRecord]:
        states = [state.value for state in UNFINISHED]
        rows = select(RunRow).where(RunRow.state.in_(states)).order_by(RunRow.asked_at, RunRow.id)
        return [run_from(row) for row in self.session.scalars(rows)]

    def served(self) -> RunRecord | None:
        row = self.session.scalar(select(RunRow).where(RunRow.serves == KIND))
        return None if row is None else run_from(row)

    def with_lists(self) -> list[RunRecord]:
        rows = select(RunRow).where(RunRow.lists_kept).order_by(RunRow.finished_at.desc(), RunRow.id.desc())
        return [run_from(row) for row in self.session.scalars(rows)]

    def replace(self, run: RunRecord) -> None:
        self._write(run.id, run_values(run))

    def tell(self, run_id: RunId, done: int, total: int, now: datetime) -> None:
        self._write(run_id, {"done": done, "total": total, "told_at": now})

    def ask_cancel(self, run_id: RunId, now: datetime) -> None:
        self._write(run_id, {"cancel_asked_at": now})

    def keep(self, run_id: RunId, lists: Iterable[RunList], carriers: Iterable[RunCarrier]) -> None:
        self.keeper.lock()
        for table in (RunListRow, RunCarrierRow):
            self.session.execute(delete(table).where(table.run_id == run_id))
        source = iter(lists)
        while some := list(islice(source, AT_ONCE)):
            self._keep_lists(run_id, some)
        rows = [
            {
                "run_id": run_id,
                "carrier_id": one.carrier,
                "record_hash": one.record_hash,
                "places_left": one.places_left,
            }
            for one in carriers
        ]
        if rows:
            self.session.execute(insert(RunCarrierRow), rows)

    def lists(self, run_id: RunId) -> Iterator[RunList]:
        wanted = select(RunListRow).where(RunListRow.run_id == run_id).order_by(RunListRow.startup_id)
        for row in self.session.scalars(wanted.execution_options(yield_per=AT_ONCE)):
            yield run_list_from(row)

    def list_of(self, run_id: RunId, startup: StartupId) -> RunList | None:
        row = self.session.get(RunListRow, (run_id, startup))
        return None if row is None else run_list_from(row)

    def carriers(self, run_id: RunId) -> Mapping[CarrierId, RunCarrier]:
        rows = self.session.scalars(select(RunCarrierRow).where(RunCarrierRow.run_id == run_id))
        return {
            CarrierId(row.carrier_id): RunCarrier(
                carrier=CarrierId(row.carrier_id), record_hash=row.record_hash, places_left=row.places_left
            )
            for row in rows
        }

    def serve(self, run_id: RunId, now: datetime) -> None:
        self.keeper.lock()
        self.session.execute(update(RunRow).where(RunRow.serves == KIND).values(serves=None))
        self._write(run_id, {"serves": KIND, "promoted_at": now})

    def forget_lists(self, but: Collection[RunId]) -> list[str]:
        self.keeper.lock()
        for table in OF_RUN:
            self.session.execute(delete(table).where(table.run_id.not_in(but)))
        kept = set(self.session.scalars(select(RunRow.folder).where(RunRow.id.in_(but), RunRow.folder.is_not(None))))
        gone = select(RunRow.folder).where(RunRow.id.not_in(but), RunRow.folder.is_not(None))
        left = sorted({one for one in self.session.scalars(gone) if one is not None} - kept)
        self.session.execute(update(RunRow).where(RunRow.id.not_in(but)).values(lists_kept=False, folder=None))
        self.session.expire_all()
        return left

    def _write(self, run_id: RunId, values: Mapping[str, object]) -> None:
        self.keeper.lock()
        self.session.execute(update(RunRow).where(RunRow.id == run_id).values(values))
        self.session.expire_all()

    def _keep_lists(self, run_id: RunId, some: Sequence[RunList]) -> None:
        ids = [one.startup for one in some]
        there = set(self.session.scalars(select(StartupRow.id).where(StartupRow.id.in_(ids))))
        rows = [
            {
                "run_id": run_id,
                "startup_id": one.startup,
                "content_hash": one.content_hash,
                "places": places_bytes(one),
            }
            for one in some
            if one.startup in there
        ]
        if rows:
            self.session.execute(insert(RunListRow), rows)
