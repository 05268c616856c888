"""Shown lists and what came of them, to rows and back."""

from collections.abc import Sequence
from typing import Any

from data.tables import FeedbackRow, ImpressionRow, ShownListRow
from matcher.domain.accounts import Role
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.impressions import Feedback, FeedbackKind, Impression, ShownList
from matcher.domain.matches import ListOrder, ModelIds
from matcher.domain.startups import Scope

Values = dict[str, Any]


def list_values(shown: ShownList) -> Values:
    return {
        "request_id": shown.request_id,
        "startup_id": shown.startup,
        "carrier_id": shown.carrier,
        "scope": shown.scope.value if shown.scope else None,
        "list_order": shown.order.value,
        "encoder": shown.models.encoder,
        "reader": shown.models.reader,
        "ranker": shown.models.ranker,
        "registry_version": shown.registry,
        "shown_at": shown.shown_at,
    }


def place_values(shown: ShownList) -> list[Values]:
    """One row for each place."""
    return [
        {
            "request_id": shown.request_id,
            "rank": place.rank,
            "carrier_id": place.carrier,
            "startup_id": place.startup,
            "score": place.score,
        }
        for place in shown.places
    ]


def list_from(row: ShownListRow, places: Sequence[ImpressionRow]) -> ShownList:
    return ShownList(
        request_id=row.request_id,
        startup=_startup(row.startup_id),
        carrier=CarrierId(row.carrier_id) if row.carrier_id else None,
        scope=Scope(row.scope) if row.scope else None,
        order=ListOrder(row.list_order),
        models=ModelIds(encoder=row.encoder, reader=row.reader, ranker=row.ranker),
        registry=row.registry_version,
        shown_at=row.shown_at,
        places=tuple(
            Impression(
                rank=one.rank, carrier=CarrierId(one.carrier_id), startup=_startup(one.startup_id), score=one.score
            )
            for one in places
        ),
    )


def feedback_row(feedback: Feedback) -> FeedbackRow:
    return FeedbackRow(
        request_id=feedback.request_id,
        carrier_id=feedback.carrier,
        kind=feedback.kind.value,
        startup_id=feedback.startup,
        rank=feedback.rank,
        at=feedback.at,
        recorded_at=feedback.recorded_at,
        reported_by=feedback.reported_by.value if feedback.reported_by else None,
    )


def feedback_from(row: FeedbackRow) -> Feedback:
    return Feedback(
        request_id=row.request_id,
        carrier=CarrierId(row.carrier_id),
        kind=FeedbackKind(row.kind),
        startup=_startup(row.startup_id),
        rank=row.rank,
        at=row.at,
        recorded_at=row.recorded_at,
        reported_by=Role(row.reported_by) if row.reported_by else None,
    )


def _startup(id: str | None) -> StartupId | None:
    return StartupId(id) if id else None
