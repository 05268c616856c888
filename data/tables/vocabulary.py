"""The vocabulary: its terms in order, ambiguous words, and the sources it names."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Fingerprint, Id, Json, source, term


class VocabularyRow(Base):
    """The one vocabulary in use."""

    __tablename__ = "vocabularies"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(String(64))
    handover_chain: Mapped[list[str]] = mapped_column(Json)
    fingerprint: Mapped[Fingerprint]


class TermRow(Base):
    __tablename__ = "terms"

    id: Mapped[Id] = mapped_column(primary_key=True)
    facet: Mapped[str] = mapped_column(String(32), index=True)
    position: Mapped[int]  # among all terms
    order: Mapped[int] = mapped_column("facet_order")  # within its facet, as written
    parent: Mapped[Id | None] = mapped_column(term())
    label: Mapped[dict[str, str]] = mapped_column(Json)
    aliases: Mapped[list[str]] = mapped_column(Json)
    keywords: Mapped[dict[str, list[str]]] = mapped_column(Json)
    source: Mapped[Id | None] = mapped_column(source())
    extra: Mapped[dict[str, Any]] = mapped_column(Json)


class AmbiguousTermRow(Base):
    __tablename__ = "ambiguous_terms"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    terms: Mapped[list[str]] = mapped_column(Json)
    senses: Mapped[list[dict[str, Any]]] = mapped_column(Json)


class VocabularySourceRow(Base):
    __tablename__ = "vocabulary_sources"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source_id: Mapped[Id] = mapped_column(source(), index=True)
