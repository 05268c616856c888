"""Startups of the account that asks: written, read, changed and withdrawn by their owner alone."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Body, Path, Query, Request, Response

from api.cursors import cursor_after, id_before
from api.dependencies import Call, Caller
from api.idempotency import IdempotencyKey, once_of
from api.json_route import JsonRoute
from api.needs import needs
from api.preconditions import expected_version, version_tag
from api.problems import NOT_MODIFIED, documented
from api.responses import Json, matches
from api.schemas.startups import OneStartupOut, StartupChangeIn, StartupIn, StartupPageOut, StartupQuery, startup_out
from matcher.domain.errors import (
    ForgedRequest,
    InvalidField,
    InvalidText,
    KeyReused,
    NotAllowed,
    Outdated,
    SecretText,
    SignInNeeded,
    StartupNotFound,
    StoreBusy,
    StoreFull,
    StoreNotReady,
)
from matcher.domain.ids import StartupId
from matcher.domain.permissions import Action
from matcher.domain.startup_records import StartupRecord

PRIVATE = {"Cache-Control": "no-store", "Vary": "Authorization, Cookie"}
READS = (422, 500, InvalidField, SignInNeeded, NotAllowed, StoreNotReady, StoreBusy)
WRITES = (*READS, 400, 408, 413, 415, ForgedRequest, InvalidText, SecretText, StoreFull)

OneStartup = Annotated[str, Path(description="Id of the startup.", max_length=128)]

router = APIRouter(prefix="/v1/startups", tags=["startups"], route_class=JsonRoute)


@router.post(
    "",
    operation_id="registerStartup",
    summary="Register a startup",
    status_code=201,
    response_class=Json,
    response_model=OneStartupOut,
    responses=documented(
        {201: {"description": "It is kept, and in every list from now on."}}, *WRITES, KeyReused, StartupNotFound
    ),
    **needs(Action.CREATE_STARTUP),
)
def register_startup(
    request: Request, caller: Caller, wanted: Annotated[StartupIn, Body()], idempotency_key: IdempotencyKey = None
) -> Response:
    """Its text is read once and kept with it; texts that carry a mark of secrecy are refused."""
    services = caller.services
    draft = wanted.draft(services.registry.snapshot())
    once = once_of(request, idempotency_key, wanted.model_dump_json(exclude_unset=True).encode())
    record, _ = services.startups.register(caller.actor, draft, now=services.now(), once=once)
    return _answer(caller, record, status=201, headers={"Location": f"{router.prefix}/{record.id}"})


@router.get(
    "",
    operation_id="listStartups",
    summary="List one's own startups",
    response_class=Json,
    response_model=StartupPageOut,
    responses=documented({}, *READS),
    **needs(Action.LIST_STARTUPS),
)
def list_startups(caller: Caller, wanted: Annotated[StartupQuery, Query()]) -> Response:
    """In the order of their ids, withdrawn ones too unless they are filtered out."""
    after = StartupId(id_before(wanted.cursor)) if wanted.cursor else None
    page = caller.services.startups.own.page(caller.actor, wanted.filter(), after=after, limit=wanted.limit)
    next_cursor = cursor_after(page.next_after) if page.next_after is not None else None
    headers = dict(PRIVATE)
    if next_cursor:
        sent = wanted.model_dump(mode="json", exclude_none=True, exclude_unset=True) | {"cursor": next_cursor}
        headers["Link"] = f'<{router.prefix}?{urlencode(sent)}>; rel="next"'
    content = {
        "request_id": caller.request_id,
        "startups": [startup_out(record) for record in page.startups],
        "total": page.total,
        "next_cursor": next_cursor,
    }
    return Json(content, headers=headers)


@router.get(
    "/{startup_id}",
    operation_id="getStartup",
    summary="Read one of one's own startups",
    response_class=Json,
    response_model=OneStartupOut,
    responses=documented(NOT_MODIFIED, *READS, StartupNotFound),
    **needs(Action.READ_STARTUP),
)
def get_startup(caller: Caller, startup_id: OneStartup) -> Response:
    """Another's startup and one that does not exist are the same answer."""
    record = caller.services.startups.own.get(caller.actor, StartupId(startup_id))
    caller.services.registry.identity.rights.uses.note_startup(record.id, caller.services.now())
    tag = version_tag(record.version)
    if matches(caller.if_none_match, tag):
        return Response(status_code=304, headers={"ETag": tag, **PRIVATE})
    return _answer(caller, record)


@router.patch(
    "/{startup_id}",
    operation_id="updateStartup",
    summary="Change a startup",
    response_class=Json,
    response_model=OneStartupOut,
    responses=documented({}, *WRITES, 428, StartupNotFound, Outdated, KeyReused),
    **needs(Action.UPDATE_STARTUP),
)
def update_startup(
    request: Request,
    caller: Caller,
    startup_id: OneStartup,
    wanted: Annotated[StartupChangeIn, Body()],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Needs `If-Match`. What is left out stays; a text that changed is read again. A withdrawn startup is back."""
    services = caller.services
    record = services.startups.update(
        caller.actor,
        StartupId(startup_id),
        lambda before: wanted.draft(services.registry.snapshot(), before),
        expected=expected_version(request),
        now=services.now(),
        once=once_of(request, idempotency_key, wanted.model_dump_json(exclude_unset=True).encode()),
    )
    return _answer(caller, record)


@router.delete(
    "/{startup_id}",
    operation_id="withdrawStartup",
    summary="Withdraw or erase a startup",
    response_class=Json,
    response_model=OneStartupOut,
    responses=documented(
        {204: {"description": "It is erased."}}, *READS, ForgedRequest, StoreFull, StartupNotFound, Outdated
    ),
    **needs(Action.WITHDRAW_STARTUP),
)
def withdraw_startup(
    request: Request,
    caller: Caller,
    startup_id: OneStartup,
    erase: Annotated[bool, Query(description="Erase it with all that belongs to it; cannot be undone.")] = False,
) -> Response:
    """Withdrawn, it is in no list any more, and kept for its owner until it is erased. `If-Match` may be left out."""
    services = caller.services
    expected = expected_version(request) if "if-match" in request.headers else None
    if erase:
        services.registry.identity.rights.erase_startup(caller.actor, StartupId(startup_id), expected=expected)
        return Response(status_code=204, headers=PRIVATE)
    record = services.startups.withdraw(caller.actor, StartupId(startup_id), expected=expected, now=services.now())
    return _answer(caller, record)


def _answer(
    caller: Call, record: StartupRecord, *, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    content = {"request_id": caller.request_id, **startup_out(record)}
    return Json(content, status, headers={"ETag": version_tag(record.version), **PRIVATE, **(headers or {})})
