"""Signing in and out with a form."""

from collections.abc import Mapping

from fastapi import APIRouter, Response

from api.pages.done import after, told
from api.pages.forms import Form, form_needs
from api.pages.visit import PageRoute, Visitor
from api.problems import kind_of
from api.routes.session import drop_cookie, open_session, set_cookie
from api.who_asks import session_token
from matcher.domain.accounts import NOBODY, Role
from matcher.domain.errors import SignInRefused, TooMany
from matcher.domain.messages import Message
from matcher.domain.passwords import MAX_CHARACTERS
from matcher.domain.permissions import Action

SIGN_IN = "/sign-in"
NEXT = "next"
MAX_PATH_CHARACTERS = 500
FIRST_PAGE: Mapping[Role, str] = {
    Role.STARTUP: "/me",
    Role.STAFF: "/desk",
    Role.OFFICE: "/office",
    Role.ADMIN: "/office",
}
TITLE = Message.of("Sign in")
NOTICES = {
    "out": Message.of("You have signed out."),
    "password": Message.of("The password is changed, and all sessions have ended. Sign in with the new one."),
    "erased": Message.of("The account and all that belonged to it are erased."),
}

router = APIRouter(route_class=PageRoute)


@router.get(SIGN_IN)
def show_sign_in(visit: Visitor) -> Response:
    """The form; whoever has signed in already is sent on."""
    wanted = own_path(visit.request.query_params.get(NEXT))
    if visit.shown_actor is not NOBODY and visit.shown_actor.role is not None:
        return visit.go(wanted or FIRST_PAGE[visit.shown_actor.role])
    return visit.page("sign_in.html", title=TITLE, notice=told(visit, NOTICES), next=wanted or "", login="", wrong=None)


@router.post(SIGN_IN)
def sign_in(visit: Visitor, sent: Form) -> Response:
    """To the page that was asked for, else to the one of the role; what was wrong is said beside the form."""
    wanted, login, password = own_path(sent.told(NEXT)), sent.text("login"), sent.text("password")
    services = visit.caller.services
    try:
        signed_in = open_session(visit.request, services, login, password[: MAX_CHARACTERS + 1])
    except (SignInRefused, TooMany) as error:
        waits = {"Retry-After": str(error.retry_after_s)} if isinstance(error, TooMany) else {}
        return visit.page(
            "sign_in.html",
            title=TITLE,
            status=kind_of(error).status,
            headers=waits,
            next=wanted or "",
            login=login,
            wrong=error.message,
        )
    answer = visit.go(wanted or FIRST_PAGE[signed_in.account.role])
    set_cookie(answer, services.settings, signed_in.token)
    return answer


@router.post("/sign-out", **form_needs(Action.READ_OWN_ACCOUNT))
def sign_out(visit: Visitor) -> Response:
    """Ends this page's session."""
    services = visit.caller.services
    token = session_token(visit.request)
    if token is not None:
        services.registry.identity.sign_out(token)
    answer = visit.go(after(SIGN_IN, "out"))
    drop_cookie(answer, services.settings)
    return answer


def own_path(path: str | None) -> str | None:
    """The path, where it leads to a page of this site: two slashes of whichever kind begin the name of another host."""
    if not path or len(path) > MAX_PATH_CHARACTERS or not path.isprintable():
        return None
    leads_away = not path.startswith("/") or path[1:2] in ("/", "\\")
    return None if leads_away or path.startswith(SIGN_IN) else path
