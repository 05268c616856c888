"""Runs over everybody in the store: their records, and the lists of those that are kept."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.reranking_runs import Reranked
from matcher.domain.run_records import RunCarrier, RunId, RunList, RunRecord


class Runs(Protocol):
    """Records of runs; a served run's lists are what the service answers with."""

    def add(self, run: RunRecord) -> None: ...

    def get(self, run_id: RunId) -> RunRecord:
        """Raises RunNotFound."""

    def latest(self, limit: int) -> list[RunRecord]:
        """Newest first."""

    def unfinished(self) -> list[RunRecord]:
        """Waiting or running, oldest first."""

    def served(self) -> RunRecord | None: ...

    def replace(self, run: RunRecord) -> None:
        """All but `cancel_asked_at`, progress and whether it is served."""

    def tell(self, run_id: RunId, done: int, total: int, now: datetime) -> None: ...

    def ask_cancel(self, run_id: RunId, now: datetime) -> None: ...

    def keep(self, run_id: RunId, lists: Iterable[RunList], carriers: Iterable[RunCarrier]) -> None:
        """In place of what is kept of it; lists of startups that are gone meanwhile are left out."""

    def lists(self, run_id: RunId) -> Iterator[RunList]:
        """In the order of the startups' ids."""

    def list_of(self, run_id: RunId, startup: StartupId) -> RunList | None: ...

    def carriers(self, run_id: RunId) -> Mapping[CarrierId, RunCarrier]: ...

    def serve(self, run_id: RunId, now: datetime) -> None:
        """This run, and no other."""

    def forget_lists(self, but: Collection[RunId]) -> list[str]:
        """Of all other runs; the folders that no kept run names any more."""

    def with_lists(self) -> list[RunRecord]:
        """Newest first."""


class Turn(Protocol):
    """The right to run, while it is held."""

    @property
    def is_lost(self) -> bool:
        """Whether another process has taken it, since this one did not answer for too long."""


class Turns(Protocol):
    """One run at a time for a store."""

    def __call__(self) -> AbstractContextManager[Turn]:
        """Raises RunInProgress where another process has it; StoreFull, StoreBusy."""


class RunResults(Protocol):
    """The files of finished runs."""

    def places(self, done: Reranked) -> Iterator[tuple[StartupId, list[tuple[CarrierId, float]]]]:
        """Of each startup with a list, carriers and scores, best first, in the order of the file."""

    def name(self, done: Reranked) -> str | None:
        """Of its folder, under the data folder; None where it lies elsewhere."""

    def delete(self, folder: str) -> None:
        """The files of a run; nothing where there are none."""
