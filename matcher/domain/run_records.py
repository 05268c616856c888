"""A run over everybody as it is kept: who asked, on what it rests, how far it came, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType, Self

from matcher.domain.accounts import AccountId
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.matches import ModelIds
from matcher.domain.messages import Message
from matcher.domain.reranking_runs import Reranked, RerankOrder
from matcher.domain.run_limits import DEFAULT_LEADS, DEFAULT_LIST
from matcher.domain.startups import Scope

RunId = NewType("RunId", str)

MOST_ATTEMPTS = 3
INTERRUPTED = Message.of("The run was interrupted {n} times.", n=MOST_ATTEMPTS)
REPLACED = Message.of("The run was interrupted, and another one was asked for.")


class RunState(StrEnum):
    """What has become of a run."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"  # whoever started it has stopped it
    CANCELLED = "cancelled"


UNFINISHED = (RunState.WAITING, RunState.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunWish:
    """What is asked for, on whatever day it is done."""

    k: int = DEFAULT_LIST
    leads: int = DEFAULT_LEADS
    scope: Scope = Scope.HOME

    def order(self, on: date) -> RerankOrder:
        """Raises InvalidField where a number is out of range."""
        return RerankOrder(k=self.k, leads=self.leads, scope=self.scope, on=on)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInputs:
    """On what a run rests; there is no seed, since no chance takes part."""

    result: str  # hash of all that decides the lists
    startups: str  # hashes
    carriers: str
    vocabulary: str
    models: ModelIds
    registry: str  # its version
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run; times of day are aware."""

    id: RunId
    wish: RunWish
    state: RunState = RunState.WAITING
    program: str  # its version
    asked_by: AccountId | None  # None: nobody with an account, or it is gone
    asked_at: datetime
    started_at: datetime | None = None  # the last attempt
    finished_at: datetime | None = None
    cancel_asked_at: datetime | None = None
    attempts: int = 0
    done: int = 0  # blocks of `total`
    total: int | None = None
    told_at: datetime | None = None
    inputs: RunInputs | None = None
    timings: Mapping[str, float] = field(default_factory=dict)  # seconds by stage
    figures: Mapping[str, int] = field(default_factory=dict)  # how many of what
    failure: Message | None = None
    previous: RunId | None = None  # that was served before it
    promoted_at: datetime | None = None
    is_served: bool = False
    folder: str | None = None  # of its files, under the data folder; None once they are deleted
    lists_kept: bool = False

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    def begun(self, now: datetime) -> Self:
        """At work, for the first time or again."""
        return replace(
            self, state=RunState.RUNNING, started_at=now, attempts=self.attempts + 1, done=0, total=None, told_at=None
        )

    def ended(self, state: RunState, now: datetime, failure: Message | None = None) -> Self:
        return replace(self, state=state, finished_at=now, failure=failure)

    def kept(self, done: Reranked, vocabulary: str, folder: str | None, now: datetime) -> Self:
        """Whole, with its lists in the store."""
        inputs = RunInputs(
            result=done.id,
            startups=done.startups_hash,
            carriers=done.carriers_hash,
            vocabulary=vocabulary,
            models=done.models,
            registry=done.registry.version,
            on=done.order.on,
        )
        counted = ("n_startups", "n_carriers", "n_pairs", "n_blocks_computed", "n_blocks_reused", "n_rows_reused")
        figures = {name: int(getattr(done, name)) for name in (*counted, "n_listed", "n_leads")}
        return replace(
            self.ended(RunState.DONE, now),
            inputs=inputs,
            timings={name: round(value, 3) for name, value in done.seconds.items()},
            figures=figures,
            folder=folder,
            lists_kept=True,
        )

    def remaining(self) -> timedelta | None:
        """How long it will still take if it goes on as before; None while that cannot be told."""
        if self.state is not RunState.RUNNING or not self.done or not self.total:
            return None
        if self.started_at is None or self.told_at is None:
            return None
        return (self.told_at - self.started_at) / self.done * (self.total - self.done)


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a list."""

    carrier: CarrierId
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunList:
    """What a run found for one startup."""

    startup: StartupId
    content_hash: str  # of all that the run knew of it
    places: Sequence[Place]  # best first; empty where it gets no list


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCarrier:
    """One carrier as a run saw it."""

    carrier: CarrierId
    record_hash: str  # of all that decides its pairs; the places left do not
    places_left: int | None
