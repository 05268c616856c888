"""The daily job that lets go what nobody uses; every process also forgets what was erased elsewhere."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from api.scheduler import Job
from matcher.services.run_retention import RunRetention

NAME = "retention"
EVERY = timedelta(days=1)
AT_ONCE = 50  # startups in one step

log = structlog.get_logger()


class ForgetsErased(Protocol):
    """Holds something of startups in memory."""

    def forget_erased(self) -> None: ...


def retention_job(retention: RunRetention, *memories: ForgetsErased) -> Job:
    def step(now: datetime) -> bool:
        report = retention(now=now, at_most=AT_ONCE)
        log.info("retention", noticed=report.noticed, erased=report.erased, **report.expired)
        return not report.is_done

    return Job(name=NAME, every=EVERY, step=step, is_wanted=_in_every_process(memories))


def _in_every_process(memories: Sequence[ForgetsErased]) -> Callable[[datetime], bool]:
    """The question is asked once a minute in each of them, before one takes the job."""

    def forget(_: datetime) -> bool:
        for memory in memories:
            memory.forget_erased()
        return True

    return forget
