"""Leads of a carrier, for its own staff: cards ranked for it, and the pipeline."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Body, Path, Query, Request, Response

from api.cursors import cursor_after, id_before
from api.dependencies import Call, Caller
from api.idempotency import IdempotencyKey, once_of
from api.json_route import JsonRoute
from api.lead_cursors import lead_cursor, lead_from_cursor
from api.needs import needs
from api.preconditions import expected_version, version_tag
from api.problems import documented
from api.responses import Json
from api.routes.carrier_corrections import OneCarrier
from api.routes.startups import PRIVATE, READS, WRITES
from api.schemas.common import Lang
from api.schemas.lead_models import LeadPageOut, LeadQuery, MovedLeadOut, OneLeadOut, PlanIn, StepIn
from api.schemas.leads import LeadWriter, lead_state_out
from api.schemas.terms import term_of
from matcher.domain.errors import (
    CarrierNotFound,
    EncoderUnavailable,
    IllegalStep,
    KeyReused,
    LeadNotFound,
    Outdated,
    StoreFull,
)
from matcher.domain.ids import CarrierId
from matcher.domain.leads import Lead, LeadId, LeadStatus
from matcher.domain.messages import Language
from matcher.domain.permissions import Action
from matcher.domain.taxonomy import Facet
from matcher.services.lead_views import LeadFilter

NOT_KEPT = {**PRIVATE, "Cache-Control": "no-store"}  # a consent may be withdrawn at any time
SHOWS = (*READS, StoreFull, EncoderUnavailable, CarrierNotFound)  # what is shown is written down
MOVES = (*WRITES, 428, CarrierNotFound, LeadNotFound, Outdated)

OneLead = Annotated[str, Path(description="Id of the lead, as the list gives it.", max_length=128)]

router = APIRouter(prefix="/v1/carriers/{carrier_id}/leads", tags=["leads"], route_class=JsonRoute)


@router.get(
    "",
    operation_id="listLeads",
    summary="List startups that would suit a carrier",
    response_class=Json,
    response_model=LeadPageOut,
    responses=documented({}, *SHOWS),
    **needs(Action.SEE_LEADS),
)
def list_leads(caller: Caller, carrier_id: OneCarrier, wanted: Annotated[LeadQuery, Query()]) -> Response:
    """Best first, by both sides' utility. Anonymous until a startup consents; each card shown is in its audit log."""
    services, language = caller.services, caller.language(wanted.lang)
    registry = services.registry.snapshot()
    page = services.leads.see.page(
        caller.actor,
        CarrierId(carrier_id),
        LeadFilter(
            chain=wanted.chain,
            stage=term_of(wanted.stage, registry.taxonomy, "stage", Facet.STAGE),
            consented=wanted.consented,
            status=LeadStatus(wanted.status) if wanted.status else None,
        ),
        after=lead_from_cursor(id_before(wanted.cursor)) if wanted.cursor else None,
        limit=wanted.limit,
        now=services.now(),
    )
    shown = [(view.lead.startup, view.score) for view in page.leads]
    services.feedback.note_leads(
        caller.request_id, CarrierId(carrier_id), shown, registry=registry.version, now=services.now()
    )
    next_cursor = cursor_after(lead_cursor(page.next_after)) if page.next_after is not None else None
    headers = dict(NOT_KEPT)
    if next_cursor:
        sent = wanted.model_dump(mode="json", exclude_none=True, exclude_unset=True) | {"cursor": next_cursor}
        headers["Link"] = f'<{caller.request.url.path}?{urlencode(sent)}>; rel="next"'
    writer = _writer(caller, language)
    content = {
        "request_id": caller.request_id,
        "language": language.value,
        "carrier": carrier_id,
        "leads": [writer.listed(view) for view in page.leads],
        "total": page.total,
        "next_cursor": next_cursor,
    }
    return Json(content, language=language, headers=headers)


@router.get(
    "/{lead_id}",
    operation_id="getLead",
    summary="Read one lead",
    response_class=Json,
    response_model=OneLeadOut,
    responses=documented({}, *SHOWS, LeadNotFound),
    **needs(Action.SEE_LEADS),
)
def get_lead(caller: Caller, carrier_id: OneCarrier, lead_id: OneLead, lang: Lang = None) -> Response:
    """The card and the steps so far; who it is and why it fits, with its own words, where the startup has consented."""
    services, language = caller.services, caller.language(lang)
    view = services.leads.see.one(caller.actor, CarrierId(carrier_id), LeadId(lead_id), now=services.now())
    content = {
        "request_id": caller.request_id,
        "language": language.value,
        **_writer(caller, language).alone(view),
    }
    return Json(content, language=language, headers={"ETag": version_tag(view.lead.version), **NOT_KEPT})


@router.post(
    "/{lead_id}/steps",
    operation_id="moveLead",
    summary="Move a lead along the pipeline",
    status_code=201,
    response_class=Json,
    response_model=MovedLeadOut,
    responses=documented({201: {"description": "The step is kept."}}, *MOVES, IllegalStep, KeyReused),
    **needs(Action.MOVE_LEAD),
)
def move_lead(
    request: Request,
    caller: Caller,
    carrier_id: OneCarrier,
    lead_id: OneLead,
    wanted: Annotated[StepIn, Body()],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Needs `If-Match`. `contacted` asks a startup that has not consented to do so; its contact is not told before."""
    services = caller.services
    lead = services.leads.move.step(
        caller.actor,
        CarrierId(carrier_id),
        LeadId(lead_id),
        wanted.wanted(),
        expected=expected_version(request),
        now=services.now(),
        once=once_of(request, idempotency_key, wanted.model_dump_json(exclude_unset=True).encode()),
    )
    return _state(caller, lead, 201)


@router.patch(
    "/{lead_id}",
    operation_id="planLead",
    summary="Say who looks after a lead, and what comes next",
    response_class=Json,
    response_model=MovedLeadOut,
    responses=documented({}, *MOVES),
    **needs(Action.MOVE_LEAD),
)
def plan_lead(
    request: Request, caller: Caller, carrier_id: OneCarrier, lead_id: OneLead, wanted: Annotated[PlanIn, Body()]
) -> Response:
    """Needs `If-Match`. What is left out stays, null takes it away."""
    services = caller.services
    lead = services.leads.move.plan(
        caller.actor,
        CarrierId(carrier_id),
        LeadId(lead_id),
        wanted.changed,
        expected=expected_version(request),
        now=services.now(),
    )
    return _state(caller, lead, 200)


def _writer(caller: Call, language: Language) -> LeadWriter:
    return LeadWriter(language.spoken, caller.services.sentences, caller.services.registry.snapshot())


def _state(caller: Call, lead: Lead, status: int) -> Response:
    content = {"request_id": caller.request_id, **lead_state_out(lead)}
    return Json(content, status, headers={"ETag": version_tag(lead.version), **NOT_KEPT})
