"""Signing in and out with a page, and who one is."""

from fastapi import APIRouter, Request, Response

from api.addresses import address_of
from api.dependencies import Call, Caller
from api.json_route import JsonRoute
from api.needs import needs
from api.problems import documented
from api.responses import Json
from api.schemas.identity import AccountOut, OwnPasswordBody, SessionAnswer, SignInBody, content_of
from api.services import Services
from api.settings import Settings
from api.who_asks import cookie_name, refuse_other_sites, session_token
from matcher.domain.accounts import Account, Actor, actor_of
from matcher.domain.errors import (
    ForgedRequest,
    InvalidField,
    NotAllowed,
    SignInNeeded,
    SignInRefused,
    StoreBusy,
    StoreFull,
    StoreNotReady,
    TooMany,
)
from matcher.domain.permissions import Action, may
from matcher.domain.tokens import csrf_token
from matcher.services.sign_in import SignedIn

NO_STORE = {"Cache-Control": "no-store"}
STORE = (StoreNotReady, StoreBusy, StoreFull)

router = APIRouter(prefix="/v1", tags=["session"], route_class=JsonRoute)


@router.post(
    "/session",
    operation_id="signIn",
    summary="Sign in with login and password",
    response_class=Json,
    response_model=SessionAnswer,
    responses=documented(
        {200: {"description": "Signed in; the cookie of the answer is the session."}},
        *(400, 408, 413, 415, 422, 500),
        *(SignInRefused, ForgedRequest, TooMany, *STORE),
    ),
)
def sign_in(caller: Caller, request: Request, wanted: SignInBody) -> Json:
    """The session that the browser had before ends; a wrong login and a wrong password are answered alike."""
    signed_in = open_session(request, caller.services, wanted.login, wanted.password)
    answer = _session(caller, signed_in.account, actor_of(signed_in.account), csrf_token(signed_in.token))
    set_cookie(answer, caller.services.settings, signed_in.token)
    return answer


@router.get(
    "/session",
    operation_id="whoAmI",
    summary="Who has signed in",
    response_class=Json,
    response_model=SessionAnswer,
    responses=documented({}, 422, SignInNeeded, NotAllowed, *STORE, 500),
    **needs(Action.READ_OWN_ACCOUNT),
)
def who_am_i(caller: Caller, request: Request) -> Json:
    """The account, what it may do, and for a page the token that its writes need."""
    actor = caller.actor
    token = None if actor.with_key else session_token(request)
    own = caller.services.registry.identity.accounts.own(actor)
    return _session(caller, own, actor, None if token is None else csrf_token(token))


@router.delete(
    "/session",
    operation_id="signOut",
    summary="Sign out",
    status_code=204,
    responses=documented({}, 422, SignInNeeded, ForgedRequest, NotAllowed, *STORE, 500),
    **needs(Action.READ_OWN_ACCOUNT),
)
def sign_out(caller: Caller, request: Request) -> Response:
    """Ends this page's session; a key stays what it is."""
    answer = Response(status_code=204, headers=NO_STORE)
    token = session_token(request)
    if token is not None and not caller.actor.with_key:
        caller.services.registry.identity.sign_out(token)
        drop_cookie(answer, caller.services.settings)
    return answer


@router.post(
    "/account/password",
    operation_id="changePassword",
    summary="Change one's own password",
    status_code=204,
    responses=documented(
        {},
        *(400, 408, 413, 415, 422, 500),
        *(SignInNeeded, ForgedRequest, NotAllowed, InvalidField, TooMany, *STORE),
    ),
    **needs(Action.SET_OWN_PASSWORD),
)
def change_password(caller: Caller, wanted: OwnPasswordBody) -> Response:
    """Ends all sessions of the account, this one as well; keys go on."""
    services = caller.services
    services.registry.identity.set_password.own(
        caller.actor, current=wanted.current, new=wanted.new, now=services.now()
    )
    answer = Response(status_code=204, headers=NO_STORE)
    drop_cookie(answer, services.settings)
    return answer


def _session(caller: Call, account: Account, actor: Actor, csrf: str | None) -> Json:
    answer = SessionAnswer(
        request_id=caller.request_id,
        account=AccountOut.of(account),
        may=[action.value for action in Action if may(actor, action)],
        csrf_token=csrf,
    )
    return Json(content_of(answer), headers=NO_STORE)


def open_session(request: Request, services: Services, login: str, password: str) -> SignedIn:
    """Sign in whoever sends this request.

    Raises:
        ForgedRequest: another site has sent it.
        SignInRefused, TooMany: see their words.
    """
    refuse_other_sites(request)
    attempts = services.metrics.sign_ins
    try:
        signed_in = services.registry.identity.sign_in(
            login, password, address=address_of(request), now=services.now(), old_token=session_token(request)
        )
    except SignInRefused:
        attempts["refused"].inc()
        raise
    except TooMany:
        attempts["held_off"].inc()
        raise
    attempts["opened"].inc()
    return signed_in


def set_cookie(answer: Response, settings: Settings, token: str) -> None:
    """Of a session that begins."""
    answer.set_cookie(
        cookie_name(settings),
        token,
        max_age=settings.session_hours * 3600,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(answer: Response, settings: Settings) -> None:
    """Of a session that is over."""
    answer.delete_cookie(cookie_name(settings), path="/", secure=settings.secure_cookies, httponly=True, samesite="lax")
