"""Finds out who is asking, by an API key or by the token of a page session."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from matcher.domain.accounts import Actor, actor_of
from matcher.domain.credentials import SessionLimits
from matcher.domain.errors import SignInNeeded
from matcher.domain.tokens import digest, is_same, parts_of_key
from matcher.ports import CredentialUses, Transactions

SEEN_AGAIN_AFTER = timedelta(minutes=1)  # a session's idle time is known to the minute


@dataclass(kw_only=True)
class Authenticate:
    """One look-up by index; writes at most once a day for a key and once a minute for a session."""

    transactions: Transactions
    uses: CredentialUses
    limits: SessionLimits

    def by_key(self, text: str, *, now: datetime) -> Actor:
        """Raises SignInNeeded, in the same words for whatever is wrong with the key."""
        parts = parts_of_key(text)
        if parts is None:
            raise _no_key()
        key_id, secret = parts
        with self.transactions() as unit:
            held = unit.api_keys.held(key_id)
        if held is None or not is_same(held.secret_hash, secret):
            raise _no_key()
        if not held.key.holds(now) or not held.account.is_active:
            raise _no_key()
        if held.key.last_used_on != now.date():
            self.uses.note_key(key_id, now.date())
        return replace(actor_of(held.account), scopes=held.key.scopes, with_key=True)

    def by_session(self, token: str, *, now: datetime) -> Actor | None:
        """None where the session is over or never was: a browser goes on as nobody."""
        with self.transactions() as unit:
            found = unit.page_sessions.held(digest(token))
        if found is None:
            return None
        session, account = found
        if not account.is_active or not session.holds(now, self.limits):
            return None
        if now - session.last_seen_at >= SEEN_AGAIN_AFTER:
            self.uses.note_session(digest(token), now)
        return actor_of(account)


def _no_key() -> SignInNeeded:
    return SignInNeeded("This API key is unknown, has expired or was revoked.")
