"""The registry of carriers as files: handed out to all, taken in from admins."""

from fastapi import APIRouter, Request, Response

from api.dependencies import Caller
from api.idempotency import IdempotencyKey, once_of
from api.needs import needs
from api.problems import documented
from api.record_files import BODY, CarriersFile, Form, documented_file, file_answer, form_of
from api.responses import Json, language_headers
from api.routes.startup_files import KeepGood
from api.routes.startups import PRIVATE, WRITES
from api.schemas.common import Lang
from api.schemas.imports import ImportOut, import_out
from data.tabular import carriers
from data.tabular.reading import read_records
from data.tabular.templates import template
from data.tabular.writing import written
from matcher.domain.errors import ImportRefused, InvalidFile, KeyReused, StoreBusy, StoreNotReady
from matcher.domain.permissions import Action

router = APIRouter(prefix="/v1/carriers", tags=["carriers"])

OPEN = (422, 500, StoreNotReady, StoreBusy)


@router.post(
    "/imports",
    operation_id="importCarriers",
    summary="Take in a file of carriers",
    response_class=Json,
    response_model=ImportOut,
    responses=documented({}, *WRITES, InvalidFile, ImportRefused, KeyReused),
    **needs(Action.IMPORT_CARRIERS, **BODY),
)
def import_carriers(
    request: Request,
    caller: Caller,
    content: CarriersFile,
    keep_good: KeepGood = False,
    lang: Lang = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """The body is the file. What a carrier's staff put right gives way only to a fact that bears a later date."""
    services, language = caller.services, caller.language(lang)
    report, conflicts = services.registry.carriers.take_in(
        caller.actor,
        read_records(content, form_of(request), carriers.COLUMNS),
        keep_good=keep_good,
        now=services.now(),
        once=once_of(request, idempotency_key, content),
    )
    body = import_out(report, services.sentences, language, request_id=caller.request_id, conflicts=conflicts)
    return Json(body, language=language, headers=PRIVATE | language_headers(language))


@router.get(
    "/export.{form}",
    operation_id="exportCarriers",
    summary="Hand out the registry of carriers as a file",
    response_class=Response,
    responses=documented(documented_file("All carriers and partners; it can be taken in again."), *OPEN, InvalidFile),
)
def export_carriers(caller: Caller, form: Form) -> Response:
    """Each record with its sources; `corrected` says which facts the carrier put right, and is not taken in."""
    registry = caller.services.registry.snapshot()
    content = written(map(carriers.carrier_record, registry.carriers), form, carriers.COLUMNS)
    return file_answer(content, form, "carriers", {"Cache-Control": "no-cache"})


@router.get(
    "/template.{form}",
    operation_id="carriersTemplate",
    summary="A table of carriers to fill in",
    response_class=Response,
    responses=documented(documented_file("A heading with explanations, and an example that is not taken in."), *OPEN),
)
def carriers_template(caller: Caller, form: Form, lang: Lang = None) -> Response:
    """With explanations in the caller's language."""
    language = caller.language(lang)
    content = template(form, carriers.COLUMNS, lambda message: caller.services.sentences.say(message, language))
    headers = {"Cache-Control": "no-cache", **language_headers(language)}
    return file_answer(content, form, "carriers-template", headers)
