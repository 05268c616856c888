"""One's own API keys."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.dependencies import Caller
from api.json_route import JsonRoute
from api.needs import needs
from api.problems import documented
from api.responses import Json
from api.schemas.identity import IssuedKeyAnswer, KeyListAnswer, KeyOut, NewKeyBody, content_of
from matcher.domain.credentials import ApiKeyId
from matcher.domain.errors import (
    ApiKeyNotFound,
    ForgedRequest,
    InvalidField,
    NotAllowed,
    SignInNeeded,
    StoreBusy,
    StoreFull,
    StoreNotReady,
)
from matcher.domain.permissions import Action

NO_STORE = {"Cache-Control": "no-store"}
ALWAYS = (422, SignInNeeded, NotAllowed, StoreNotReady, StoreBusy, 500)
MANAGES = needs(Action.MANAGE_KEYS)

router = APIRouter(prefix="/v1/keys", tags=["keys"], route_class=JsonRoute)


@router.get(
    "",
    operation_id="listKeys",
    summary="List one's own keys",
    response_class=Json,
    response_model=KeyListAnswer,
    responses=documented({}, *ALWAYS),
    **MANAGES,
)
def list_keys(caller: Caller) -> Json:
    """Oldest first, revoked ones as well; at most fifty of them are valid."""
    keys = caller.services.registry.identity.list_keys(caller.actor)
    answer = KeyListAnswer(request_id=caller.request_id, keys=[KeyOut.of(key) for key in keys])
    return Json(content_of(answer), headers=NO_STORE)


@router.post(
    "",
    operation_id="issueKey",
    summary="Make a key",
    status_code=201,
    response_class=Json,
    response_model=IssuedKeyAnswer,
    responses=documented({}, *ALWAYS, 400, 408, 413, 415, StoreFull, ForgedRequest, InvalidField),
    **MANAGES,
)
def issue_key(caller: Caller, wanted: NewKeyBody) -> Json:
    """The key itself is in this answer alone: it is kept nowhere."""
    now = caller.services.now()
    days = wanted.expires_in_days
    issued = caller.services.registry.identity.issue_key(
        caller.actor,
        name=wanted.name,
        scopes=wanted.scopes,
        expires_at=None if days is None else now + timedelta(days=days),
        now=now,
    )
    answer = IssuedKeyAnswer(request_id=caller.request_id, key=KeyOut.of(issued.key), secret=issued.written)
    return Json(content_of(answer), 201, headers=NO_STORE)


@router.delete(
    "/{key_id}",
    operation_id="revokeKey",
    summary="Revoke a key",
    status_code=204,
    responses=documented({}, *ALWAYS, ForgedRequest, ApiKeyNotFound, StoreFull),
    **MANAGES,
)
def revoke_key(caller: Caller, key_id: Annotated[str, Path(description="Id of the key.", max_length=100)]) -> Response:
    """From the next request on it lets nobody in. An administrator may revoke anybody's."""
    services = caller.services
    services.registry.identity.revoke_key(caller.actor, ApiKeyId(key_id), now=services.now())
    return Response(status_code=204, headers=NO_STORE)
