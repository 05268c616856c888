"""What went wrong, as a page."""

from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.dependencies import Call, request_id_of, services_of
from api.languages import accepted_language
from api.pages.visit import Visit
from api.problem_kinds import Kind
from matcher.domain.messages import Message

SIGN_IN = "/sign-in"


def problem_page(request: Request, kind: Kind, detail: Message, headers: dict[str, str] | None = None) -> Response:
    """The problem in the visitor's language; who has to sign in first is asked to do so."""
    if kind.status == 401 and request.method == "GET" and request.url.path != SIGN_IN:
        query = urlencode({"next": request.url.path})
        return RedirectResponse(f"{SIGN_IN}?{query}", 303, headers={"Cache-Control": "no-store"})
    visit = Visit(
        Call(
            services_of(request),
            request_id_of(request),
            accepted_language(request.headers.get("accept-language")),
            None,
            request.state.asked,
            getattr(request.scope.get("route"), "path", ""),
            request,
        )
    )
    shown: dict[str, Any] = {"problem": kind, "detail": detail, "request_id": request_id_of(request)}
    if visit.wants_part:
        return visit.fragment("problem_part.html", kind.status, **shown)
    return visit.page("problem.html", title=kind.title, status=kind.status, headers=headers, **shown)
