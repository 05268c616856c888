"""A ranked answer for a startup that is kept, as for a text that is sent."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from api.dependencies import Caller
from api.needs import needs
from api.problems import documented
from api.responses import Json
from api.routes.startups import PRIVATE, READS, OneStartup
from api.schemas.answer_models import AnswerOut
from api.schemas.answers import answer_out
from api.schemas.common import Lang
from api.schemas.requests import MAX_K
from matcher.domain.errors import EncoderUnavailable, ModelNotFound, StartupNotFound
from matcher.domain.ids import StartupId
from matcher.domain.matches import ListOrder
from matcher.domain.messages import Language
from matcher.domain.permissions import Action
from matcher.domain.startups import Scope
from matcher.services.recommend import Query as Asked

router = APIRouter(prefix="/v1/startups", tags=["startups"])


@router.get(
    "/{startup_id}/recommendations",
    operation_id="recommendForStartup",
    summary="Rank carriers for one of one's own startups",
    response_class=Json,
    response_model=AnswerOut,
    responses=documented({}, *READS, StartupNotFound, ModelNotFound, EncoderUnavailable),
    **needs(Action.READ_STARTUP),
)
def recommend_for_startup(
    caller: Caller,
    startup_id: OneStartup,
    lang: Lang = None,
    scope: Annotated[
        Literal["home", "delta", "all"],
        Query(description="How far to look: the home city with its enclaves, the Yangtze delta, everywhere."),
    ] = "home",
    order: Annotated[
        Literal["fit", "neutral"], Query(description="Best first, or alphabetically by name, without any score.")
    ] = "fit",
    k: Annotated[int, Query(ge=1, le=MAX_K, description="Most carriers to list.")] = 10,
) -> Response:
    """The same answer as for its text and fields by `POST /v1/recommendations`."""
    services = caller.services
    record = services.startups.own.get(caller.actor, StartupId(startup_id))
    services.registry.identity.rights.uses.note_startup(record.id, services.now())
    registry = services.registry.snapshot()
    asked = Asked(
        description=record.draft.description,
        k=k,
        scope=Scope(scope),
        order=ListOrder(order),
        language=Language(lang) if lang else caller.accepted,
        request_id=caller.request_id,
    )
    answer = services.recommend(asked, on=services.today())
    services.metrics.outcomes.labels(answer.outcome.value).inc()
    services.feedback.note_answer(answer, record.id, now=services.now())
    language = answer.language.spoken
    run_id = services.batch.served.run_of(answer, record.id)
    content = answer_out(answer, language, services.sentences, registry, startup_id=record.id, run_id=run_id)
    return Json(content, language=language, headers={**PRIVATE, "Cache-Control": "no-store"})
