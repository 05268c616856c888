"""Residents of the staff's carrier that are to move on, why, and to which carriers next."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.pages.desk import PLACE, Desk
from api.pages.desk_query import DESK
from api.pages.forms import page_needs
from api.pages.handover_lines import handover_line
from api.pages.visit import PageRoute, Visitor
from matcher.domain.handovers import NOTICE_MONTHS
from matcher.domain.messages import Message
from matcher.domain.permissions import Action

HANDOVERS = DESK + "/handovers"
AT_ONCE = 20
Start = Annotated[int, Query(ge=0, le=1_000_000)]

router = APIRouter(route_class=PageRoute)


@router.get(HANDOVERS, **page_needs(Action.READ_LEAD_TEXT))
def show_handovers(visit: Visitor, start: Start = 0) -> Response:
    """Of startups that have consented; each is told in its log who looked, as over the API."""
    desk, services = Desk(visit), visit.caller.services
    found = services.batch.handovers.of_carrier(visit.actor, desk.carrier, now=services.now())
    some = found.handovers[start : start + AT_ONCE]
    return visit.page(
        "desk_handovers.html",
        title=Message.of("Hand-overs"),
        place=PLACE,
        tab="handovers",
        carrier_name=desk.name,
        on=None if found.run is None or found.run.inputs is None else found.run.inputs.on,
        total=len(found.handovers),
        lines=[handover_line(one.handover, desk.registry, one.name, one.lead) for one in some],
        months=NOTICE_MONTHS,
        start=start,
        next_start=start + AT_ONCE if len(found.handovers) > start + AT_ONCE else None,
    )
