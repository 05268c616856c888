"""Hand-overs and stays to rows and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from data.tables import HandoverRow, StayRow
from matcher.domain.handovers import Ground, Handover, NextCarrier, Stay, StayEnd
from matcher.domain.ids import CarrierId, EntryRuleId, StartupId, TermId

Json = dict[str, Any]


def handover_json(one: Handover) -> Json:
    """What the columns do not say."""
    end = one.end
    return {
        "began_on": _day_json(one.began_on),
        "end": None if end is None else {"on": end.on.isoformat(), "rule": end.rule, "months": end.months},
        "grounds": [ground.value for ground in one.grounds],
        "criteria": list(one.criteria),
        "criteria_rule": one.criteria_rule,
        "next": [{"carrier": place.carrier, "step": place.step, "score": place.score} for place in one.next],
    }


def handover_from(row: HandoverRow) -> Handover:
    said: Mapping[str, Any] = row.content
    return Handover(
        startup=StartupId(row.startup_id),
        carrier=CarrierId(row.carrier_id),
        began_on=_day_from(said["began_on"]),
        end=None if said["end"] is None else StayEnd(**{**said["end"], "on": date.fromisoformat(said["end"]["on"])}),
        grounds=tuple(Ground(one) for one in said["grounds"]),
        criteria=tuple(said["criteria"]),
        criteria_rule=None if said["criteria_rule"] is None else EntryRuleId(said["criteria_rule"]),
        next=tuple(
            NextCarrier(carrier=CarrierId(one["carrier"]), step=TermId(one["step"]), score=one["score"])
            for one in said["next"]
        ),
    )


def stay_from(row: StayRow) -> Stay:
    return Stay(
        startup=StartupId(row.startup_id),
        carrier=CarrierId(row.carrier_id),
        began_on=row.began_on,
        ends_on=row.ends_on,
        stated_at=row.stated_at,
    )


def stay_row(stay: Stay) -> StayRow:
    return StayRow(
        startup_id=stay.startup,
        carrier_id=stay.carrier,
        began_on=stay.began_on,
        ends_on=stay.ends_on,
        stated_at=stay.stated_at,
    )


def _day_json(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_from(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)
