"""What changed in the records of carriers: the values before, who changed them and when."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Id, Json, UtcDateTime


class CarrierHistoryRow(Base):
    """One change of one field; the record may be gone."""

    __tablename__ = "carrier_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    carrier_id: Mapped[Id] = mapped_column(index=True)
    field: Mapped[str] = mapped_column(String(32))
    old: Mapped[object | None] = mapped_column(Json)
    new: Mapped[object | None] = mapped_column(Json)
    title: Mapped[str | None]
    url: Mapped[str | None]
    date: Mapped[str | None] = mapped_column(String(10))
    made_by: Mapped[Id | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
