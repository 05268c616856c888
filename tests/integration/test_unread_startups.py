"""Startups that another reader read come back into the lists by themselves."""

from api.metrics import Metrics
from api.scheduler import Scheduler
from api.unread import AT_ONCE, UnreadStartups
from data.leases import SqlLeases
from matcher.domain.errors import StoreNotReady
from tests.factories import NOW, a_draft
from tests.integration.test_startup_records import NEXT_MONTH, OWN, world

__all__ = ["world"]  # the fixture

N = 2 * AT_ONCE + 1


def told(metrics: Metrics) -> str:
    return next(
        line.split()[1] for line in metrics.text().decode().splitlines() if line.startswith("matcher_startups_unread ")
    )


def background(world, metrics: Metrics, now=NOW) -> tuple[Scheduler, UnreadStartups]:
    unread = UnreadStartups(world.reread, metrics)
    scheduler = Scheduler(jobs=[unread.job()], leases=SqlLeases(world.store), now=lambda: now, pause_per_work=0.0)
    return scheduler, unread


def test_another_readers_startups_are_read_in_small_blocks_and_listed_again(world) -> None:
    for _ in range(N):
        world.register(OWN, a_draft(), now=NOW)
    world.reader.id = "steady@2"
    metrics = Metrics()
    everybodys = world.everybodys()
    scheduler, unread = background(world, metrics)

    assert unread.count(NOW)
    assert (unread.n, told(metrics), len(everybodys())) == (N, f"{float(N)}", 0)
    assert unread.step(NOW)
    assert (unread.n, told(metrics), len(everybodys())) == (N - AT_ONCE, f"{float(N - AT_ONCE)}", AT_ONCE)
    scheduler.look()
    assert (unread.n, told(metrics), len(everybodys())) == (0, "0.0", N)


def test_in_another_month_all_are_read_anew_and_then_nothing_is_left_to_do(world) -> None:
    world.register(OWN, a_draft(), now=NOW)
    scheduler, unread = background(world, Metrics(), NEXT_MONTH)
    n_before = len(world.reader.texts)

    scheduler.look()
    scheduler.look()

    assert len(world.reader.texts) == n_before + 1
    assert unread.n == 0


def test_while_another_process_reads_this_one_only_counts(world) -> None:
    world.register(OWN, a_draft(), now=NOW)
    world.reader.id = "steady@2"
    scheduler, unread = background(world, Metrics())
    assert SqlLeases(world.store).take("reread", "another", every=unread.job().every, now=NOW)

    scheduler.look()

    assert unread.n == 1
    assert world.reread.waiting(now=NOW) == 1


def test_a_text_that_cannot_be_read_holds_nobody_up(world) -> None:
    records = [world.register(OWN, a_draft(), now=NOW)[0] for _ in range(N)]
    world.reader.id = "steady@2"
    read = world.reader.read
    n_calls = 0

    def at_fault(descriptions, on):
        nonlocal n_calls
        n_calls += 1
        if n_calls == 1:
            raise StoreNotReady("at fault")
        return read(descriptions, on)

    world.reader.read = at_fault
    scheduler, unread = background(world, Metrics())

    scheduler.look()
    assert unread.n == len(records)
    scheduler.look()
    assert world.reread.waiting(now=NOW) == AT_ONCE
    scheduler.now = lambda: NOW + unread.job().every
    scheduler.look()
    assert world.reread.waiting(now=NOW) == 0
