"""Which lists were shown, place by place, and what came of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Id, UtcDateTime


class ShownListRow(Base):
    __tablename__ = "shown_lists"

    request_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    startup_id: Mapped[Id | None] = mapped_column(ForeignKey("startups.id", ondelete="CASCADE"), index=True)
    carrier_id: Mapped[Id | None]  # whose leads they are
    scope: Mapped[str | None] = mapped_column(String(8))
    list_order: Mapped[str] = mapped_column(String(8))
    encoder: Mapped[str] = mapped_column(String(256))
    reader: Mapped[str] = mapped_column(String(256))
    ranker: Mapped[str] = mapped_column(String(256))
    registry_version: Mapped[str] = mapped_column(String(64))
    shown_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class ImpressionRow(Base):
    """One place on a list."""

    __tablename__ = "impressions"

    request_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("shown_lists.request_id", ondelete="CASCADE"), primary_key=True
    )
    rank: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    carrier_id: Mapped[Id]
    startup_id: Mapped[Id | None] = mapped_column(ForeignKey("startups.id", ondelete="CASCADE"), index=True)
    score: Mapped[float | None]


class FeedbackRow(Base):
    """What came of one place; the list it stood on may have been forgotten since."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[str] = mapped_column(String(64))
    carrier_id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(16))
    startup_id: Mapped[Id | None] = mapped_column(ForeignKey("startups.id", ondelete="CASCADE"), index=True)
    rank: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    reported_by: Mapped[str | None] = mapped_column(String(16))  # a role

    __table_args__ = (UniqueConstraint("request_id", "carrier_id", "kind"),)
