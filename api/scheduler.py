"""Work in the background: one thread a process, and of all processes one at a time for each job."""

import secrets
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Protocol

import structlog

from matcher.domain.errors import MatcherError

SECONDS_BETWEEN_LOOKS = 60.0
SECONDS_BETWEEN_RENEWALS = 30.0  # of a lease, which is longer
SECONDS_FOR_REQUESTS = 5.0  # a step waits so long for a moment without any
SECONDS_BETWEEN_MOMENTS = 0.05
PAUSE_PER_WORK = 3.0  # so that a job takes a quarter of one processor core at most

log = structlog.get_logger()


class Leases(Protocol):
    """Says whose a job is; the store keeps it for all processes."""

    def take(self, job: str, holder: str, *, every: timedelta, now: datetime) -> bool: ...

    def give_back(self, job: str, holder: str, *, done_at: datetime | None) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Job:
    """Something to be done now and then, in steps that are short: between two of them it can be stopped.

    Args:
        name: in the store and in the log.
        every: it is begun at most once in this time, by whichever process.
        step: does a piece as of the time given; whether there is more to do.
        is_wanted: asked in every process before the job is taken, as of the time given.
    """

    name: str
    every: timedelta
    step: Callable[[datetime], bool]
    is_wanted: Callable[[datetime], bool] = lambda _: True


@dataclass(kw_only=True)
class Scheduler:
    """Looks once a minute what is to be done; a job that fails is tried again at the next look."""

    jobs: Sequence[Job]
    leases: Leases
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    is_busy: Callable[[], bool] = lambda: False  # whether requests are in progress: they go first
    seconds_between_looks: float = SECONDS_BETWEEN_LOOKS
    pause_per_work: float = PAUSE_PER_WORK
    _holder: str = field(default_factory=lambda: secrets.token_hex(8), init=False)
    _stopped: Event = field(default_factory=Event, init=False, repr=False)
    _thread: Thread | None = field(default=None, init=False, repr=False)

    def start(self) -> None:
        self._stopped.clear()
        self._thread = Thread(target=self._look_again_and_again, name="jobs", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """The step in progress is finished; nothing else is begun."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def look(self) -> None:
        """Do what is to be done now."""
        for job in self.jobs:
            if self._stopped.is_set():
                return
            try:
                self._do(job)
            except MatcherError as error:
                log.warning("job_failed", job=job.name, error=type(error).__name__)
            except Exception as error:  # the last line of defence: one job at fault must not end the others
                last = traceback.extract_tb(error.__traceback__)[-1]
                where = f"{last.filename.rpartition('/')[2]}:{last.lineno} {last.name}"
                log.error("job_failed", job=job.name, error=type(error).__name__, where=where)

    def _look_again_and_again(self) -> None:
        self.look()
        while not self._stopped.wait(self.seconds_between_looks):
            self.look()

    def _do(self, job: Job) -> None:
        if not job.is_wanted(self.now()) or not self._take(job):
            return
        done_at = None
        try:
            if self._finish(job):
                done_at = self.now()
        finally:
            self.leases.give_back(job.name, self._holder, done_at=done_at)

    def _finish(self, job: Job) -> bool:
        """Step by step to the end; False where it was stopped, or another process has taken over."""
        renewed_at = time.monotonic()
        while True:
            self._let_requests_go_first()
            begun_at = time.monotonic()
            if self._stopped.is_set():
                return False
            if begun_at - renewed_at > SECONDS_BETWEEN_RENEWALS:
                renewed_at = begun_at
                if not self._take(job):
                    return False
            if not job.step(self.now()):
                return True
            self._stopped.wait(self.pause_per_work * (time.monotonic() - begun_at))

    def _let_requests_go_first(self) -> None:
        until = time.monotonic() + SECONDS_FOR_REQUESTS
        while self.is_busy() and time.monotonic() < until and not self._stopped.wait(SECONDS_BETWEEN_MOMENTS):
            pass

    def _take(self, job: Job) -> bool:
        return self.leases.take(job.name, self._holder, every=job.every, now=self.now())
