"""Carriers and partners: a list with filters and pages, and one record with the source of each fact."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Response

from api.cursors import cursor_after, id_before
from api.dependencies import Caller
from api.problems import NOT_MODIFIED, documented
from api.responses import Json, NotModified, entity_tag, matches
from api.schemas.carrier_models import CarrierPageOut, CarrierRecordOut
from api.schemas.carrier_query import CarrierQuery
from api.schemas.carriers import carrier_line_out, carrier_record_out
from api.schemas.common import Lang
from matcher.domain.errors import CarrierNotFound, InvalidField, StoreBusy, StoreNotReady
from matcher.domain.ids import CarrierId

router = APIRouter(prefix="/v1/carriers", tags=["carriers"])


@router.get(
    "",
    operation_id="listCarriers",
    summary="List carriers",
    response_class=Json,
    response_model=CarrierPageOut,
    responses=documented(NOT_MODIFIED, 422, InvalidField, StoreNotReady, StoreBusy, 500),
)
def list_carriers(caller: Caller, wanted: Annotated[CarrierQuery, Query()]) -> Response:
    """In the order of their ids; a carrier whose value is unknown never matches a filter."""
    services = caller.services
    language = caller.language(wanted.lang)
    registry = services.registry.snapshot()
    carrier_filter = wanted.filter(registry.taxonomy)
    after = id_before(wanted.cursor) if wanted.cursor else None
    with services.registry.transactions() as unit:
        version = unit.registry_version()
        tag = entity_tag("carriers", version.version, carrier_filter, after, wanted.limit, language)
        if matches(caller.if_none_match, tag):
            return NotModified(tag, language)
        page = unit.carriers.page(carrier_filter, after=after, limit=wanted.limit)
    next_cursor = cursor_after(page.next_after) if page.next_after is not None else None
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if next_cursor:
        sent = wanted.model_dump(exclude_none=True, exclude_unset=True) | {"cursor": next_cursor}
        headers["Link"] = f'<{router.prefix}?{urlencode(sent)}>; rel="next"'
    content = {
        "request_id": caller.request_id,
        "language": language.value,
        "registry": {"version": version.version, "as_of": version.as_of},
        "carriers": [carrier_line_out(carrier, language, registry) for carrier in page.carriers],
        "total": page.total,
        "next_cursor": next_cursor,
    }
    return Json(content, language=language, headers=headers)


@router.get(
    "/{carrier_id}",
    operation_id="getCarrier",
    summary="Read one carrier",
    response_class=Json,
    response_model=CarrierRecordOut,
    responses=documented(NOT_MODIFIED, 422, CarrierNotFound, StoreNotReady, StoreBusy, 500),
)
def get_carrier(
    caller: Caller,
    carrier_id: Annotated[str, Path(description="Id of the carrier.", examples=["cn001"])],
    lang: Lang = None,
) -> Response:
    """Each fact with its basis, source and date, and the fields that are not known."""
    language = caller.language(lang)
    registry = caller.services.registry.snapshot()
    carrier = registry.carrier(CarrierId(carrier_id))
    tag = entity_tag("carrier", registry.version.version, carrier_id, language)
    if matches(caller.if_none_match, tag):
        return NotModified(tag, language)
    content = {
        "request_id": caller.request_id,
        "language": language.value,
        "registry": {"version": registry.version.version, "as_of": registry.version.as_of},
    } | carrier_record_out(carrier, language, registry)
    return Json(content, language=language, headers={"ETag": tag, "Cache-Control": "no-cache"})
