"""Files of records over HTTP: their media types, how one is taken in, and how one is handed out."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Path, Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.who_asks import who_asks
from matcher.domain.imports import FileForm
from matcher.domain.permissions import Action, require

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {FileForm.CSV: "text/csv; charset=utf-8", FileForm.XLSX: SHEET, FileForm.JSONL: "application/jsonl"}
TAKEN = {
    "text/csv": FileForm.CSV,
    SHEET: FileForm.XLSX,
    "application/jsonl": FileForm.JSONL,
    "application/x-ndjson": FileForm.JSONL,
}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {name: {"schema": {"type": "string", "format": "binary"}} for name in TAKEN},
    }
}
Form = Annotated[FileForm, Path(description="Form of the file: csv, xlsx or jsonl.")]


async def startups_file(request: Request) -> bytes:
    """The body of who may bring startups; others are refused before it is read."""
    return await _body(request, Action.IMPORT_STARTUPS)


async def carriers_file(request: Request) -> bytes:
    """The body of who may bring carriers; others are refused before it is read."""
    return await _body(request, Action.IMPORT_CARRIERS)


StartupsFile = Annotated[bytes, Depends(startups_file)]
CarriersFile = Annotated[bytes, Depends(carriers_file)]


def form_of(request: Request) -> FileForm:
    """As the header Content-Type says; HTTPException 415 where that is no form of ours."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in TAKEN:
        raise HTTPException(415)
    return TAKEN[media_type]


def file_answer(content: bytes, form: FileForm, name: str, headers: Mapping[str, str]) -> Response:
    """A file to be kept, never to be shown as a page."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}.{form.value}"'}
    return Response(content, media_type=MEDIA_TYPES[form], headers={**disposition, **headers})


def documented_file(description: str) -> dict[int, dict[str, Any]]:
    """For OpenAPI: the answer is a file in the form that the address names."""
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {
        200: {"description": description, "content": {name.partition(";")[0]: schema for name in MEDIA_TYPES.values()}}
    }


async def _body(request: Request, action: Action) -> bytes:
    actor = await run_in_threadpool(who_asks, request)
    require(actor, action)
    form_of(request)
    return await request.body()
