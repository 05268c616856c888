"""Who may sign in, with what, and how often that failed; no password, key or token is kept as it is."""

from datetime import date, datetime
from typing import Annotated

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Id, Json, UtcDateTime

Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Digest = Annotated[str, mapped_column(String(64))]  # SHA-256 in hexadecimal digits


class AccountRow(Base):
    __tablename__ = "accounts"

    id: Mapped[Id] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    carrier_id: Mapped[Id | None] = mapped_column(
        ForeignKey("carriers.id", deferrable=True, initially="DEFERRED"), index=True
    )
    password_hash: Mapped[str | None] = mapped_column(String(256))
    created_at: Mapped[Moment]
    disabled_at: Mapped[Moment | None]
    version: Mapped[int]


class ApiKeyRow(Base):
    __tablename__ = "api_keys"

    id: Mapped[Id] = mapped_column(primary_key=True)
    account_id: Mapped[Id] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(128))
    secret_hash: Mapped[Digest]
    scopes: Mapped[list[str] | None] = mapped_column(Json)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment | None]
    revoked_at: Mapped[Moment | None]
    last_used_on: Mapped[date | None]


class PageSessionRow(Base):
    __tablename__ = "page_sessions"

    token_hash: Mapped[Digest] = mapped_column(primary_key=True)
    account_id: Mapped[Id] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]


class SignInFailureRow(Base):
    """Failed attempts in a row, for one login or one address."""

    __tablename__ = "sign_in_failures"

    subject_hash: Mapped[Digest] = mapped_column(primary_key=True)
    n_failures: Mapped[int]
    last_at: Mapped[Moment] = mapped_column(index=True)
