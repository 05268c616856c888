"""Carriers and partners, with their terms, evidence, money and sources in tables beside them."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data.tables.base import Base, Fingerprint, Id, Json, source, term


def _carrier() -> ForeignKey:
    return ForeignKey("carriers.id", ondelete="CASCADE")


class CarrierTermRow(Base):
    """One id in one of a carrier's lists: an industry, a service and so on."""

    __tablename__ = "carrier_terms"

    carrier_id: Mapped[Id] = mapped_column(_carrier(), primary_key=True)
    field: Mapped[str] = mapped_column(String(32), primary_key=True)
    term_id: Mapped[Id] = mapped_column(term(), primary_key=True, index=True)
    position: Mapped[int]


class CarrierFinanceRow(Base):
    __tablename__ = "carrier_finance"

    carrier_id: Mapped[Id] = mapped_column(_carrier(), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    product: Mapped[Id | None] = mapped_column(term())
    name: Mapped[str]
    note: Mapped[str | None]


class CarrierEvidenceRow(Base):
    """On what basis one field of the record stands."""

    __tablename__ = "carrier_evidence"

    carrier_id: Mapped[Id] = mapped_column(_carrier(), primary_key=True)
    field: Mapped[str] = mapped_column(String(32), primary_key=True)
    basis: Mapped[str]


class CarrierSourceRow(Base):
    __tablename__ = "carrier_sources"

    carrier_id: Mapped[Id] = mapped_column(_carrier(), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source_id: Mapped[Id] = mapped_column(source(), index=True)


class CarrierCorrectionRow(Base):
    """A field that stands as the carrier corrected it, with the source that it named."""

    __tablename__ = "carrier_corrections"

    carrier_id: Mapped[Id] = mapped_column(_carrier(), primary_key=True)
    field: Mapped[str] = mapped_column(String(32), primary_key=True)
    title: Mapped[str | None]
    url: Mapped[str | None]
    date: Mapped[str] = mapped_column(String(10))


class CarrierRow(Base):
    __tablename__ = "carriers"

    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[dict[str, str]] = mapped_column(Json)
    folded_name: Mapped[str]  # all names, case-folded: databases fold only ASCII alike
    role: Mapped[str] = mapped_column(String(16))
    kind: Mapped[Id | None] = mapped_column(term())
    specialised: Mapped[bool | None]
    level: Mapped[Id | None] = mapped_column(term())
    status: Mapped[str] = mapped_column(String(32))
    status_as_of: Mapped[str | None] = mapped_column(String(10))
    city: Mapped[str | None] = mapped_column(index=True)
    district: Mapped[str | None]
    country: Mapped[str | None] = mapped_column(String(2))
    landing_in: Mapped[str | None]
    operator: Mapped[str | None]
    area_m2: Mapped[float | None]
    founded: Mapped[int | None]
    tenants: Mapped[list[str]] = mapped_column(Json)
    places_left: Mapped[int | None]
    places_left_as_of: Mapped[str | None] = mapped_column(String(10))
    description: Mapped[dict[str, str]] = mapped_column(Json)
    confidence: Mapped[str] = mapped_column(String(16))
    fingerprint: Mapped[Fingerprint]

    terms: Mapped[list[CarrierTermRow]] = relationship(
        cascade="all, delete-orphan", order_by=[CarrierTermRow.field, CarrierTermRow.position]
    )
    finance: Mapped[list[CarrierFinanceRow]] = relationship(
        cascade="all, delete-orphan", order_by=CarrierFinanceRow.position
    )
    evidence: Mapped[list[CarrierEvidenceRow]] = relationship(
        cascade="all, delete-orphan", order_by=CarrierEvidenceRow.field
    )
    sources: Mapped[list[CarrierSourceRow]] = relationship(
        cascade="all, delete-orphan", order_by=CarrierSourceRow.position
    )
    corrections: Mapped[list[CarrierCorrectionRow]] = relationship(
        cascade="all, delete-orphan", order_by=CarrierCorrectionRow.field
    )
