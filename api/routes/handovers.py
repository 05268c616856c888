"""Who is to move on, for the carrier that it is at and for itself; and where a startup says that it is."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Body, Response

from api.dependencies import Call, Caller
from api.json_route import JsonRoute
from api.needs import needs
from api.problems import documented
from api.responses import Json
from api.routes.carrier_corrections import OneCarrier
from api.routes.startups import PRIVATE, READS, WRITES, OneStartup
from api.schemas.common import Lang
from api.schemas.handovers import CarrierHandoversOut, HandoverWriter, OneStayOut, OwnHandoversOut, StayIn
from matcher.domain.errors import CarrierNotFound, ForgedRequest, StartupNotFound, StoreFull
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.permissions import Action

router = APIRouter(prefix="/v1", tags=["handovers"], route_class=JsonRoute)


@router.get(
    "/carriers/{carrier_id}/handovers",
    operation_id="listCarrierHandovers",
    summary="See which of a carrier's startups are to move on",
    response_class=Json,
    response_model=CarrierHandoversOut,
    responses=documented({}, *READS, StoreFull, CarrierNotFound),
    **needs(Action.READ_LEAD_TEXT),
)
def list_carrier_handovers(caller: Caller, carrier_id: OneCarrier, lang: Lang = None) -> Response:
    """Of startups that have consented to this carrier, as the run in force found them; each is in its audit log."""
    services = caller.services
    found = services.batch.handovers.of_carrier(caller.actor, CarrierId(carrier_id), now=services.now())
    return _answer(caller, lang, lambda writer: writer.of_carrier(found))


@router.get(
    "/startups/{startup_id}/handovers",
    operation_id="listOwnHandovers",
    summary="See whether one of one's own startups is to move on, and where to",
    response_class=Json,
    response_model=OwnHandoversOut,
    responses=documented({}, *READS, StartupNotFound),
    **needs(Action.READ_STARTUP),
)
def list_own_handovers(caller: Caller, startup_id: OneStartup, lang: Lang = None) -> Response:
    """As the run in force found it, and where the startup says that it is."""
    found = caller.services.batch.handovers.own(caller.actor, StartupId(startup_id))
    return _answer(caller, lang, lambda writer: writer.own(found))


@router.put(
    "/startups/{startup_id}/stays/{carrier_id}",
    operation_id="stateStay",
    summary="Say at which carrier a startup is, since when and until when",
    response_class=Json,
    response_model=OneStayOut,
    responses=documented({}, *WRITES, StartupNotFound, CarrierNotFound),
    **needs(Action.UPDATE_STARTUP),
)
def state_stay(
    caller: Caller,
    startup_id: OneStartup,
    carrier_id: OneCarrier,
    wanted: Annotated[StayIn, Body()],
    lang: Lang = None,
) -> Response:
    """In place of what was said of it before. The next run heeds it; the carrier sees it only by consent."""
    services = caller.services
    stay = services.batch.handovers.state_stay(
        caller.actor,
        StartupId(startup_id),
        CarrierId(carrier_id),
        began_on=wanted.began_on,
        ends_on=wanted.ends_on,
        now=services.now(),
    )
    return _answer(caller, lang, lambda writer: writer.stay(stay))


@router.delete(
    "/startups/{startup_id}/stays/{carrier_id}",
    operation_id="forgetStay",
    summary="Take back that a startup is at a carrier",
    status_code=204,
    responses=documented({}, *READS, ForgedRequest, StoreFull, StartupNotFound),
    **needs(Action.UPDATE_STARTUP),
)
def forget_stay(caller: Caller, startup_id: OneStartup, carrier_id: OneCarrier) -> Response:
    """Nothing happens where nothing was said."""
    caller.services.batch.handovers.forget_stay(caller.actor, StartupId(startup_id), CarrierId(carrier_id))
    return Response(status_code=204, headers=PRIVATE)


def _answer(caller: Call, lang: str | None, say: Callable[[HandoverWriter], dict[str, object]]) -> Response:
    services, language = caller.services, caller.language(lang)
    writer = HandoverWriter(language.spoken, services.sentences, services.registry.snapshot())
    return Json({"request_id": caller.request_id, **say(writer)}, language=language, headers=PRIVATE)
