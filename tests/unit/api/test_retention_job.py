"""The daily job goes on until nothing is left to do, says how much that was, and every process forgets on the way."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from structlog.testing import capture_logs

from api.retention_job import AT_ONCE, retention_job
from matcher.services.run_retention import RetentionReport

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass
class Retention:
    """Has something to do twice."""

    asked: list[dict] = field(default_factory=list)

    def __call__(self, **given) -> RetentionReport:
        self.asked.append(given)
        return RetentionReport(noticed=1, erased=2, expired={"page_sessions": 3}, is_done=len(self.asked) > 1)


@dataclass
class Everybodys:
    n_looks: int = 0

    def forget_erased(self) -> None:
        self.n_looks += 1


def test_the_job_is_done_in_small_steps_until_there_is_no_more() -> None:
    retention = Retention()
    job = retention_job(retention, Everybodys())

    with capture_logs() as lines:
        assert [job.step(NOW), job.step(NOW)] == [True, False]

    assert retention.asked == [{"now": NOW, "at_most": AT_ONCE}] * 2
    assert lines[0] == {"event": "retention", "log_level": "info", "noticed": 1, "erased": 2, "page_sessions": 3}


def test_a_process_that_does_not_get_the_job_forgets_all_the_same() -> None:
    everybodys = Everybodys()

    assert retention_job(Retention(), everybodys).is_wanted(NOW)
    assert everybodys.n_looks == 1
