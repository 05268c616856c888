"""Answers that are shown to others for a while; a row leads to no account and to no startup."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Fingerprint, Id, UtcDateTime


class SharedAnswerRow(Base):
    __tablename__ = "shared_answers"

    id: Mapped[Id] = mapped_column(primary_key=True)
    content: Mapped[bytes]  # JSON by language, compressed
    secret_hash: Mapped[Fingerprint]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
