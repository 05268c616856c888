"""Where a startup says that it is: stated on its own page, and taken back there."""

from datetime import date

from fastapi import APIRouter, Response

from api.pages.desk_page import day_told
from api.pages.done import after
from api.pages.forms import Form, Sent, form_needs
from api.pages.my_startup_page import startup_page
from api.pages.my_startups_page import ONE, address_of
from api.pages.visit import PageRoute, Visitor
from api.routes.carrier_corrections import OneCarrier
from api.routes.startups import OneStartup
from matcher.domain.errors import CarrierNotFound, InvalidField
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.permissions import Action

router = APIRouter(route_class=PageRoute)


@router.post(ONE + "/stays", **form_needs(Action.UPDATE_STARTUP))
def state_stay(visit: Visitor, startup_id: OneStartup, sent: Form) -> Response:
    services = visit.caller.services
    try:
        services.batch.handovers.state_stay(
            visit.actor,
            StartupId(startup_id),
            CarrierId(sent.text("stay_at")),
            began_on=_day(sent, "began_on"),
            ends_on=_day(sent, "ends_on"),
            now=services.now(),
        )
    except CarrierNotFound:
        error = InvalidField("Choose a carrier from the list.", field="stay_at")
        return startup_page(visit, StartupId(startup_id), error, sent)
    except InvalidField as error:
        return startup_page(visit, StartupId(startup_id), error, sent)
    return visit.go(after(address_of(startup_id), "stated"))


@router.post(ONE + "/stays/{carrier_id}/forget", **form_needs(Action.UPDATE_STARTUP))
def forget_stay(visit: Visitor, startup_id: OneStartup, carrier_id: OneCarrier) -> Response:
    """Nothing happens where nothing was said."""
    visit.caller.services.batch.handovers.forget_stay(visit.actor, StartupId(startup_id), CarrierId(carrier_id))
    return visit.go(after(address_of(startup_id), "unstated"))


def _day(sent: Sent, name: str) -> date | None:
    told = sent.told(name)
    return None if told is None else day_told(told, name)
