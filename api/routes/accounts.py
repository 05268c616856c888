"""Accounts, as an administrator manages them."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request

from api.cursors import cursor_after, id_before
from api.dependencies import Caller
from api.json_route import JsonRoute
from api.needs import needs
from api.preconditions import expected_version, version_tag
from api.problems import documented
from api.responses import Json
from api.schemas.identity import (
    AccountAnswer,
    AccountChangeBody,
    AccountOut,
    AccountPageAnswer,
    AccountPageQuery,
    CreatedAccountAnswer,
    NewAccountBody,
    NewPasswordBody,
    PasswordAnswer,
    content_of,
)
from matcher.domain.accounts import Account, AccountId
from matcher.domain.errors import (
    AccountNotFound,
    ForgedRequest,
    InvalidField,
    LoginTaken,
    NotAllowed,
    Outdated,
    SignInNeeded,
    StoreBusy,
    StoreFull,
    StoreNotReady,
)
from matcher.domain.permissions import Action

NO_STORE = {"Cache-Control": "no-store"}
ALWAYS = (422, SignInNeeded, NotAllowed, StoreNotReady, StoreBusy, 500)
WRITING = (*ALWAYS, 400, 408, 413, 415, StoreFull, ForgedRequest, InvalidField)
MANAGES = needs(Action.MANAGE_ACCOUNTS)

OfAccount = Annotated[str, Path(description="Id of the account.", max_length=100)]

router = APIRouter(prefix="/v1/accounts", tags=["accounts"], route_class=JsonRoute)


@router.get(
    "",
    operation_id="listAccounts",
    summary="List accounts",
    response_class=Json,
    response_model=AccountPageAnswer,
    responses=documented({}, *ALWAYS, InvalidField),
    **MANAGES,
)
def list_accounts(caller: Caller, wanted: Annotated[AccountPageQuery, Query()]) -> Json:
    """In the order of their logins."""
    after = id_before(wanted.cursor) if wanted.cursor else None
    page = caller.services.registry.identity.accounts.page(caller.actor, after=after, limit=wanted.limit)
    next_cursor = None if page.next_after is None else cursor_after(page.next_after)
    answer = AccountPageAnswer(
        request_id=caller.request_id,
        accounts=[AccountOut.of(account) for account in page.accounts],
        next_cursor=next_cursor,
    )
    headers = dict(NO_STORE)
    if next_cursor is not None:
        next_page = urlencode({"limit": wanted.limit, "cursor": next_cursor})
        headers["Link"] = f'<{router.prefix}?{next_page}>; rel="next"'
    return Json(content_of(answer), headers=headers)


@router.post(
    "",
    operation_id="createAccount",
    summary="Create an account",
    status_code=201,
    response_class=Json,
    response_model=CreatedAccountAnswer,
    responses=documented({}, *WRITING, LoginTaken),
    **MANAGES,
)
def create_account(caller: Caller, wanted: NewAccountBody) -> Json:
    """With the password given, or with one that is made and told in this answer alone."""
    services = caller.services
    created = services.registry.identity.create_account(caller.actor, wanted.wanted(), now=services.now())
    account = created.account
    answer = CreatedAccountAnswer(
        request_id=caller.request_id, account=AccountOut.of(account), password=created.password
    )
    location = {"Location": f"{router.prefix}/{account.id}", "ETag": version_tag(account.version)}
    return Json(content_of(answer), 201, headers=NO_STORE | location)


@router.get(
    "/{account_id}",
    operation_id="getAccount",
    summary="Read one account",
    response_class=Json,
    response_model=AccountAnswer,
    responses=documented({}, *ALWAYS, AccountNotFound),
    **MANAGES,
)
def get_account(caller: Caller, account_id: OfAccount) -> Json:
    """Its ETag is what a change needs as If-Match."""
    return _account(caller, caller.services.registry.identity.accounts.one(caller.actor, AccountId(account_id)))


@router.patch(
    "/{account_id}",
    operation_id="changeAccount",
    summary="Change role or carrier, disable or enable",
    response_class=Json,
    response_model=AccountAnswer,
    responses=documented({}, *WRITING, AccountNotFound, Outdated, 428),
    **MANAGES,
)
def change_account(caller: Caller, request: Request, account_id: OfAccount, wanted: AccountChangeBody) -> Json:
    """What is left out stays. Needs If-Match. Who is disabled is signed out, and its keys let nobody in."""
    identity, actor = caller.services.registry.identity, caller.actor
    expected = expected_version(request)
    before = identity.accounts.one(actor, AccountId(account_id))
    if expected is None:
        expected = before.version
    after = identity.change_account(
        actor, before.id, wanted.applied_to(before), expected_version=expected, now=caller.services.now()
    )
    return _account(caller, after)


@router.post(
    "/{account_id}/password",
    operation_id="resetPassword",
    summary="Set another's password anew",
    response_class=Json,
    response_model=PasswordAnswer,
    responses=documented({}, *WRITING, AccountNotFound),
    **MANAGES,
)
def reset_password(caller: Caller, account_id: OfAccount, wanted: NewPasswordBody) -> Json:
    """Ends all sessions of the account."""
    password = caller.services.registry.identity.set_password.of(caller.actor, AccountId(account_id), wanted.password)
    told = password if wanted.password is None else None
    return Json(content_of(PasswordAnswer(request_id=caller.request_id, password=told)), headers=NO_STORE)


def _account(caller: Caller, account: Account) -> Json:
    answer = AccountAnswer(request_id=caller.request_id, account=AccountOut.of(account))
    return Json(content_of(answer), headers=NO_STORE | {"ETag": version_tag(account.version)})
