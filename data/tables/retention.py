"""When each startup was last used, and since when its owner is told that it will be erased."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Id, UtcDateTime


class StartupActivityRow(Base):
    __tablename__ = "startup_activity"

    startup_id: Mapped[Id] = mapped_column(ForeignKey("startups.id", ondelete="CASCADE"), primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # to the day: its owner read it or asked for a list
    noticed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # since when its owner is told
