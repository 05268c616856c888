"""Style and scripts of the pages: kept in memory, named in the pages with the hash of what is in them."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from api.responses import matches

FOLDER = "/static"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class StaticFile:
    content: bytes
    kind: str

    @property
    def version(self) -> str:
        return sha256(self.content).hexdigest()[:16]


@cache
def static_files() -> dict[str, StaticFile]:
    """By name: everything in the folder that a browser may ask for."""
    found = files("api.pages") / "static"
    return {
        one.name: StaticFile(one.read_bytes(), KINDS[ending])
        for one in found.iterdir()
        for ending in KINDS
        if one.name.endswith(ending)
    }


@cache
def address_of_file(name: str) -> str:
    """Where a page finds it; another content has another address."""
    return f"{FOLDER}/{name}?v={static_files()[name].version}"


@router.get(FOLDER + "/{name}")
def static_file(name: str, request: Request, v: str | None = None) -> Response:
    """Kept by browsers for good where the address names what is in it."""
    file = static_files().get(name)
    if file is None:
        raise HTTPException(404)
    tag = f'"{file.version}"'
    headers = {"ETag": tag, "Cache-Control": FOR_EVER if v == file.version else ASK_AGAIN}
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return Response(file.content, media_type=file.kind, headers=headers)
