"""What came of a list: told by who got it, or by the carrier on it."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request, Response

from api.dependencies import Caller
from api.idempotency import IdempotencyKey, once_of
from api.json_route import JsonRoute
from api.limits import limit_feedback
from api.problems import documented
from api.responses import Json
from api.schemas.feedback import FeedbackIn, RecordedFeedbackOut, feedback_out
from matcher.domain.errors import (
    ForgedRequest,
    InvalidField,
    KeyReused,
    ListNotFound,
    SignInNeeded,
    StoreBusy,
    StoreFull,
    StoreNotReady,
    TooMany,
)

router = APIRouter(prefix="/v1/feedback", tags=["feedback"], route_class=JsonRoute)


@router.post(
    "",
    operation_id="recordFeedback",
    summary="Tell what came of a place on a list",
    response_class=Json,
    response_model=RecordedFeedbackOut,
    dependencies=[Depends(limit_feedback)],
    responses=documented(
        {200: {"description": "It is on record, from now on or since before."}},
        *(400, 408, 413, 415, 422, 500),
        *(InvalidField, KeyReused, SignInNeeded, ForgedRequest, ListNotFound, TooMany),
        *(StoreNotReady, StoreBusy, StoreFull),
    ),
)
def record_feedback(
    request: Request, caller: Caller, wanted: Annotated[FeedbackIn, Body()], idempotency_key: IdempotencyKey = None
) -> Response:
    """For a kept startup's list its owner tells it, or the carrier's staff; for another list whoever knows its id.

    The same told twice is one record: the first stays.
    """
    services = caller.services
    once = once_of(request, idempotency_key, wanted.model_dump_json(exclude_unset=True).encode())
    feedback, is_new = services.feedback.record(caller.actor, wanted.told(), now=services.now(), once=once)
    content = {"request_id": caller.request_id, "is_new": is_new, "feedback": feedback_out(feedback)}
    return Json(content, headers={"Cache-Control": "no-store"})
