"""Which carrier may know who a startup is, how far each carrier has come with it, and who has seen what of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Id, UtcDateTime


class ConsentRow(Base):
    """Given once, perhaps withdrawn once; who consents again gets another row."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    startup_id: Mapped[Id] = mapped_column(ForeignKey("startups.id", ondelete="CASCADE"))
    carrier_id: Mapped[Id] = mapped_column(index=True)
    wording: Mapped[str] = mapped_column(String(16))
    given_by: Mapped[Id | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_consents_startup_id_carrier_id", "startup_id", "carrier_id"),)


class LeadRow(Base):
    """One startup in the eyes of one carrier; its id is random, so that two carriers cannot join what they see."""

    __tablename__ = "leads"

    id: Mapped[Id] = mapped_column(primary_key=True)
    carrier_id: Mapped[Id]
    startup_id: Mapped[Id] = mapped_column(ForeignKey("startups.id", ondelete="CASCADE"), index=True)
    status: Mapped[str] = mapped_column(String(16))
    owner_id: Mapped[Id | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    next_action: Mapped[str | None] = mapped_column(String(200))
    due: Mapped[date | None]
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("carrier_id", "startup_id"),)


class LeadStepRow(Base):
    """One step of a lead."""

    __tablename__ = "lead_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[Id] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    status: Mapped[str] = mapped_column(String(16))  # that it led to
    reason: Mapped[str | None] = mapped_column(String(32))
    note: Mapped[str | None] = mapped_column(String(2000))
    made_by: Mapped[Id | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class AuditEntryRow(Base):
    """Only ever added; of a startup that was erased it says no more than that there was one."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    startup_id: Mapped[Id | None] = mapped_column(ForeignKey("startups.id", ondelete="SET NULL"))
    account_id: Mapped[Id | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    carrier_id: Mapped[Id | None]
    event: Mapped[str] = mapped_column(String(32))
    detail: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    __table_args__ = (Index("ix_audit_entries_startup_id_id", "startup_id", "id"),)
