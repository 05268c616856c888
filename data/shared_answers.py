"""Answers that are shown to others, in the store; nothing here commits."""

import zlib
from dataclasses import dataclass

import orjson
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from data.keeping import Keeper
from data.tables import SharedAnswerRow
from matcher.domain.shared_answers import SharedAnswer


@dataclass
class SqlSharedAnswers:
    session: Session
    keeper: Keeper

    def add(self, shared: SharedAnswer) -> None:
        self.keeper.lock()
        self.session.add(
            SharedAnswerRow(
                id=shared.id,
                content=zlib.compress(orjson.dumps(shared.content)),
                secret_hash=shared.secret_hash,
                made_at=shared.made_at,
                expires_at=shared.expires_at,
            )
        )
        self.session.flush()

    def get(self, shared_id: str) -> SharedAnswer | None:
        row = self.session.get(SharedAnswerRow, shared_id)
        if row is None:
            return None
        return SharedAnswer(
            id=row.id,
            content=orjson.loads(zlib.decompress(row.content)),
            secret_hash=row.secret_hash,
            made_at=row.made_at,
            expires_at=row.expires_at,
        )

    def remove(self, shared_id: str) -> None:
        self.keeper.lock()
        self.session.execute(delete(SharedAnswerRow).where(SharedAnswerRow.id == shared_id))

    def count(self) -> int:
        return self.session.scalar(select(func.count()).select_from(SharedAnswerRow)) or 0
