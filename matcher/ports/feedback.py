"""Lists as they were shown, and what came of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.impressions import Feedback, FeedbackKind, ShownList


class Impressions(Protocol):
    """Lists by the id of the request that they answered."""

    def add(self, lists: Sequence[ShownList]) -> int:
        """How many were new; one whose id is known stays out, and so does what names a startup that is gone."""

    def get(self, request_id: str) -> ShownList | None: ...

    def forget_older(self, than: datetime) -> int:
        """How many lists were shown before, and are gone now; what came of them stays."""


class Feedbacks(Protocol):
    """What came of places on lists."""

    def get(self, request_id: str, carrier: CarrierId, kind: FeedbackKind) -> Feedback | None: ...

    def add(self, feedback: Feedback) -> None: ...

    def of(self, startup_ids: Collection[StartupId]) -> list[Feedback]:
        """All of these startups, in the order in which it was recorded."""
