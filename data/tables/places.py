"""Cities, by the names that carriers' records use."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Fingerprint, Id, Json


class PlaceRow(Base):
    __tablename__ = "places"

    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[dict[str, str]] = mapped_column(Json)
    country: Mapped[str] = mapped_column(String(2))
    province: Mapped[str | None]
    delta: Mapped[bool]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    fingerprint: Mapped[Fingerprint]
