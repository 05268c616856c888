"""Carriers and partners: a list with filters and pages, and one record with the source of each fact."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Response

from api.cursors import cursor_after, id_before
from api.dependencies import Caller
from api.problems import NOT_MODIFIED, documented
from api.public_answers import Content, public_answer
from api.responses import Json
from api.schemas.carrier_models import CarrierPageOut, CarrierRecordOut
from api.schemas.carrier_query import CarrierQuery
from api.schemas.carriers import carrier_line_out, carrier_record_out
from api.schemas.common import Lang
from matcher.domain.carriers import version_of
from matcher.domain.errors import CarrierNotFound, InvalidField, StoreBusy, StoreNotReady
from matcher.domain.ids import CarrierId
from matcher.services.carrier_pages import page_of_carriers

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
    language = caller.language(wanted.lang)
    registry = caller.services.registry.snapshot()
    carrier_filter = wanted.filter(registry.taxonomy)
    after = id_before(wanted.cursor) if wanted.cursor else None

    def build() -> Content:
        page = page_of_carriers(registry, carrier_filter, after=after, limit=wanted.limit)
        next_cursor = cursor_after(page.next_after) if page.next_after is not None else None
        content = {
            "language": language.value,
            "registry": {"version": registry.version.version, "as_of": registry.version.as_of},
            "carriers": [carrier_line_out(carrier, language, registry) for carrier in page.carriers],
            "total": page.total,
            "next_cursor": next_cursor,
        }
        return content, {"Link": _next_page(wanted, next_cursor)} if next_cursor else {}

    return public_answer(caller, registry.version, language, build)


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

    def build() -> Content:
        head = {
            "language": language.value,
            "registry": {"version": registry.version.version, "as_of": registry.version.as_of},
        }
        return head | carrier_record_out(carrier, language, registry), {}

    return public_answer(caller, registry.version, language, build, lambda: version_of(carrier))


def _next_page(wanted: CarrierQuery, cursor: str) -> str:
    sent = wanted.model_dump(exclude_none=True, exclude_unset=True) | {"cursor": cursor}
    return f'<{router.prefix}?{urlencode(sent)}>; rel="next"'
