"""Startups as their owners wrote them, what was read of each, and the counter that tells of every change."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Id, Json, UtcDateTime


class StartupRow(Base):
    __tablename__ = "startups"

    id: Mapped[Id] = mapped_column(primary_key=True)
    owner_id: Mapped[Id] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    name: Mapped[str]
    folded_name: Mapped[str]  # case-folded: databases fold only ASCII alike
    contact: Mapped[str | None]
    text: Mapped[str]
    language: Mapped[str] = mapped_column(String(8))
    stated: Mapped[dict[str, object]] = mapped_column(Json)
    discoverable: Mapped[bool]
    train_consent: Mapped[bool]
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    change: Mapped[int] = mapped_column(index=True)  # value of the counter at its last change

    __table_args__ = (Index("ix_startups_owner_id_id", "owner_id", "id"),)


class StartupProfileRow(Base):
    """What one reader made of a startup's text; goes when the startup goes."""

    __tablename__ = "startup_profiles"

    startup_id: Mapped[Id] = mapped_column(ForeignKey("startups.id", ondelete="CASCADE"), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    reader_id: Mapped[str] = mapped_column(String(256))
    read_in: Mapped[str] = mapped_column(String(7))  # month
    profile: Mapped[bytes]  # JSON
    dims: Mapped[int]
    vector: Mapped[bytes]  # little-endian float32


class StartupStateRow(Base):
    """One row: how many changes there were, and at which of them a startup was last erased."""

    __tablename__ = "startup_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    changes: Mapped[int]
    erased: Mapped[int]


class IdempotencyKeyRow(Base):
    """A write that came with a key, so that the same call again is answered and not done twice."""

    __tablename__ = "idempotency_keys"

    account_id: Mapped[Id] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, object]] = mapped_column(Json)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
