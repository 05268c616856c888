"""What retention asks of the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from matcher.domain.accounts import AccountId
from matcher.domain.credentials import SessionLimits
from matcher.domain.ids import StartupId
from matcher.domain.retention import Activity


class Retention(Protocol):
    """How long things have been lying there."""

    def idle_since(self, moment: datetime) -> Sequence[Activity]:
        """Of every startup that was not active after this moment, in the order of their ids."""

    def activity(self, startup_id: StartupId) -> Activity | None:
        """None where there is no such startup."""

    def of(self, owner: AccountId) -> Sequence[Activity]:
        """Of all startups of this account."""

    def notice(self, startup_id: StartupId, now: datetime) -> None:
        """Its owner is told from now on."""

    def expired(self, now: datetime, *, sessions: SessionLimits, unnamed: timedelta) -> Mapping[str, int]:
        """How many rows of what has a term of its own are past it.

        Args:
            now: on which day.
            sessions: how long page sessions hold.
            unnamed: after how long audit entries go that name no startup any more.
        """

    def forget_expired(self, now: datetime, *, sessions: SessionLimits, unnamed: timedelta) -> Mapping[str, int]:
        """Delete these rows; how many there were."""


class StartupUses(Protocol):
    """When a startup was last used; nobody waits for it, and a missed one is no error."""

    def note_startup(self, startup_id: StartupId, at: datetime) -> None: ...
