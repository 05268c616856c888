"""Runs over the store's startups with a record each; a whole one is served from then on, any other leaves the last."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from matcher.domain.accounts import AccountId
from matcher.domain.errors import MatcherError, RunInProgress, RunStopped, StoreNotReady
from matcher.domain.handovers import Handover
from matcher.domain.ids import StartupId
from matcher.domain.reranking_runs import Reranked, RerankProgress
from matcher.domain.run_records import (
    INTERRUPTED,
    MOST_ATTEMPTS,
    REPLACED,
    Place,
    RunId,
    RunList,
    RunRecord,
    RunState,
    RunWish,
)
from matcher.domain.startups import Scope
from matcher.ports import Reranks, RunResults, Transactions, Turn, Turns
from matcher.services.compare_runs import compared
from matcher.services.seen_sides import Seen, SeenSides

SECONDS_BETWEEN_TELLINGS = 1.0
Told = Callable[[RerankProgress], None]
Stop = Callable[[], bool]


@dataclass(frozen=True, kw_only=True)
class RecordedRuns:
    """One store, one folder, one way to compute."""

    transactions: Transactions
    rerank: Reranks
    seen: SeenSides  # through which `rerank` reads
    results: RunResults
    find_handovers: Callable[[Scope, date], Sequence[Handover]]
    turns: Turns
    new_id: Callable[[], RunId]
    program: str  # its version
    n_kept: int  # runs whose lists are kept
    now: Callable[[], datetime]
    today: Callable[[], date]

    def ask(self, wish: RunWish, by: AccountId | None) -> RunRecord:
        """A record of a run that waits for its turn.

        Raises:
            RunInProgress: another one waits, or is at work.
            InvalidField: a number is out of range.
        """
        run = self._new(wish, by)
        with self.transactions() as uow:
            uow.lock()
            if uow.runs.unfinished():
                raise RunInProgress("Another run of this store is going on. Wait until it is done, or cancel it.")
            uow.runs.add(run)
            uow.commit()
        return run

    def __call__(
        self, wish: RunWish, *, told: Told = lambda _: None, stop: Stop = lambda: False
    ) -> tuple[RunRecord, Reranked]:
        """Run now, or go on with a run of the same wish that was interrupted.

        Raises:
            RunInProgress: another run of this store is going on.
            RunStopped: `stop` said so, or it was cancelled.
        """
        with self.turns() as turn:
            run = self._interrupted(wish)
            if run is None:
                run = self._new(wish, None)
                with self.transactions() as uow:
                    uow.runs.add(run)
                    uow.commit()
            return self._work(run, _Progress(self, run.id, turn, told, stop), RunState.STOPPED)

    def next_one(self, *, stop: Stop = lambda: False) -> RunRecord | None:
        """Do one run that waits, or that was interrupted; None where there is none. Stopped, it waits again.

        Raises:
            RunInProgress: another process is at it.
            RunStopped: `stop` said so, or it was cancelled.
        """
        if not self.any_unfinished():
            return None
        with self.turns() as turn:
            self._interrupted(None)
            with self.transactions() as uow:
                run = next(iter(uow.runs.unfinished()), None)
            if run is None:
                return None
            progress = _Progress(self, run.id, turn, lambda _: None, stop)
            return self._work(run, progress, RunState.WAITING)[0]

    def any_unfinished(self) -> bool:
        with self.transactions() as uow:
            return bool(uow.runs.unfinished())

    def _new(self, wish: RunWish, by: AccountId | None) -> RunRecord:
        wish.order(self.today())
        return RunRecord(id=self.new_id(), wish=wish, program=self.program, asked_by=by, asked_at=self.now())

    def _interrupted(self, wish: RunWish | None) -> RunRecord | None:
        """A run that some process began and did not end; those tried too often, or that nobody wants, have failed.

        Args:
            wish: what is wanted; None takes any.
        """
        found = None
        with self.transactions() as uow:
            for run in uow.runs.unfinished():
                if run.state is not RunState.RUNNING:
                    continue
                if run.attempts >= MOST_ATTEMPTS:
                    uow.runs.replace(run.ended(RunState.FAILED, self.now(), INTERRUPTED))
                elif wish is not None and run.wish != wish:
                    uow.runs.replace(run.ended(RunState.FAILED, self.now(), REPLACED))
                else:
                    found = run
            uow.commit()
        return found

    def _work(self, run: RunRecord, progress: "_Progress", when_stopped: RunState) -> tuple[RunRecord, Reranked]:
        run = run.begun(self.now())
        self._note(run)
        try:
            done = self.rerank(run.wish.order(self.today()), told=progress.told, stop=progress.is_to_stop)
            return self._keep(run, done, self.seen.seen()), done
        except MatcherError as error:
            if not progress.turn.is_lost:  # else the record is another's
                with suppress(StoreNotReady):  # a full disk takes no record: the next run finds this one unfinished
                    self._note(self._ended(run, progress, error, when_stopped))
            raise

    def _ended(self, run: RunRecord, progress: "_Progress", error: MatcherError, when_stopped: RunState) -> RunRecord:
        if progress.is_cancelled:
            return run.ended(RunState.CANCELLED, self.now())
        if not (isinstance(error, RunStopped) and progress.stop()):
            return run.ended(RunState.FAILED, self.now(), error.message)
        if when_stopped is RunState.WAITING:
            return replace(run, state=when_stopped)
        return run.ended(when_stopped, self.now())

    def _note(self, run: RunRecord) -> None:
        with self.transactions() as uow:
            uow.runs.replace(run)
            uow.commit()

    def _keep(self, run: RunRecord, done: Reranked, seen: Seen) -> RunRecord:
        """Lists, hand-overs, record and promotion in one transaction: all of it, or nothing."""
        handovers = self.find_handovers(run.wish.scope, done.order.on)
        with self.transactions() as uow:
            uow.lock()
            previous = uow.runs.served()
            whole = run.kept(done, seen.vocabulary, self.results.name(done), self.now())
            whole = replace(
                whole,
                figures={**whole.figures, "n_handovers": len(handovers)},
                previous=None if previous is None else previous.id,
            )
            uow.runs.keep(run.id, self._lists(done, seen), seen.carriers)
            uow.handovers.keep(run.id, handovers)
            uow.runs.replace(whole)
            uow.runs.serve(run.id, self.now())
            kept = [one.id for one in uow.runs.with_lists() if one.id != run.id]
            left = uow.runs.forget_lists([run.id, *kept[: self.n_kept - 1]])
            uow.commit()
        for folder in left:
            self.results.delete(folder)
        return self._with_difference(whole)

    def _lists(self, done: Reranked, seen: Seen) -> Iterator[RunList]:
        """Of all startups, in the order of the file: those without a list get an empty one."""
        found = self.results.places(done)
        startup, places = next(found, (None, []))
        for row, one in enumerate(seen.startups):
            is_listed = one == startup
            told = tuple(Place(*place) for place in places) if is_listed else ()
            yield RunList(startup=StartupId(one), content_hash=seen.hash_of(row), places=told)
            if is_listed:
                startup, places = next(found, (None, []))

    def _with_difference(self, run: RunRecord) -> RunRecord:
        """With counts of who moved since the run before, where that one's lists are kept still."""
        if run.previous is None:
            return run
        with self.transactions() as uow:
            before = uow.runs.get(run.previous)
            if not before.lists_kept:
                return run
            difference = compared(uow, before, run)
            moved = {f"moved_by_{cause}": n for cause, n in difference.by_cause.items()}
            run = replace(run, figures={**run.figures, "n_moved": len(difference.moves), **moved})
            uow.runs.replace(run)
            uow.commit()
        return run


@dataclass
class _Progress:
    """Tells the store how far a run has come, and asks it whether the run is to go on, about once a second."""

    runs: RecordedRuns
    run_id: RunId
    turn: Turn
    tell: Told
    stop: Stop
    is_cancelled: bool = False
    _told_at: float = field(default=0.0, init=False)
    _asked_at: float = field(default=0.0, init=False)

    def told(self, progress: RerankProgress) -> None:
        self.tell(progress)
        if not progress.n_blocks or not self._is_time("_told_at", is_last=progress.n_done == progress.n_blocks):
            return
        with suppress(StoreNotReady), self.runs.transactions() as uow:  # a run does not fail for want of telling
            uow.runs.tell(self.run_id, progress.n_done, progress.n_blocks, self.runs.now())
            uow.commit()

    def is_to_stop(self) -> bool:
        if not self.is_cancelled and self._is_time("_asked_at"):
            with suppress(StoreNotReady), self.runs.transactions() as uow:  # asked again in a second
                self.is_cancelled = uow.runs.get(self.run_id).cancel_asked_at is not None
        return self.is_cancelled or self.turn.is_lost or self.stop()

    def _is_time(self, name: str, *, is_last: bool = False) -> bool:
        now = time.monotonic()
        if not is_last and now - getattr(self, name) < SECONDS_BETWEEN_TELLINGS:
            return False
        setattr(self, name, now)
        return True
