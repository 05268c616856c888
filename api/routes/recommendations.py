"""Which carriers suit this startup, and why."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.dependencies import Caller
from api.problems import documented
from api.responses import Json
from api.schemas.answer_models import AnswerOut
from api.schemas.answers import answer_out
from api.schemas.examples import ANSWER, REQUESTS
from api.schemas.requests import RecommendationIn
from matcher.domain.errors import EncoderUnavailable, InvalidField, InvalidText, ModelNotFound, StoreBusy, StoreNotReady


class JsonRoute(APIRoute):
    """Takes nothing but JSON, and says so before it reads the body."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_json(request: Request) -> Response:
            media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if media_type != "application/json":
                raise HTTPException(415)
            return await handle(request)

        return handle_json


router = APIRouter(prefix="/v1/recommendations", tags=["recommendations"], route_class=JsonRoute)


@router.post(
    "",
    operation_id="recommend",
    summary="Rank carriers for a startup, with reasons",
    response_class=Json,
    response_model=AnswerOut,
    responses=documented(
        {
            200: {
                "description": "One of the four honest outcomes.",
                "content": {"application/json": {"example": ANSWER}},
            }
        },
        *(400, 408, 413, 415, 422, 500),
        *(InvalidText, InvalidField, StoreNotReady, StoreBusy, ModelNotFound, EncoderUnavailable),
    ),
)
def recommend(caller: Caller, wanted: Annotated[RecommendationIn, Body(openapi_examples=REQUESTS)]) -> Json:
    """Reads the text, ranks the carriers in scope and explains each place.

    The text is data: nothing written in it can instruct. It is neither stored nor logged.
    """
    services = caller.services
    registry = services.registry.snapshot()
    query = wanted.query(registry, request_id=caller.request_id, language=caller.accepted)
    answer = services.recommend(query, on=services.today())
    services.metrics.outcomes.labels(answer.outcome.value).inc()
    language = answer.language.spoken
    content = answer_out(answer, language, services.sentences, registry)
    return Json(content, language=language, headers={"Cache-Control": "no-store"})
