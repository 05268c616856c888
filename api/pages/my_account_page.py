"""What everybody may do with their own account: keys, password, what is kept, to take it along and to erase it."""

from dataclasses import dataclass, field
from datetime import timedelta

from fastapi import APIRouter, Response

from api.pages.done import after, told
from api.pages.forms import Form, Sent, form_needs, page_needs
from api.pages.sign_in_page import SIGN_IN
from api.pages.visit import PageRoute, Visit, Visitor
from api.problems import kind_of
from api.routes.session import drop_cookie
from api.schemas.identity import MOST_DAYS
from matcher.domain.credentials import MAX_KEY_NAME_CHARACTERS, ApiKeyId
from matcher.domain.errors import InvalidField, MatcherError, TooMany
from matcher.domain.messages import Message
from matcher.domain.passwords import MAX_CHARACTERS, MIN_CHARACTERS
from matcher.domain.permissions import Action
from matcher.services.issue_key import Issued

ACCOUNT = "/me/account"
PLACE = "me"
DEFAULT_DAYS = 365
NOTICES = {"revoked": Message.of("The key is revoked: from now on it lets nobody in.")}

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True)
class Tried:
    """What a form on the page has just brought about."""

    issued: Issued | None = None  # its secret is told once, in this answer alone
    errors: dict[str, Message] = field(default_factory=dict)  # by form and field: "password.current"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@router.get(ACCOUNT, **page_needs(Action.READ_OWN_ACCOUNT))
def show_my_account(visit: Visitor) -> Response:
    return _page(visit, Tried())


@router.post(ACCOUNT + "/keys", **form_needs(Action.MANAGE_KEYS))
def make_key(visit: Visitor, sent: Form) -> Response:
    """The key itself is in this answer alone: it is kept nowhere, so there is no page to be sent to."""
    services = visit.caller.services
    now = services.now()
    try:
        issued = services.registry.identity.issue_key(
            visit.actor, name=sent.text("name").strip(), scopes=None, expires_at=now + timedelta(_days(sent)), now=now
        )
    except InvalidField as error:
        return _page(visit, _refused("key", error))
    return _page(visit, Tried(issued=issued, status=201))


@router.post(ACCOUNT + "/keys/{key_id}/revoke", **form_needs(Action.MANAGE_KEYS))
def revoke_key(visit: Visitor, key_id: str) -> Response:
    services = visit.caller.services
    services.registry.identity.revoke_key(visit.actor, ApiKeyId(key_id), now=services.now())
    return visit.go(after(ACCOUNT, "revoked"))


@router.post(ACCOUNT + "/password", **form_needs(Action.SET_OWN_PASSWORD))
def change_password(visit: Visitor, sent: Form) -> Response:
    """Ends all sessions, this one as well."""
    services = visit.caller.services
    try:
        if sent.text("new") != sent.text("again"):
            raise InvalidField("The two new passwords differ.", field="again")
        services.registry.identity.set_password.own(
            visit.actor, current=sent.text("current"), new=sent.text("new"), now=services.now()
        )
    except (InvalidField, TooMany) as error:
        return _page(visit, _refused("password", error))
    answer = visit.go(after(SIGN_IN, "password"))
    drop_cookie(answer, services.settings)
    return answer


@router.post(ACCOUNT + "/erase", **form_needs(Action.ERASE_MY_DATA))
def erase_me(visit: Visitor, sent: Form) -> Response:
    """Cannot be undone; needs the password and the login."""
    services = visit.caller.services
    try:
        services.registry.identity.rights.erase_account.own(
            visit.actor, password=sent.text("password"), confirm=sent.text("confirm").strip(), now=services.now()
        )
    except (InvalidField, TooMany) as error:
        return _page(visit, _refused("erase", error))
    answer = visit.go(after(SIGN_IN, "erased"))
    drop_cookie(answer, services.settings)
    return answer


def _page(visit: Visit, tried: Tried) -> Response:
    services, actor = visit.caller.services, visit.actor
    kept = services.registry.identity.rights.kept(actor, now=services.now())
    return visit.page(
        "my_account.html",
        title=Message.of("My account"),
        place=PLACE,
        status=tried.status,
        headers=tried.headers,
        notice=told(visit, NOTICES),
        own=kept.account,
        kept=kept.counts,
        keys=[(key, key.holds(services.now())) for key in services.registry.identity.list_keys(actor)],
        issued=tried.issued,
        errors=tried.errors,
        here_path=ACCOUNT,
        limits={"name": MAX_KEY_NAME_CHARACTERS, "least": MIN_CHARACTERS, "most": MAX_CHARACTERS, "days": MOST_DAYS},
        days=DEFAULT_DAYS,
    )


def _refused(form: str, error: MatcherError) -> Tried:
    waits = {"Retry-After": str(error.retry_after_s)} if isinstance(error, TooMany) else {}
    return Tried(errors={f"{form}.{error.field or ''}": error.message}, status=kind_of(error).status, headers=waits)


def _days(sent: Sent) -> int:
    told_days = sent.told("days") or ""
    if not (told_days.isdecimal() and len(told_days) <= len(str(MOST_DAYS)) and 1 <= int(told_days) <= MOST_DAYS):
        raise InvalidField("A whole number from 1 to {limit} is expected.", field="days", limit=MOST_DAYS)
    return int(told_days)
