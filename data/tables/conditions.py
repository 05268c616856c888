"""Dated conditions and offers: entry rules and finance products."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Fingerprint, Id, Json, source, term


class EntryRuleRow(Base):
    __tablename__ = "entry_rules"

    id: Mapped[Id] = mapped_column(primary_key=True)
    carrier_kinds: Mapped[list[str]] = mapped_column(Json)
    carrier_id: Mapped[Id | None] = mapped_column(
        ForeignKey("carriers.id", deferrable=True, initially="DEFERRED"), index=True
    )
    subject: Mapped[str]
    op: Mapped[str] = mapped_column(String(16))
    value: Mapped[Any] = mapped_column(Json, nullable=True)
    treatment: Mapped[str] = mapped_column(String(16))
    exceptions: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    note: Mapped[str | None]
    source_id: Mapped[Id] = mapped_column(source())
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    extra: Mapped[dict[str, Any] | None] = mapped_column(Json)
    fingerprint: Mapped[Fingerprint]


class FinanceProductRow(Base):
    __tablename__ = "finance_products"

    id: Mapped[Id] = mapped_column(primary_key=True)
    product: Mapped[Id | None] = mapped_column(term())
    name: Mapped[dict[str, str]] = mapped_column(Json)
    form: Mapped[str] = mapped_column(String(32))
    area: Mapped[str]
    eligibility: Mapped[dict[str, str] | None] = mapped_column(Json)
    amount: Mapped[dict[str, str] | None] = mapped_column(Json)
    as_of: Mapped[str | None] = mapped_column(String(10))
    status: Mapped[str]
    terms_known: Mapped[bool]
    source_id: Mapped[Id] = mapped_column(source())
    fingerprint: Mapped[Fingerprint]
