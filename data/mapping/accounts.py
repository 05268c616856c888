"""Accounts and API keys to rows and back."""

from data.tables import AccountRow, ApiKeyRow
from matcher.domain.accounts import Account, AccountId, Role
from matcher.domain.credentials import ApiKey, ApiKeyId
from matcher.domain.ids import CarrierId


def account_from(row: AccountRow) -> Account:
    return Account(
        id=AccountId(row.id),
        login=row.login,
        role=Role(row.role),
        carrier=None if row.carrier_id is None else CarrierId(row.carrier_id),
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        version=row.version,
    )


def account_row(account: Account, password_hash: str | None) -> AccountRow:
    return AccountRow(
        id=account.id,
        login=account.login,
        role=account.role.value,
        carrier_id=account.carrier,
        password_hash=password_hash,
        created_at=account.created_at,
        disabled_at=account.disabled_at,
        version=account.version,
    )


def api_key_from(row: ApiKeyRow) -> ApiKey:
    return ApiKey(
        id=ApiKeyId(row.id),
        account=AccountId(row.account_id),
        name=row.name,
        scopes=None if row.scopes is None else frozenset(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_on=row.last_used_on,
    )


def api_key_row(key: ApiKey, secret_hash: str) -> ApiKeyRow:
    return ApiKeyRow(
        id=key.id,
        account_id=key.account,
        name=key.name,
        secret_hash=secret_hash,
        scopes=None if key.scopes is None else sorted(key.scopes),
        created_at=key.created_at,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        last_used_on=key.last_used_on,
    )
