"""Startups of the account that asks as files: taken in, handed out, and a template to fill in."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import Caller
from api.idempotency import IdempotencyKey, once_of
from api.needs import needs
from api.problems import documented
from api.record_files import BODY, Form, StartupsFile, documented_file, file_answer, form_of
from api.responses import Json, language_headers
from api.routes.startups import PRIVATE, READS, WRITES
from api.schemas.common import Lang
from api.schemas.imports import ImportOut, import_out
from data.tabular import startups
from data.tabular.reading import read_records
from data.tabular.templates import template
from data.tabular.writing import written
from matcher.domain.errors import ImportRefused, InvalidFile, KeyReused, Outdated, StoreFull
from matcher.domain.permissions import Action

router = APIRouter(prefix="/v1/startups", tags=["startups"])

KeepGood = Annotated[bool, Query(description="Write the rows that can be used; by default one bad row keeps all out.")]


@router.post(
    "/imports",
    operation_id="importStartups",
    summary="Take in a file of startups",
    response_class=Json,
    response_model=ImportOut,
    responses=documented({}, *WRITES, InvalidFile, ImportRefused, KeyReused, Outdated),
    **needs(Action.IMPORT_STARTUPS, **BODY),
)
def import_startups(
    request: Request,
    caller: Caller,
    content: StartupsFile,
    keep_good: KeepGood = False,
    lang: Lang = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """The body is the file. A row without id is a new startup, one with the id of an own one changes it."""
    services, language = caller.services, caller.language(lang)
    report = services.startups.take_in(
        caller.actor,
        read_records(content, form_of(request), startups.COLUMNS),
        keep_good=keep_good,
        now=services.now(),
        once=once_of(request, idempotency_key, content),
    )
    body = import_out(report, services.sentences, language, request_id=caller.request_id)
    return Json(body, language=language, headers=PRIVATE | language_headers(language))


@router.get(
    "/export.{form}",
    operation_id="exportStartups",
    summary="Hand out all of one's own startups as a file",
    response_class=Response,
    responses=documented(
        documented_file("All of them, withdrawn ones too; it can be taken in again."), *READS, StoreFull, InvalidFile
    ),
    **needs(Action.EXPORT_STARTUPS),
)
def export_startups(caller: Caller, form: Form) -> Response:
    """Texts that a spreadsheet would take for a formula are quoted, and unquoted when they are taken in."""
    records = caller.services.startups.own.all(caller.actor, now=caller.services.now())
    content = written(map(startups.startup_record, records), form, startups.COLUMNS)
    return file_answer(content, form, "startups", PRIVATE)


@router.get(
    "/template.{form}",
    operation_id="startupsTemplate",
    summary="A table of startups to fill in",
    response_class=Response,
    responses=documented(documented_file("A heading with explanations, and an example that is not taken in."), *READS),
    **needs(Action.IMPORT_STARTUPS),
)
def startups_template(caller: Caller, form: Form, lang: Lang = None) -> Response:
    """With explanations in the caller's language."""
    language = caller.language(lang)
    content = template(form, startups.COLUMNS, lambda message: caller.services.sentences.say(message, language))
    return file_answer(content, form, "startups-template", PRIVATE | language_headers(language))
