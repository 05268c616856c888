"""The use cases around accounts, put together for one store."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from api.passwords import Argon2Passwords
from api.rights import Rights, build_rights
from api.settings import Settings
from data.unit_of_work import Store
from data.uses import SqlUses
from matcher.domain.credentials import SessionLimits
from matcher.domain.retention import Terms
from matcher.ports import PasswordHasher
from matcher.services.authenticate import Authenticate
from matcher.services.change_account import ChangeAccount
from matcher.services.create_account import CreateAccount
from matcher.services.first_admin import FirstAdmin
from matcher.services.issue_key import IssueKey
from matcher.services.list_keys import ListKeys
from matcher.services.read_accounts import ReadAccounts
from matcher.services.revoke_key import RevokeKey
from matcher.services.set_password import SetPassword
from matcher.services.sign_in import SignIn
from matcher.services.sign_out import SignOut

ID_BYTES = 8
SECRET_BYTES = 32
PASSWORD_BYTES = 15  # twenty characters


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who may come in, and how."""

    authenticate: Authenticate
    sign_in: SignIn
    sign_out: SignOut
    accounts: ReadAccounts
    create_account: CreateAccount
    change_account: ChangeAccount
    set_password: SetPassword
    issue_key: IssueKey
    list_keys: ListKeys
    revoke_key: RevokeKey
    first_admin: FirstAdmin
    rights: Rights


def build_identity(store: Store, settings: Settings, hasher: PasswordHasher | None = None) -> Identity:
    """Over this store; `hasher` is Argon2id with the costs of today unless another is given."""
    transactions = store.transactions
    hasher = hasher or Argon2Passwords()
    limits = SessionLimits(
        idle=timedelta(minutes=settings.session_idle_minutes), absolute=timedelta(hours=settings.session_hours)
    )
    return Identity(
        authenticate=Authenticate(transactions=transactions, uses=SqlUses(store), limits=limits),
        sign_in=SignIn(transactions=transactions, hasher=hasher, new_secret=_new_secret, limits=limits),
        sign_out=SignOut(transactions),
        accounts=ReadAccounts(transactions),
        create_account=CreateAccount(
            transactions=transactions, hasher=hasher, new_id=_new_id, new_password=_new_password
        ),
        change_account=ChangeAccount(transactions),
        set_password=SetPassword(transactions=transactions, hasher=hasher, new_password=_new_password),
        issue_key=IssueKey(transactions=transactions, new_id=_new_id, new_secret=_new_secret),
        list_keys=ListKeys(transactions),
        revoke_key=RevokeKey(transactions),
        first_admin=FirstAdmin(transactions=transactions, hasher=hasher, new_id=_new_id, new_password=_new_password),
        rights=build_rights(store, hasher, limits, Terms(settings.retention_days)),
    )


def _new_id() -> str:
    return secrets.token_hex(ID_BYTES)


def _new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def _new_password() -> str:
    return secrets.token_urlsafe(PASSWORD_BYTES)
