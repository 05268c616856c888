"""Where startups are, and who is to move on, in the store."""

from collections.abc import Sequence
from typing import Protocol

from matcher.domain.handovers import Handover, Incubatee, Stay
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.run_records import RunId


class Handovers(Protocol):
    """Stays as startups state them, and hand-overs as runs found them."""

    def incubatees(self) -> list[Incubatee]:
        """Startups that a carrier has admitted while their consent to it is in force, or that say they are there."""

    def stays(self, startup: StartupId) -> list[Stay]:
        """By carrier."""

    def state_stay(self, stay: Stay) -> None:
        """In place of what was stated of the same carrier."""

    def forget_stay(self, startup: StartupId, carrier: CarrierId) -> None: ...

    def keep(self, run_id: RunId, handovers: Sequence[Handover]) -> None:
        """Those of startups that are gone meanwhile are left out."""

    def of_carrier(self, run_id: RunId, carrier: CarrierId) -> list[Handover]:
        """In the order of the startups' ids."""

    def of_startup(self, run_id: RunId, startup: StartupId) -> list[Handover]:
        """In the order of the carriers' ids."""
