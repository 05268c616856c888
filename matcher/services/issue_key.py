"""An API key is made; the key itself is told once and kept nowhere."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import AccountId, Actor
from matcher.domain.credentials import ApiKey, ApiKeyId
from matcher.domain.errors import AccountNotFound, InvalidField
from matcher.domain.permissions import Action, checked_scopes, reaches, require
from matcher.domain.tokens import NewId, NewSecret, digest, written_key
from matcher.ports import Transactions

MOST_KEYS = 50  # valid ones, of one account


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    key: ApiKey
    written: str  # the key itself


@dataclass(kw_only=True)
class IssueKey:
    transactions: Transactions
    new_id: NewId
    new_secret: NewSecret

    def __call__(
        self,
        actor: Actor,
        *,
        name: str,
        scopes: Collection[str] | None,
        expires_at: datetime | None,
        now: datetime,
        account_id: AccountId | None = None,
    ) -> Issued:
        """A key that acts for this account, at most as far as its scopes reach.

        Args:
            actor: whose key it is, or an administrator.
            name: by which its owner knows it again.
            scopes: actions or groups of them; None for all that a key of this role may do.
            expires_at: None for never.
            now: from when it holds.
            account_id: whose key it is; None for the actor's own.

        Raises:
            SignInNeeded, NotAllowed, AccountNotFound: see their words.
            InvalidField: name, scopes or expiry are not possible, or there are too many keys.
        """
        own = require(actor, Action.MANAGE_KEYS)
        owner = own if account_id is None else account_id
        if not reaches(actor, Action.MANAGE_KEYS, owner=owner):
            raise AccountNotFound("There is no such account.")
        secret = self.new_secret()
        with self.transactions() as unit:
            unit.lock()
            account = unit.accounts.get(owner)
            if sum(key.holds(now) for key in unit.api_keys.of(owner)) >= MOST_KEYS:
                raise InvalidField("An account has at most {limit} valid keys.", field="name", limit=MOST_KEYS)
            key = ApiKey(
                id=ApiKeyId(self.new_id()),
                account=owner,
                name=name,
                scopes=None if scopes is None else checked_scopes(account.role, scopes),
                created_at=now,
                expires_at=expires_at,
            )
            unit.api_keys.add(key, digest(secret))
            unit.commit()
        return Issued(key=key, written=written_key(key.id, secret))
