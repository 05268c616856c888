"""How ranking works, for programs."""

from hashlib import sha256

from fastapi import APIRouter, Response

from api.dependencies import Call, Caller
from api.problems import NOT_MODIFIED, documented
from api.public_answers import Content, public_answer
from api.responses import Json
from api.schemas.common import Lang
from api.schemas.ranking import RankingFacts, RankingOut, ranking_out
from matcher.domain.errors import StoreBusy, StoreNotReady

router = APIRouter(tags=["ranking"])


@router.get(
    "/v1/ranking",
    operation_id="explainRanking",
    summary="Read how ranking works",
    response_class=Json,
    response_model=RankingOut,
    responses=documented(NOT_MODIFIED, 422, StoreNotReady, StoreBusy, 500),
)
def explain_ranking(caller: Caller, lang: Lang = None) -> Response:
    """Criteria and weights in force, models, data, what never counts, the neutral order, and how long what is kept."""
    language = caller.language(lang)
    version = caller.services.registry.snapshot().version
    facts = ranking_facts(caller)

    def build() -> Content:
        return ranking_out(facts, version, language, caller.services.sentences), {}

    return public_answer(
        caller, version, language, build, record_version=lambda: sha256(repr(facts).encode()).hexdigest()[:16]
    )


def ranking_facts(caller: Call) -> RankingFacts:
    services = caller.services
    return RankingFacts(services.weights, services.feedback.models, services.settings)
