"""Who sends a request: by an API key, by a page's cookie, or nobody."""

from typing import cast
from urllib.parse import urlsplit

from fastapi import Request

from api.services import Services
from api.settings import Settings
from matcher.domain.accounts import NOBODY, Actor
from matcher.domain.errors import ForgedRequest, SignInNeeded
from matcher.domain.tokens import is_csrf_token

CSRF_HEADER = "X-CSRF-Token"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
BEARER = "bearer"


def who_asks(request: Request) -> Actor:
    """The actor; asked of the store once a request, and not at all where nobody says who it is.

    Raises:
        SignInNeeded: an API key that does not hold: who sends one wants to be somebody.
        ForgedRequest: a write with a page's cookie that another page may have sent.
    """
    known = getattr(request.state, "actor", None)
    if known is None:
        known = request.state.actor = _find(request)
    return cast(Actor, known)


def session_token(request: Request) -> str | None:
    """What the page's cookie holds, whether or not it is worth anything."""
    return request.cookies.get(cookie_name(_services(request).settings))


def says_who(request: Request) -> bool:
    """Whether `who_asks` would have to ask the store."""
    return "authorization" in request.headers or session_token(request) is not None


def cookie_name(settings: Settings) -> str:
    """With the prefix a browser takes the cookie from this host alone, and only over a connection it trusts."""
    return "__Host-matcher" if settings.secure_cookies else "matcher"


def refuse_other_sites(request: Request) -> None:
    """Raises ForgedRequest where a browser says that a page of another site sends this."""
    origin = request.headers.get("origin")
    if origin is None:
        return
    public = _services(request).settings.public_url
    own = public.rstrip("/") if public else f"{urlsplit(origin).scheme}://{request.headers.get('host', '')}"
    if origin.lower() != own.lower() or origin == "null":
        raise ForgedRequest("Another site has sent this.")


def _find(request: Request) -> Actor:
    services = _services(request)
    authenticate = services.registry.identity.authenticate
    authorization = request.headers.get("authorization")
    if authorization is not None:
        scheme, _, key = authorization.partition(" ")
        if scheme.lower() != BEARER:
            raise SignInNeeded("Send the API key as `Authorization: Bearer mk_…`.")
        return authenticate.by_key(key.strip(), now=services.now())
    token = session_token(request)
    actor = None if token is None else authenticate.by_session(token, now=services.now())
    if token is None or actor is None:
        return NOBODY
    if request.method not in READING:
        refuse_other_sites(request)
        in_form = getattr(request.state, "csrf_token", None)  # where the route takes a form, and has read it already
        if not is_csrf_token(token, request.headers.get(CSRF_HEADER) or in_form or ""):
            if in_form:
                raise ForgedRequest("The session of this form has ended. Go back, load it anew, send it again.")
            raise ForgedRequest("A page sends its token in the header X-CSRF-Token with everything that it writes.")
    return actor


def _services(request: Request) -> Services:
    return cast(Services, request.app.state.services)
