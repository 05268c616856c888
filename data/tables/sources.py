"""Where facts come from."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Fingerprint, Id


class SourceRow(Base):
    __tablename__ = "sources"

    id: Mapped[Id] = mapped_column(primary_key=True)
    title: Mapped[str | None]
    publisher: Mapped[str | None]
    date: Mapped[str | None] = mapped_column(String(10))
    url: Mapped[str | None]
    grade: Mapped[str] = mapped_column(String(16))
    note: Mapped[str | None]
    fingerprint: Mapped[Fingerprint]
