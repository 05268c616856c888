"""Everything that can go wrong as problem documents (RFC 9457), in the caller's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.dependencies import language_of, request_id_of, services_of
from api.expectations import FieldFault, faults
from api.pages.problem_page import problem_page
from api.pages.visit import is_page
from api.problem_kinds import BY_STATUS, FAILED, INVALID_REQUEST, KINDS, NOT_A_FORM, NOT_FOUND, NOT_JSON, Kind
from api.responses import Json
from api.schemas.problems import FileProblem, Problem, faults_out
from matcher.domain.errors import ImportRefused, MatcherError, RowFault, SignInNeeded, StoreBusy, TooMany
from matcher.domain.messages import Message

RETRY_AFTER_S = "1"
CHALLENGE = 'Bearer realm="matcher"'
NOT_MODIFIED: dict[int, dict[str, Any]] = {
    304: {"description": "Nothing has changed since the tag in `If-None-Match` was given."}
}


class ProblemJson(Json):
    media_type = "application/problem+json"


def add_problem_handlers(app: FastAPI) -> None:
    """Every error that leaves a route becomes a problem document."""
    app.add_exception_handler(MatcherError, _on_matcher_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)


def documented(
    answers: Mapping[int | str, dict[str, Any]] | Mapping[int, dict[str, Any]], *kinds: type[MatcherError] | int
) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route for OpenAPI: its answers, and the problems it may answer with."""
    found: dict[int, list[str]] = {}
    for kind in kinds:
        one = BY_STATUS[kind] if isinstance(kind, int) else KINDS[kind]
        found.setdefault(one.status, []).append(f"`/problems/{one.slug}`: {one.title}")
    responses: dict[int | str, dict[str, Any]] = dict(answers.items())
    for status, names in sorted(found.items()):
        model = FileProblem if status == KINDS[ImportRefused].status and ImportRefused in kinds else Problem
        schema = {"$ref": f"#/components/schemas/{model.__name__}"}
        responses[status] = {"description": "; ".join(names), "content": {ProblemJson.media_type: {"schema": schema}}}
    return responses


def problem_response(
    request: Request,
    kind: Kind,
    *,
    detail: Message | None = None,
    errors: Sequence[FieldFault] = (),
    rows: Sequence[RowFault] = (),
    headers: dict[str, str] | None = None,
) -> ProblemJson:
    """The problem as a response, said in the caller's language."""
    language = language_of(request)
    sentences = services_of(request).sentences
    problem = Problem(
        type=f"/problems/{kind.slug}",
        title=sentences.say(kind.title, language),
        status=kind.status,
        detail=sentences.say(detail or kind.detail, language),
        instance=request.url.path,
        request_id=request_id_of(request),
        errors=[fault.said(sentences, language) for fault in errors],
    )
    content = problem.model_dump(by_alias=True)
    if rows:
        content["rows"] = [one.model_dump() for one in faults_out(rows, sentences, language)]
    return ProblemJson(content, kind.status, language=language, headers=headers)


def kind_of(error: MatcherError) -> Kind:
    return next(KINDS[one] for one in type(error).__mro__ if one in KINDS)


async def _on_matcher_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, MatcherError):
        raise error
    kind = kind_of(error)
    if is_page(request):
        return await run_in_threadpool(problem_page, request, kind, error.message, _headers_of(error))
    errors = [FieldFault.of(request, error.field, error.message)] if error.field and kind.status == 422 else []
    rows = error.faults if isinstance(error, ImportRefused) else ()
    return problem_response(request, kind, detail=error.message, errors=errors, rows=rows, headers=_headers_of(error))


def _headers_of(error: MatcherError) -> dict[str, str] | None:
    """What a program is told beside the problem: how to come again, or when."""
    if isinstance(error, SignInNeeded):
        return {"WWW-Authenticate": CHALLENGE}
    if isinstance(error, TooMany):
        return {"Retry-After": str(error.retry_after_s)}
    return {"Retry-After": RETRY_AFTER_S} if isinstance(error, StoreBusy) else None


async def _on_invalid_request(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    if is_page(request):
        return await run_in_threadpool(problem_page, request, NOT_FOUND, NOT_FOUND.detail)
    found = error.errors()
    if any(
        one["type"] == "json_invalid" or (one["type"], tuple(one["loc"])) == ("missing", ("body",)) for one in found
    ):
        return problem_response(request, NOT_JSON)
    return problem_response(request, INVALID_REQUEST, errors=faults(request, found))


async def _on_http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    headers = dict(error.headers) if error.headers else None
    if is_page(request):
        kind = NOT_A_FORM if error.status_code == 400 else BY_STATUS.get(error.status_code, FAILED)
        return await run_in_threadpool(problem_page, request, kind, kind.detail, headers)
    if error.status_code == 405:
        headers = {"Allow": ", ".join(_methods_of(request))}
    return problem_response(request, BY_STATUS.get(error.status_code, FAILED), headers=headers)


def _methods_of(request: Request) -> list[str]:
    """What the address takes; the router itself knows only the first of its routes."""
    operations = request.app.openapi()["paths"].get(request.scope["route"].path, {})
    return sorted(method.upper() for method in operations)
