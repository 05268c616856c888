"""Accounts, sessions and keys as they go over the wire; no secret goes out but once, when it is made."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from matcher.domain.accounts import Account, Role
from matcher.domain.credentials import MAX_KEY_NAME_CHARACTERS, ApiKey
from matcher.domain.ids import CarrierId
from matcher.domain.passwords import MAX_CHARACTERS
from matcher.services.change_account import AccountChange
from matcher.services.create_account import NewAccount

MOST_DAYS = 3650
MAX_LIMIT = 100

RoleName = Literal["startup", "staff", "office", "admin"]
Login = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=MAX_CHARACTERS)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Cursor = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class SignInBody(Strict):
    login: Login
    password: Password


class NewAccountBody(Strict):
    login: Login = Field(description="2 to 64 small letters, digits and . _ @ + -; begins with a letter or a digit.")
    role: RoleName
    carrier: Id | None = Field(None, description="Whose staff it is; for the role staff alone.")
    password: Password | None = Field(None, description="10 to 256 characters; left out, one is made and told once.")

    def wanted(self) -> NewAccount:
        carrier = None if self.carrier is None else CarrierId(self.carrier)
        return NewAccount(login=self.login, role=Role(self.role), carrier=carrier, password=self.password)


class AccountChangeBody(Strict):
    """What is left out stays as it is."""

    role: RoleName | None = None
    carrier: Id | None = Field(None, description="null for none.")
    disabled: bool | None = None

    def applied_to(self, account: Account) -> AccountChange:
        role = account.role if self.role is None else Role(self.role)
        carrier = account.carrier
        if "carrier" in self.model_fields_set:
            carrier = None if self.carrier is None else CarrierId(self.carrier)
        disabled = not account.is_active if self.disabled is None else self.disabled
        return AccountChange(role=role, carrier=carrier, disabled=disabled)


class OwnPasswordBody(Strict):
    current: Password
    new: Password = Field(description="10 to 256 characters.")


class NewPasswordBody(Strict):
    password: Password | None = Field(None, description="Left out, one is made and told once.")


class NewKeyBody(Strict):
    name: Annotated[str, StringConstraints(min_length=1, max_length=MAX_KEY_NAME_CHARACTERS)]
    scopes: Annotated[list[Id], Field(max_length=100)] | None = Field(
        None, description="Actions or groups of them; left out, all that a key of this role may do."
    )
    expires_in_days: int | None = Field(365, ge=1, le=MOST_DAYS, description="null for never.")


class AccountPageQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    limit: int = Field(20, ge=1, le=MAX_LIMIT, description="Most accounts on one page.")
    cursor: Cursor | None = Field(None, description="`next_cursor` of the page before.")


class AccountOut(BaseModel):
    id: str
    login: str
    role: RoleName
    carrier: str | None = Field(description="Id of the carrier whose staff it is.")
    created_at: datetime
    disabled_at: datetime | None
    version: int = Field(description="Grows with every change; the ETag holds it.")

    @classmethod
    def of(cls, account: Account) -> Self:
        return cls(
            id=account.id,
            login=account.login,
            role=account.role.value,
            carrier=account.carrier,
            created_at=account.created_at,
            disabled_at=account.disabled_at,
            version=account.version,
        )


class AccountAnswer(BaseModel):
    request_id: str
    account: AccountOut


class CreatedAccountAnswer(AccountAnswer):
    password: str | None = Field(description="Where one was made; it is never told again.")


class PasswordAnswer(BaseModel):
    request_id: str
    password: str | None = Field(description="Where one was made; it is never told again.")


class AccountPageAnswer(BaseModel):
    request_id: str
    accounts: list[AccountOut]
    next_cursor: str | None


class SessionAnswer(BaseModel):
    """Who has signed in."""

    request_id: str
    account: AccountOut
    may: list[str] = Field(description="Actions that this account, or this key, may do.")
    csrf_token: str | None = Field(description="What a page sends as X-CSRF-Token; null for a key, which needs none.")


class KeyOut(BaseModel):
    id: str
    name: str
    scopes: list[str] | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_on: str | None = Field(description="The day, in UTC.")

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        return cls(
            id=key.id,
            name=key.name,
            scopes=None if key.scopes is None else sorted(key.scopes),
            created_at=key.created_at,
            expires_at=key.expires_at,
            revoked_at=key.revoked_at,
            last_used_on=None if key.last_used_on is None else key.last_used_on.isoformat(),
        )


class KeyListAnswer(BaseModel):
    request_id: str
    keys: list[KeyOut]


class IssuedKeyAnswer(BaseModel):
    request_id: str
    key: KeyOut
    secret: str = Field(description="The key itself, to send as `Authorization: Bearer …`; it is never told again.")


def content_of(answer: BaseModel) -> dict[str, Any]:
    return answer.model_dump(mode="json")
