"""How ranking works, for people: what `GET /v1/ranking` says to programs."""

from fastapi import APIRouter, Response

from api.pages import ranking_words as words
from api.pages.visit import PageRoute, Visitor
from api.routes.ranking import ranking_facts
from api.schemas.ranking import PAGE, ranking_out
from matcher.domain.messages import Message

router = APIRouter(route_class=PageRoute)


@router.get(PAGE)
def show_how_ranking_works(visit: Visitor) -> Response:
    """Criteria and weights in force, models, data, what never counts, the neutral order, and how long what is kept."""
    services = visit.caller.services
    facts = ranking_facts(visit.caller)
    content = ranking_out(facts, services.registry.snapshot().version, visit.language, services.sentences)
    return visit.page(
        "how_ranking_works.html",
        title=Message.of("How ranking works"),
        place="ranking",
        content=content,
        parts=words.PARTS,
        columns=words.COLUMNS,
        features=words.FEATURES,
        weights=words.WEIGHTS,
        scale=max((abs(weight) for one in facts.weights for weight in (one.startup, one.carrier)), default=0.0),
    )
