"""What a startup's owner lets carriers know, what they ask for, and what they have seen."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Body, Query, Response

from api.cursors import cursor_after, id_before
from api.dependencies import Call, Caller
from api.json_route import JsonRoute
from api.needs import needs
from api.problems import documented
from api.responses import Json
from api.routes.carrier_corrections import OneCarrier
from api.routes.startups import PRIVATE, READS, WRITES, OneStartup
from api.schemas.common import Lang
from api.schemas.consents import (
    AuditPageOut,
    AuditQuery,
    ConsentIn,
    ConsentListOut,
    OneConsentOut,
    OneRequestOut,
    RequestListOut,
    audit_out,
    consent_out,
    consent_text,
    request_out,
)
from matcher.domain.consents import WORDING, Consent
from matcher.domain.errors import ConsentNotFound, ForgedRequest, InvalidField, StartupNotFound, StoreFull
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.messages import Language
from matcher.domain.permissions import Action

TAKES_BACK = (*READS, ForgedRequest, StoreFull, StartupNotFound, ConsentNotFound)

router = APIRouter(prefix="/v1/startups/{startup_id}", tags=["consents"], route_class=JsonRoute)


@router.post(
    "/consents",
    operation_id="giveConsent",
    summary="Let one carrier know who one is",
    status_code=201,
    response_class=Json,
    response_model=OneConsentOut,
    responses=documented({201: {"description": "It is in force."}}, *WRITES, StartupNotFound),
    **needs(Action.GIVE_CONSENT),
)
def give_consent(
    caller: Caller, startup_id: OneStartup, wanted: Annotated[ConsentIn, Body()], lang: Lang = None
) -> Response:
    """To this carrier alone. One that is in force stays as it is, so the same call again does no harm."""
    services = caller.services
    consent = services.leads.consents.give(
        caller.actor, StartupId(startup_id), CarrierId(wanted.carrier_id), now=services.now()
    )
    return _one_consent(caller, consent, lang, 201)


@router.get(
    "/consents",
    operation_id="listConsents",
    summary="Read to which carriers one has consented",
    response_class=Json,
    response_model=ConsentListOut,
    responses=documented({}, *READS, StartupNotFound),
    **needs(Action.LIST_CONSENTS),
)
def list_consents(caller: Caller, startup_id: OneStartup, lang: Lang = None) -> Response:
    """The latest first, withdrawn ones too, and the text that a consent is to."""
    services, language = caller.services, caller.language(lang)
    registry = services.registry.snapshot()
    content = {
        "request_id": caller.request_id,
        "wording": WORDING,
        "text": consent_text(WORDING, language, services.sentences),
        "consents": [
            consent_out(one, language, registry)
            for one in services.leads.consents.all(caller.actor, StartupId(startup_id))
        ],
    }
    return Json(content, language=language, headers=PRIVATE)


@router.delete(
    "/consents/{carrier_id}",
    operation_id="withdrawConsent",
    summary="Withdraw the consent to a carrier",
    response_class=Json,
    response_model=OneConsentOut,
    responses=documented({}, *TAKES_BACK),
    **needs(Action.WITHDRAW_CONSENT),
)
def withdraw_consent(caller: Caller, startup_id: OneStartup, carrier_id: OneCarrier, lang: Lang = None) -> Response:
    """From the next request on, the carrier sees the anonymous card only."""
    services = caller.services
    consent = services.leads.consents.withdraw(
        caller.actor, StartupId(startup_id), CarrierId(carrier_id), now=services.now()
    )
    return _one_consent(caller, consent, lang, 200)


@router.get(
    "/requests",
    operation_id="listConsentRequests",
    summary="Read which carriers have asked for consent",
    response_class=Json,
    response_model=RequestListOut,
    responses=documented({}, *READS, StartupNotFound),
    **needs(Action.LIST_CONSENTS),
)
def list_requests(caller: Caller, startup_id: OneStartup, lang: Lang = None) -> Response:
    """Open ones and those that were refused."""
    services, language = caller.services, caller.language(lang)
    registry = services.registry.snapshot()
    found = services.leads.consents.requests(caller.actor, StartupId(startup_id))
    content = {
        "request_id": caller.request_id,
        "requests": [request_out(one, language, registry) for one in found],
    }
    return Json(content, language=language, headers=PRIVATE)


@router.delete(
    "/requests/{carrier_id}",
    operation_id="refuseConsent",
    summary="Refuse a carrier's request",
    response_class=Json,
    response_model=OneRequestOut,
    responses=documented({}, *TAKES_BACK),
    **needs(Action.WITHDRAW_CONSENT),
)
def refuse_consent(caller: Caller, startup_id: OneStartup, carrier_id: OneCarrier, lang: Lang = None) -> Response:
    """It cannot ask again; one may still consent later."""
    services, language = caller.services, caller.language(lang)
    refused = services.leads.consents.refuse(
        caller.actor, StartupId(startup_id), CarrierId(carrier_id), now=services.now()
    )
    content = {
        "request_id": caller.request_id,
        **request_out(refused, language, services.registry.snapshot()),
    }
    return Json(content, language=language, headers=PRIVATE)


@router.get(
    "/audit",
    operation_id="readAudit",
    summary="Read who has seen and done what with a startup",
    response_class=Json,
    response_model=AuditPageOut,
    responses=documented({}, *READS, StartupNotFound),
    **needs(Action.READ_AUDIT),
)
def read_audit(caller: Caller, startup_id: OneStartup, wanted: Annotated[AuditQuery, Query()]) -> Response:
    """The latest first. Carriers are named, the people who work there are not."""
    services, language = caller.services, caller.language(wanted.lang)
    actor, registry = caller.actor, services.registry.snapshot()
    before = audit_position(id_before(wanted.cursor)) if wanted.cursor else None
    page = services.leads.audit(actor, StartupId(startup_id), before=before, limit=wanted.limit)
    next_cursor = cursor_after(str(page.next_before)) if page.next_before is not None else None
    headers = dict(PRIVATE)
    if next_cursor:
        sent = wanted.model_dump(mode="json", exclude_none=True, exclude_unset=True) | {"cursor": next_cursor}
        headers["Link"] = f'<{caller.request.url.path}?{urlencode(sent)}>; rel="next"'
    content = {
        "request_id": caller.request_id,
        "entries": [audit_out(entry, actor.account, language, registry) for entry in page.entries],
        "next_cursor": next_cursor,
    }
    return Json(content, language=language, headers=headers)


def audit_position(word: str) -> int:
    """Raises InvalidField where this is no cursor of an audit log."""
    if not (word.isascii() and word.isdigit() and len(word) <= 18):
        raise InvalidField(
            "The cursor cannot be read; take `next_cursor` of the page before, or leave it out.", field="cursor"
        )
    return int(word)


def _one_consent(caller: Call, consent: Consent, lang: str | None, status: int) -> Response:
    services = caller.services
    language: Language = caller.language(lang)
    content = {
        "request_id": caller.request_id,
        **consent_out(consent, language, services.registry.snapshot()),
        "text": consent_text(consent.wording, language, services.sentences),
    }
    return Json(content, status, language=language, headers=PRIVATE)
