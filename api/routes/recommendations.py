"""Which carriers suit this startup, and why."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request

from api.dependencies import Caller
from api.idempotency import IdempotencyKey, once_of
from api.json_route import JsonRoute
from api.limits import limit_asks
from api.problems import documented
from api.responses import Json
from api.schemas.answer_models import AnswerOut
from api.schemas.answers import answer_out
from api.schemas.examples import ANSWER, REQUESTS
from api.schemas.requests import RecommendationIn
from matcher.domain.errors import (
    EncoderUnavailable,
    ForgedRequest,
    InvalidField,
    InvalidText,
    KeyReused,
    ModelNotFound,
    NotAllowed,
    SecretText,
    SignInNeeded,
    StoreBusy,
    StoreFull,
    StoreNotReady,
    TooMany,
)
from matcher.domain.permissions import Action, require

router = APIRouter(prefix="/v1/recommendations", tags=["recommendations"], route_class=JsonRoute)


@router.post(
    "",
    operation_id="recommend",
    summary="Rank carriers for a startup, with reasons",
    response_class=Json,
    response_model=AnswerOut,
    dependencies=[Depends(limit_asks)],
    responses=documented(
        {
            200: {
                "description": "One of the four honest outcomes.",
                "content": {"application/json": {"example": ANSWER}},
            }
        },
        *(400, 408, 413, 415, 422, 500),
        *(InvalidText, SecretText, InvalidField, KeyReused, SignInNeeded, NotAllowed, ForgedRequest, TooMany),
        *(StoreNotReady, StoreBusy, StoreFull, ModelNotFound, EncoderUnavailable),
    ),
)
def recommend(
    request: Request,
    caller: Caller,
    wanted: Annotated[RecommendationIn, Body(openapi_examples=REQUESTS)],
    idempotency_key: IdempotencyKey = None,
) -> Json:
    """Reads the text, ranks the carriers in scope and explains each place.

    The text is data: nothing written in it can instruct. It is not logged, and not stored unless `store` asks for it,
    which only a startup's account may.
    """
    if wanted.store:
        require(caller.actor, Action.CREATE_STARTUP)
    services = caller.services
    registry = services.registry.snapshot()
    query = wanted.query(registry, request_id=caller.request_id, language=caller.accepted)
    draft = wanted.draft(query) if wanted.store else None
    answer = services.recommend(query, on=services.today())
    startup_id = None
    if draft is not None:
        once = once_of(request, idempotency_key, wanted.model_dump_json(exclude_unset=True).encode())
        startup_id = services.startups.register(caller.actor, draft, now=services.now(), once=once)[0].id
    services.metrics.outcomes.labels(answer.outcome.value).inc()
    services.feedback.note_answer(answer, startup_id, now=services.now())
    language = answer.language.spoken
    content = answer_out(answer, language, services.sentences, registry, startup_id=startup_id)
    return Json(content, language=language, headers={"Cache-Control": "no-store"})
