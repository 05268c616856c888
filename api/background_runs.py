"""Does the runs that are asked for, in a thread of its own; of all processes one at a time."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread

import structlog

from matcher.domain.errors import MatcherError, RunInProgress, RunStopped
from matcher.services.recorded_runs import RecordedRuns

SECONDS_BETWEEN_LOOKS = 60.0

log = structlog.get_logger()


@dataclass
class BackgroundRuns:
    """Looks now and then for a run that waits or was interrupted, and at once when it is woken."""

    runs: Callable[[], RecordedRuns]
    seconds_between_looks: float = SECONDS_BETWEEN_LOOKS
    _stopped: Event = field(default_factory=Event, init=False, repr=False)
    _woken: Event = field(default_factory=Event, init=False, repr=False)
    _thread: Thread | None = field(default=None, init=False, repr=False)

    def start(self) -> None:
        self._stopped.clear()
        self._thread = Thread(target=self._look_again_and_again, name="runs", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        """A run at work ends after the block in progress, and waits for the next start."""
        self._stopped.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def look(self) -> None:
        """Do what waits now."""
        try:
            while not self._stopped.is_set() and (run := self.runs().next_one(stop=self._stopped.is_set)) is not None:
                log.info("run_done", run=run.id)
        except RunInProgress:  # another process is at it
            pass
        except RunStopped:
            log.info("run_stopped")
        except MatcherError as error:
            log.warning("run_failed", error=type(error).__name__)
        except Exception as error:  # the last line of defence: one run at fault must not end the next
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{last.filename.rpartition('/')[2]}:{last.lineno} {last.name}"
            log.error("run_failed", error=type(error).__name__, where=where)

    def _look_again_and_again(self) -> None:
        while not self._stopped.is_set():
            self.look()
            self._woken.wait(self.seconds_between_looks)
            self._woken.clear()
