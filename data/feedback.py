"""Shown lists in the store, and what came of them; nothing here commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from data.keeping import Keeper
from data.mapping.feedback import feedback_from, feedback_row, list_from, list_values, place_values
from data.tables import FeedbackRow, ImpressionRow, ShownListRow, StartupRow
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.impressions import Feedback, FeedbackKind, ShownList

AT_ONCE = 500  # ids in one question: databases take no end of them


@dataclass
class SqlImpressions:
    session: Session
    keeper: Keeper

    def add(self, lists: Sequence[ShownList]) -> int:
        self.keeper.lock()
        first = {one.request_id: one for one in reversed(lists)}  # of two with one id the first
        known = self._known_lists(list(first))
        there = self._known_startups({place.startup for one in first.values() for place in one.places if place.startup})
        new = [
            one
            for id, one in first.items()
            if id not in known and (one.startup is None or one.startup in there) and one.places
        ]
        places = [
            values
            for one in new
            for values in place_values(one)
            if values["startup_id"] is None or values["startup_id"] in there
        ]
        if new:
            self.session.execute(insert(ShownListRow), [list_values(one) for one in new])
        if places:
            self.session.execute(insert(ImpressionRow), places)
        return len(new)

    def get(self, request_id: str) -> ShownList | None:
        row = self.session.get(ShownListRow, request_id)
        if row is None:
            return None
        places = select(ImpressionRow).where(ImpressionRow.request_id == request_id).order_by(ImpressionRow.rank)
        return list_from(row, list(self.session.scalars(places)))

    def forget_older(self, than: datetime) -> int:
        self.keeper.lock()
        gone = self.session.execute(
            delete(ShownListRow).where(ShownListRow.shown_at < than).returning(ShownListRow.request_id)
        )
        return len(gone.all())

    def _known_lists(self, ids: Sequence[str]) -> set[str]:
        wanted = select(ShownListRow.request_id)
        return {
            id
            for start in range(0, len(ids), AT_ONCE)
            for id in self.session.scalars(wanted.where(ShownListRow.request_id.in_(ids[start : start + AT_ONCE])))
        }

    def _known_startups(self, ids: Collection[StartupId]) -> set[str]:
        asked = sorted(ids)
        wanted = select(StartupRow.id)
        return {
            id
            for start in range(0, len(asked), AT_ONCE)
            for id in self.session.scalars(wanted.where(StartupRow.id.in_(asked[start : start + AT_ONCE])))
        }


@dataclass
class SqlFeedbacks:
    session: Session
    keeper: Keeper

    def get(self, request_id: str, carrier: CarrierId, kind: FeedbackKind) -> Feedback | None:
        wanted = select(FeedbackRow).where(
            FeedbackRow.request_id == request_id, FeedbackRow.carrier_id == carrier, FeedbackRow.kind == kind.value
        )
        row = self.session.scalar(wanted)
        return None if row is None else feedback_from(row)

    def add(self, feedback: Feedback) -> None:
        self.keeper.lock()
        self.session.add(feedback_row(feedback))

    def of(self, startup_ids: Collection[StartupId]) -> list[Feedback]:
        wanted = select(FeedbackRow).where(FeedbackRow.startup_id.is_not(None)).order_by(FeedbackRow.id)
        known = frozenset(startup_ids)
        return [feedback_from(row) for row in self.session.scalars(wanted) if row.startup_id in known]
