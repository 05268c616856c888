"""How long a startup is kept that nobody uses: its owner is told first, then it is erased."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from matcher.domain.errors import InvalidField
from matcher.domain.ids import StartupId

NOTICE = timedelta(days=30)
SHORTEST_DAYS, LONGEST_DAYS = 31, 3650
MOST_SKEW = timedelta(minutes=15)  # between the clocks of two machines; beyond it a clock was set back


class Step(StrEnum):
    """What is to be done with a startup."""

    KEEP = "keep"
    NOTICE = "notice"
    ERASE = "erase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """When a startup was last written, read by its owner, or worked on with its consent; and since when it is told."""

    startup: StartupId
    active_at: datetime
    noticed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """After how many idle days a startup is erased; its owner is told thirty days before."""

    idle_days: int = 180

    def __post_init__(self) -> None:
        if not SHORTEST_DAYS <= self.idle_days <= LONGEST_DAYS:
            raise InvalidField(
                "Startups are kept {shortest} to {longest} days without use.",
                field="days",
                shortest=SHORTEST_DAYS,
                longest=LONGEST_DAYS,
            )

    @property
    def idle(self) -> timedelta:
        return timedelta(days=self.idle_days)

    def looked_at_from(self, now: datetime) -> datetime:
        """Whatever was active later than this is kept."""
        return now - (self.idle - NOTICE)

    def step(self, activity: Activity, now: datetime) -> Step:
        """A notice counts only if it came after the last use, and not from the future by a clock that was wrong."""
        if activity.active_at > self.looked_at_from(now):
            return Step.KEEP
        told = is_told(activity, now)
        if told is None:
            return Step.NOTICE
        return Step.ERASE if now >= self.erased_from(activity.active_at, told) else Step.KEEP

    def erased_from(self, active_at: datetime, noticed_at: datetime) -> datetime:
        """Never sooner than thirty days after the notice, however long it was idle before."""
        return max(active_at + self.idle, noticed_at + NOTICE)


def is_told(activity: Activity, now: datetime) -> datetime | None:
    """Since when a notice holds."""
    noticed = activity.noticed_at
    return noticed if noticed is not None and activity.active_at < noticed <= now + MOST_SKEW else None
