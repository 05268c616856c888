"""What the ways in work with, put together by `bootstrap`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Protocol, Self

from api.asks import Asks
from api.background_runs import BackgroundRuns
from api.batch_services import BatchServices
from api.feedback_services import FeedbackServices
from api.identity import Identity
from api.kept_answers import KeptAnswers
from api.lead_services import LeadServices
from api.metrics import Metrics
from api.record_services import CarrierServices, StartupServices
from api.scheduler import Scheduler
from api.sentences import Sentences
from api.settings import Settings
from api.unread import UnreadStartups
from matcher.domain.matches import Answer
from matcher.domain.registry import Registry, RegistryVersion
from matcher.ports import Transactions
from matcher.services.initialise import Initialise
from matcher.services.recommend import Query
from models.rankers import Weight
from models.serving import Served


class OpenStore(Protocol):
    """The database behind everything else."""

    def revision(self) -> str | None: ...

    def require_head(self) -> None: ...

    def close(self) -> None: ...


class Snapshot(Protocol):
    """The registry as every request sees it."""

    def __call__(self) -> Registry: ...

    def recent_version(self) -> RegistryVersion | None:
        """Of the registry that a call would give at once; None where it would first ask the store."""


class Recommends(Protocol):
    """The use case behind `POST /v1/recommendations` and `matcher recommend`."""

    def __call__(self, query: Query, *, on: date) -> Answer: ...

    def many(self, queries: Sequence[Query], *, on: date) -> list[Answer]: ...

    def warm(self) -> None:
        """Do now what the first request would else wait for."""


@dataclass(frozen=True, kw_only=True)
class RegistryServices:
    """Everything that needs the store but no model."""

    store: OpenStore
    transactions: Transactions
    snapshot: Snapshot
    initialise: Initialise
    identity: Identity
    carriers: CarrierServices

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exit_info: object) -> None:
        self.close()


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything that a request may need; closing it closes the store."""

    settings: Settings
    registry: RegistryServices
    recommend: Recommends
    startups: StartupServices
    leads: LeadServices
    feedback: FeedbackServices
    batch: BatchServices
    sentences: Sentences
    weights: tuple[Weight, ...]  # of the ranker that serves, before learning corrected them
    served: tuple[Served, ...] = ()  # the models that answer
    unread: UnreadStartups | None = None  # None where nobody looks after them
    scheduler: Scheduler | None = None  # started and stopped with the server
    runs: BackgroundRuns | None = None  # does the runs that are asked for; started and stopped with the server
    metrics: Metrics = field(default_factory=Metrics)
    kept: KeptAnswers = field(default_factory=KeptAnswers)
    asks: Asks = field(default_factory=Asks)
    today: Callable[[], date] = date.today
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def close(self) -> None:
        self.feedback.close()
        self.registry.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exit_info: object) -> None:
        self.close()
