"""Runs of the batch, and what each of them gave: lists, the carriers it saw, and hand-overs."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Fingerprint, Id, Json, UtcDateTime


class RunRow(Base):
    """One run: who asked, on what it rests, how far it came. It says nothing of a single startup."""

    __tablename__ = "runs"

    id: Mapped[Id] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), index=True)
    asked_by: Mapped[Id | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))  # None: no account
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int]  # times that a process began or resumed it
    done: Mapped[int]  # steps of `total`
    total: Mapped[int | None]
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when `done` was last told
    program: Mapped[str] = mapped_column(String(64))
    settings: Mapped[dict[str, object]] = mapped_column(Json)
    inputs: Mapped[dict[str, object] | None] = mapped_column(Json)
    timings: Mapped[dict[str, object] | None] = mapped_column(Json)
    figures: Mapped[dict[str, object] | None] = mapped_column(Json)
    failure: Mapped[dict[str, object] | None] = mapped_column(Json)  # a sentence with its gaps
    previous_id: Mapped[Id | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"))
    promoted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    serves: Mapped[str | None] = mapped_column(String(16), unique=True)  # its kind while its lists are served
    folder: Mapped[str | None] = mapped_column(String(256))  # under the data folder; None once it is deleted
    lists_kept: Mapped[bool]


class RunListRow(Base):
    """What one run found for one startup; goes when the startup goes."""

    __tablename__ = "run_lists"

    run_id: Mapped[Id] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    startup_id: Mapped[Id] = mapped_column(ForeignKey("startups.id", ondelete="CASCADE"), primary_key=True, index=True)
    content_hash: Mapped[Fingerprint]  # of all that the run knew of it
    places: Mapped[bytes]  # JSON: carriers and scores, best first


class RunCarrierRow(Base):
    """One carrier as a run saw it."""

    __tablename__ = "run_carriers"

    run_id: Mapped[Id] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    carrier_id: Mapped[Id] = mapped_column(primary_key=True)
    record_hash: Mapped[Fingerprint]  # of its record without the places left
    places_left: Mapped[int | None]


class HandoverRow(Base):
    """An incubatee that is to move on, as a run found it; goes when the startup goes."""

    __tablename__ = "handovers"

    run_id: Mapped[Id] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    startup_id: Mapped[Id] = mapped_column(ForeignKey("startups.id", ondelete="CASCADE"), primary_key=True, index=True)
    carrier_id: Mapped[Id] = mapped_column(primary_key=True, index=True)  # where it is now
    content: Mapped[dict[str, object]] = mapped_column(Json)  # reasons, dates, and the next carriers with scores


class StayRow(Base):
    """Where a startup says that it is, and until when."""

    __tablename__ = "stays"

    startup_id: Mapped[Id] = mapped_column(ForeignKey("startups.id", ondelete="CASCADE"), primary_key=True)
    carrier_id: Mapped[Id] = mapped_column(primary_key=True)
    began_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    stated_at: Mapped[datetime] = mapped_column(UtcDateTime)
