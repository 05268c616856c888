"""Work in the background is done in steps, by one process, and stops when it is told to."""

import time
from datetime import UTC, datetime, timedelta
from threading import Event

from structlog.testing import capture_logs

from api.scheduler import Job, Scheduler
from matcher.domain.errors import StoreBusy

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class Leases:
    """Gives every job to whoever asks, and keeps what became of it."""

    def __init__(self, free: bool = True) -> None:
        self.free = free
        self.given_back: list[tuple[str, datetime | None]] = []

    def take(self, job, holder, *, every, now) -> bool:
        return self.free

    def give_back(self, job, holder, *, done_at) -> None:
        self.given_back.append((job, done_at))


class Steps:
    """So many steps, each of which is counted."""

    def __init__(self, n: int) -> None:
        self.n, self.done = n, 0

    def __call__(self, now: datetime) -> bool:
        self.done += 1
        return self.done < self.n


def scheduler_of(*jobs: Job, leases: Leases | None = None, **options) -> Scheduler:
    given = {"now": lambda: NOW, "pause_per_work": 0.0, **options}
    return Scheduler(jobs=jobs, leases=leases or Leases(), **given)


def test_a_job_is_done_to_its_end_and_then_given_back() -> None:
    steps, leases = Steps(3), Leases()

    scheduler_of(Job(name="sweep", every=DAY, step=steps), leases=leases).look()

    assert steps.done == 3
    assert leases.given_back == [("sweep", NOW)]


def test_what_another_process_has_taken_or_nobody_wants_is_not_done() -> None:
    taken, unwanted = Steps(1), Steps(1)

    scheduler_of(Job(name="sweep", every=DAY, step=taken), leases=Leases(free=False)).look()
    scheduler_of(Job(name="sweep", every=DAY, step=unwanted, is_wanted=lambda _: False)).look()

    assert (taken.done, unwanted.done) == (0, 0)


def test_a_job_that_fails_is_given_back_as_not_done_and_the_next_one_is_done() -> None:
    def busy(now: datetime) -> bool:
        raise StoreBusy("a secret plan")

    def defect(now: datetime) -> bool:
        raise KeyError("a secret plan")

    steps, leases = Steps(1), Leases()
    jobs = [Job(name=name, every=DAY, step=step) for name, step in (("a", busy), ("b", defect), ("c", steps))]

    with capture_logs() as lines:
        scheduler_of(*jobs, leases=leases).look()

    assert leases.given_back == [("a", None), ("b", None), ("c", NOW)]
    assert [(line["job"], line["error"]) for line in lines] == [("a", "StoreBusy"), ("b", "KeyError")]
    assert "secret" not in str(lines)


def test_stopping_waits_for_one_step_and_not_for_the_pause_or_the_rest() -> None:
    begun = Event()
    done = []

    def step(now: datetime) -> bool:
        done.append(now)
        begun.set()
        time.sleep(0.01)
        return True

    leases = Leases()
    scheduler = scheduler_of(Job(name="sweep", every=DAY, step=step), leases=leases, pause_per_work=100_000.0)
    scheduler.start()
    assert begun.wait(10)
    start = time.monotonic()
    scheduler.stop()

    assert time.monotonic() - start < 5
    assert len(done) == 1
    assert leases.given_back == [("sweep", None)]


def test_a_step_waits_for_a_moment_without_requests() -> None:
    steps = Steps(3)
    asked = []

    def is_busy() -> bool:
        asked.append(steps.done)
        return len(asked) in (1, 2, 4)

    scheduler_of(Job(name="sweep", every=DAY, step=steps), is_busy=is_busy).look()

    assert asked == [0, 0, 0, 1, 1, 2]
    assert steps.done == 3


def test_who_waits_for_such_a_moment_can_be_stopped() -> None:
    waits, steps, leases = Event(), Steps(1), Leases()

    def is_busy() -> bool:
        waits.set()
        return True

    scheduler = scheduler_of(Job(name="sweep", every=DAY, step=steps), leases=leases, is_busy=is_busy)
    scheduler.start()
    assert waits.wait(10)
    start = time.monotonic()
    scheduler.stop()

    assert time.monotonic() - start < 2
    assert steps.done == 0
    assert leases.given_back == [("sweep", None)]


def test_it_looks_again_and_again_until_it_is_stopped() -> None:
    enough = Event()
    times = []

    def step(now: datetime) -> bool:
        times.append(now)
        if len(times) == 3:
            enough.set()
        return False

    scheduler = scheduler_of(Job(name="sweep", every=DAY, step=step), seconds_between_looks=0.001)
    scheduler.start()
    assert enough.wait(10)
    scheduler.stop()
    n_then = len(times)
    time.sleep(0.02)

    assert len(times) == n_then
