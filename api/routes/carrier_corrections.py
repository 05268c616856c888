"""A carrier's staff puts its record right, and reads what was changed."""

import re
from typing import Annotated

from fastapi import APIRouter, Body, Path, Request, Response

from api.dependencies import Caller
from api.json_route import JsonRoute
from api.needs import needs
from api.preconditions import named_version
from api.problems import documented
from api.responses import Json
from api.routes.startups import PRIVATE, READS, WRITES
from api.schemas.carrier_models import CarrierRecordOut
from api.schemas.carriers import carrier_record_out
from api.schemas.common import Lang
from api.schemas.corrections import CorrectionIn, HistoryOut, entry_out
from matcher.domain.carriers import version_of
from matcher.domain.errors import CarrierNotFound, Outdated
from matcher.domain.ids import CarrierId
from matcher.domain.permissions import Action

TAG = re.compile(r'(?:W/)?"(?:[0-9a-f]{32}\.)?([0-9a-f]{16})"', re.ASCII)  # as PATCH gives it, or as GET does

OneCarrier = Annotated[str, Path(description="Id of the carrier.", max_length=128, examples=["cn001"])]

router = APIRouter(prefix="/v1/carriers", tags=["carriers"], route_class=JsonRoute)


@router.patch(
    "/{carrier_id}",
    operation_id="correctCarrier",
    summary="Correct facts of a carrier",
    response_class=Json,
    response_model=CarrierRecordOut,
    responses=documented({}, *WRITES, 428, CarrierNotFound, Outdated),
    **needs(Action.CORRECT_CARRIER),
)
def correct_carrier(
    request: Request,
    caller: Caller,
    carrier_id: OneCarrier,
    wanted: Annotated[CorrectionIn, Body()],
    lang: Lang = None,
) -> Response:
    """By its own staff or an admin, with `If-Match`. The old values are kept; lists know the new ones in a second."""
    services, language = caller.services, caller.language(lang)
    carrier = services.registry.carriers.correct(
        caller.actor,
        CarrierId(carrier_id),
        wanted.changes,
        wanted.grounds(),
        expected=named_version(request, TAG),
        now=services.now(),
    )
    registry = services.registry.snapshot()
    with services.registry.transactions() as uow:
        version = uow.registry_version()
    content = {
        "request_id": caller.request_id,
        "language": language.value,
        "registry": {"version": version.version, "as_of": version.as_of},
    } | carrier_record_out(carrier, language, registry)
    return Json(content, language=language, headers={"ETag": f'"{version_of(carrier)}"', **PRIVATE})


@router.get(
    "/{carrier_id}/history",
    operation_id="carrierHistory",
    summary="Read what was changed in a carrier's record",
    response_class=Json,
    response_model=HistoryOut,
    responses=documented({}, *READS, CarrierNotFound),
    **needs(Action.READ_CARRIER_HISTORY),
)
def carrier_history(caller: Caller, carrier_id: OneCarrier) -> Response:
    """For its own staff and admins: each old value, with who changed it, when, and on what grounds."""
    entries = caller.services.registry.carriers.history(caller.actor, CarrierId(carrier_id))
    content = {
        "request_id": caller.request_id,
        "carrier": carrier_id,
        "entries": [entry_out(entry) for entry in entries],
    }
    return Json(content, headers=PRIVATE)
