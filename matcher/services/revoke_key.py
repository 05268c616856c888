"""An API key is revoked, from the next request on."""

from dataclasses import dataclass, replace
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.credentials import ApiKey, ApiKeyId
from matcher.domain.errors import ApiKeyNotFound
from matcher.domain.permissions import Action, reaches, require
from matcher.ports import Transactions


@dataclass
class RevokeKey:
    transactions: Transactions

    def __call__(self, actor: Actor, key_id: ApiKeyId, *, now: datetime) -> ApiKey:
        """The key as it is afterwards; one that is revoked already stays as it is.

        Raises:
            SignInNeeded, NotAllowed: see their words.
            ApiKeyNotFound: it is not there, or another's.
        """
        require(actor, Action.MANAGE_KEYS)
        with self.transactions() as unit:
            unit.lock()
            key = unit.api_keys.get(key_id)
            if not reaches(actor, Action.MANAGE_KEYS, owner=key.account):
                raise ApiKeyNotFound("There is no such key.")
            unit.api_keys.revoke(key_id, now)
            unit.commit()
        return replace(key, revoked_at=key.revoked_at or now)
