"""An answer is shared for a while, looked at by whoever has its address, and ended by its maker."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.domain.errors import NotFound, TooMany
from matcher.domain.shared_answers import MOST_KEPT, SharedAnswer
from matcher.domain.tokens import NewId, NewSecret, digest, is_same
from matcher.ports import Transactions

WAIT_S = 3600  # after which there may be room again


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What its maker is told, once."""

    id: str
    secret: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class ShareAnswers:
    """Whoever has the address may look; whoever has the secret besides may end it. Nobody signs in."""

    transactions: Transactions
    new_id: NewId
    new_secret: NewSecret
    kept_for: timedelta
    most_kept: int = MOST_KEPT

    def make(self, content: Mapping[str, Mapping[str, object]], *, now: datetime) -> Shared:
        """Raises TooMany where so many are kept already that there is no room for another."""
        secret = self.new_secret()
        shared = SharedAnswer(
            id=self.new_id(),
            content=content,
            secret_hash=digest(secret),
            made_at=now,
            expires_at=now + self.kept_for,
        )
        with self.transactions() as unit:
            unit.lock()
            if unit.shared_answers.count() >= self.most_kept:
                raise TooMany(
                    "So many results are shared at the moment that there is no room for another; try again in "
                    "{seconds} seconds.",
                    retry_after_s=WAIT_S,
                )
            unit.shared_answers.add(shared)
            unit.commit()
        return Shared(id=shared.id, secret=secret, expires_at=shared.expires_at)

    def read(self, shared_id: str, *, now: datetime) -> SharedAnswer:
        """Raises NotFound where it never was, has ended, or is over: nobody learns which."""
        with self.transactions() as unit:
            shared = unit.shared_answers.get(shared_id)
        if shared is None or shared.is_over(now):
            raise _no_longer()
        return shared

    def end(self, shared_id: str, secret: str, *, now: datetime) -> None:
        """Raises NotFound as `read` does, and in the same words where the secret is not its maker's."""
        with self.transactions() as unit:
            unit.lock()
            shared = unit.shared_answers.get(shared_id)
            if shared is None or shared.is_over(now) or not is_same(shared.secret_hash, secret):
                raise _no_longer()
            unit.shared_answers.remove(shared_id)
            unit.commit()


def _no_longer() -> NotFound:
    return NotFound("There is no shared result at this address, or not any more.")
