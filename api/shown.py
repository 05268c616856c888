"""Lists that were shown, on their way to the store: nobody who asks waits for it."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Lock, Thread

import structlog

from api.metrics import Metrics
from matcher.domain.errors import MatcherError
from matcher.domain.impressions import ShownList
from matcher.ports import Transactions

MOST_WAITING = 2_000  # lists; about 5 MB
SECONDS_BETWEEN_WRITES = 0.25
AT_ONCE = 500  # lists in one transaction: it holds the right to write for some hundredths of a second
BETWEEN_FORGETTING = timedelta(hours=1)


@dataclass
class ShownLists:
    """Kept in memory for a quarter of a second at most, then written in one transaction.

    What waits is lost where the process is killed. Where the store cannot be written it waits on; beyond the bound the
    newest are dropped and counted.
    """

    transactions: Transactions
    metrics: Metrics
    kept_for: timedelta
    now: Callable[[], datetime]
    _waiting: deque[ShownList] = field(default_factory=deque, init=False, repr=False)
    _writing: Lock = field(default_factory=Lock, init=False, repr=False)  # one batch at a time, in order
    _starting: Lock = field(default_factory=Lock, init=False, repr=False)
    _stopping: Event = field(default_factory=Event, init=False, repr=False)
    _writer: Thread | None = field(default=None, init=False, repr=False)
    _forgot_at: datetime | None = field(default=None, init=False)

    def put(self, shown: ShownList) -> None:
        """Takes some microseconds; an empty list was not shown."""
        if not shown.places:
            return
        if len(self._waiting) >= MOST_WAITING:
            self.metrics.impressions_dropped.inc()
            return
        self._waiting.append(shown)
        if self._writer is None or not self._writer.is_alive():
            self._start()

    def flush(self) -> None:
        """Write all that waits, now; raises what the store raises, and what could not be written waits on."""
        with self._writing:
            while self._waiting:
                some = [self._waiting[place] for place in range(min(AT_ONCE, len(self._waiting)))]
                self._write(some)
                for _ in some:
                    self._waiting.popleft()

    def close(self) -> None:
        """Write what waits and end the thread; what cannot be written is counted as dropped."""
        self._stopping.set()
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.join()
        self._try_to_flush()
        self.metrics.impressions_dropped.inc(len(self._waiting))

    def _start(self) -> None:
        with self._starting:
            if self._writer is None or not self._writer.is_alive():
                self._stopping.clear()
                self._writer = Thread(target=self._run, name="impressions", daemon=True)
                self._writer.start()

    def _run(self) -> None:
        while not self._stopping.wait(SECONDS_BETWEEN_WRITES):
            if self._waiting:
                self._try_to_flush()

    def _try_to_flush(self) -> None:
        try:
            self.flush()
        except MatcherError as error:
            structlog.get_logger().warning(
                "impressions not written", error=type(error).__name__, waiting=len(self._waiting)
            )

    def _write(self, lists: Sequence[ShownList]) -> None:
        now = self.now()
        forgets = self._forgot_at is None or now - self._forgot_at >= BETWEEN_FORGETTING
        with self.transactions() as uow:
            n_new = uow.impressions.add(lists)
            if forgets:
                uow.impressions.forget_older(now - self.kept_for)
            uow.commit()
        if forgets:
            self._forgot_at = now
        self.metrics.impressions_recorded.inc(n_new)
