"""The first page: a founder says what it makes and needs, and reads which carriers suit it, and why."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Response

from api.limits import count_ask, count_share
from api.pages.answer_shown import answer_shown, put_right, side_by_side
from api.pages.asked import Asked
from api.pages.corrections import corrected
from api.pages.examples import examples
from api.pages.forms import Form
from api.pages.shareable import shareable
from api.pages.shared_page import address_of, public_address
from api.pages.visit import PageRoute, Visit, Visitor
from api.problems import kind_of
from api.schemas.answers import answer_out
from api.terminal.words import SCOPES
from matcher.domain.errors import MatcherError, TooMany
from matcher.domain.messages import Message
from matcher.domain.startups import MAX_CHARACTERS
from matcher.domain.taxonomy import Facet

HOME = "/"
TITLE = Message.of("Find a carrier")
COMPARE, SHARE = "compare", "share"
AGAIN = (COMPARE, SHARE)  # buttons that show the same list again: it is not counted as another one
PLACES_OF_QUESTIONS = {  # where on the page each is answered
    "stage": "line-stage",
    "subfields": "line-subfields",
    "company_age_months": "company_age_months",
    "site": "added",
}

Json = dict[str, Any]

router = APIRouter(route_class=PageRoute)


@router.get(HOME)
def show_first_page(visit: Visitor) -> Response:
    """Empty, or with the example that the address names."""
    wanted = visit.request.query_params.get("example")
    text = next((one.text for one in examples() if one.id == wanted), "")
    return visit.page("founder.html", title=TITLE, place="founder", **_form(visit, Asked(text=text)))


@router.post(HOME)
def answer(visit: Visitor, sent: Form) -> Response:
    """The answer under the form; what went wrong is said there too, and nothing that was written is lost."""
    do = sent.text("do")
    asked = corrected(Asked.sent(sent), do, sent.text("added"))
    try:
        count_ask(visit.request)
        content = _answered(visit, asked, do, with_words="with_words" in sent)
    except MatcherError as error:
        waits = {"Retry-After": str(error.retry_after_s)} if isinstance(error, TooMany) else {}
        return _shown(visit, _form(visit, asked, error), kind_of(error).status, waits)
    return _shown(visit, _form(visit, asked) | content)


def _answered(visit: Visit, asked: Asked, do: str, *, with_words: bool) -> Json:
    caller = visit.caller
    services = caller.services
    registry = services.registry.snapshot()
    answer = services.recommend(
        asked.query(registry, request_id=caller.request_id, language=visit.language), on=services.today()
    )
    if do not in AGAIN:
        services.metrics.outcomes.labels(answer.outcome.value).inc()
        services.feedback.note_answer(answer, None, now=services.now())
    written = answer_out(answer, visit.language, services.sentences, registry)
    content = answer_shown(written) | put_right(written, asked, registry.taxonomy, visit.language)
    content |= side_by_side(content["matches"], asked.compared if do == COMPARE else None)
    if do != SHARE:
        return content | {"shared": None, "shared_days": services.settings.shared_days}
    count_share(visit.request)
    return content | _shared(visit, shareable(answer, registry, services.sentences, with_words=with_words))


def _shared(visit: Visit, content: Json) -> Json:
    services = visit.caller.services
    shared = services.feedback.share.make(content, now=services.now())
    return {
        "shared": shared,
        "shared_address": public_address(visit, address_of(shared.id)),
        "end_address": address_of(shared.id, shared.secret),
    }


def _shown(visit: Visit, content: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    if visit.wants_part:
        return visit.fragment("founder_part.html", status, **content)
    return visit.page("founder.html", title=TITLE, place="founder", status=status, headers=headers, **content)


def _form(visit: Visit, asked: Asked, wrong: MatcherError | None = None) -> Json:
    registry = visit.caller.services.registry.snapshot()
    return {
        "asked": asked,
        "examples": examples(),
        "most_characters": MAX_CHARACTERS,
        "industries": registry.taxonomy.of(Facet.INDUSTRY),
        "stages": registry.taxonomy.of(Facet.STAGE),
        "scopes": [(scope.value, words) for scope, words in SCOPES.items()],
        "places_of_questions": PLACES_OF_QUESTIONS,
        "errors": {} if wrong is None else {wrong.field or "": wrong.message},
        "wrong": None if wrong is None else wrong.message,
        "answer": None,
    }
