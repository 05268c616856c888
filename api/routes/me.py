"""All of one's own: to take along, and to erase."""

from fastapi import APIRouter, Response

from api.dependencies import Caller
from api.json_route import JsonRoute
from api.needs import needs
from api.personal_export import export_json
from api.problems import documented
from api.responses import Json
from api.routes.session import drop_cookie
from api.schemas.identity import AccountOut, content_of
from api.schemas.personal import EraseMeBody, KeptOut, NoticeOut, PersonalDataOut
from matcher.domain.errors import (
    AccountNotFound,
    ForgedRequest,
    InvalidField,
    NotAllowed,
    SignInNeeded,
    StoreBusy,
    StoreFull,
    StoreNotReady,
    TooMany,
)
from matcher.domain.permissions import Action

AS_FILE = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="matcher-my-data.json"'}
ALWAYS = (422, 500, SignInNeeded, NotAllowed, AccountNotFound, StoreNotReady, StoreBusy)

router = APIRouter(prefix="/v1/me", tags=["my data"], route_class=JsonRoute)


@router.get(
    "",
    operation_id="whatIsKeptOfMe",
    summary="Read what is kept of oneself",
    response_class=Json,
    response_model=KeptOut,
    responses=documented({}, *ALWAYS),
    **needs(Action.EXPORT_MY_DATA),
)
def what_is_kept_of_me(caller: Caller) -> Json:
    """How many of each kind of thing, and which startups will be erased unless they are read, written or matched."""
    services = caller.services
    kept = services.registry.identity.rights.kept(caller.actor, now=services.now())
    answer = KeptOut(
        request_id=caller.request_id,
        account=AccountOut.of(kept.account),
        kept=dict(kept.counts),
        notices=[NoticeOut.of(one) for one in kept.notices],
        retention_days=services.settings.retention_days,
    )
    return Json(content_of(answer), headers={"Cache-Control": "no-store"})


@router.get(
    "/export",
    operation_id="exportMyData",
    summary="Take all of one's data along",
    response_class=Json,
    response_model=PersonalDataOut,
    responses=documented({}, *ALWAYS, StoreFull),
    **needs(Action.EXPORT_MY_DATA),
)
def export_my_data(caller: Caller) -> Response:
    """Everything that is kept about this account, as it was at one moment, without secrets."""
    services = caller.services
    now = services.now()
    with services.registry.identity.rights.export(caller.actor, now=now) as sections:
        # Gathered before it is sent: a slow reader must not hold up the store.
        content = b"".join(export_json(sections, now=now))
    return Response(content, media_type="application/json", headers=AS_FILE)


@router.delete(
    "",
    operation_id="eraseMyData",
    summary="Erase one's account and all that is its own",
    status_code=204,
    responses=documented({}, *ALWAYS, 400, 408, 413, 415, ForgedRequest, InvalidField, TooMany, StoreFull),
    **needs(Action.ERASE_MY_DATA),
)
def erase_my_data(caller: Caller, wanted: EraseMeBody) -> Response:
    """Cannot be undone. Needs the password and, as `confirm`, the login; startups, keys and sessions go with it."""
    services = caller.services
    services.registry.identity.rights.erase_account.own(
        caller.actor, password=wanted.password, confirm=wanted.confirm, now=services.now()
    )
    answer = Response(status_code=204, headers={"Cache-Control": "no-store"})
    drop_cookie(answer, services.settings)
    return answer
