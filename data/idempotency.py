"""Keys of writes, kept for a day; nothing here commits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from data.keeping import Keeper
from data.tables import IdempotencyKeyRow
from matcher.domain.accounts import AccountId
from matcher.domain.errors import KeyReused

KEPT_FOR = timedelta(days=1)


@dataclass
class SqlIdempotencyKeys:
    session: Session
    keeper: Keeper

    def known(self, owner: AccountId, key: str, content_hash: str) -> Mapping[str, object] | None:
        row = self.session.get(IdempotencyKeyRow, (owner, key))
        if row is None:
            return None
        if row.content_hash != content_hash:
            raise KeyReused(
                "This idempotency key came before with other content; take a new one.", field="Idempotency-Key"
            )
        return row.result

    def keep(
        self, owner: AccountId, key: str, content_hash: str, result: Mapping[str, object], *, now: datetime
    ) -> None:
        self.keeper.lock()
        self.session.execute(delete(IdempotencyKeyRow).where(IdempotencyKeyRow.kept_at < now - KEPT_FOR))
        self.session.add(
            IdempotencyKeyRow(account_id=owner, key=key, content_hash=content_hash, result=dict(result), kept_at=now)
        )
