"""Tells owners of startups that nobody uses, erases those they were told of, and lets go what is past its term."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.credentials import SessionLimits
from matcher.domain.ids import StartupId
from matcher.domain.retention import Step, Terms
from matcher.ports import Transactions
from matcher.services.erase import Scrub


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionReport:
    """How many; no names."""

    noticed: int
    erased: int
    expired: Mapping[str, int]  # by table
    is_done: bool  # False: there is more to do


@dataclass(kw_only=True)
class RunRetention:
    """Each startup goes in a transaction of its own: whoever stops it half way runs it again."""

    transactions: Transactions
    scrub: Scrub
    sessions: SessionLimits
    terms: Terms

    def __call__(
        self, *, now: datetime, terms: Terms | None = None, dry_run: bool = False, at_most: int | None = None
    ) -> RetentionReport:
        """What was done, or would be.

        Args:
            now: from when days are counted back.
            terms: other ones than those that are set.
            dry_run: change nothing.
            at_most: startups to deal with; None for all.
        """
        terms = terms or self.terms
        todo = self._todo(terms, now)
        some = list(todo)[:at_most]
        steps = [todo[one] if dry_run else self._take(one, terms, now) for one in some]
        expired = self._forget_expired(terms, now, dry_run=dry_run)
        if not dry_run:
            self.scrub()  # also what an erase left that was killed before it came to this
        return RetentionReport(
            noticed=steps.count(Step.NOTICE),
            erased=steps.count(Step.ERASE),
            expired=expired,
            is_done=len(some) == len(todo),
        )

    def _todo(self, terms: Terms, now: datetime) -> Mapping[StartupId, Step]:
        with self.transactions() as unit:
            idle = unit.retention.idle_since(terms.looked_at_from(now))
        return {one.startup: step for one in idle if (step := terms.step(one, now)) is not Step.KEEP}

    def _take(self, startup_id: StartupId, terms: Terms, now: datetime) -> Step:
        """Its owner may have used it meanwhile: what is done rests on what is true once others can write no more."""
        with self.transactions() as unit:
            unit.lock()
            activity = unit.retention.activity(startup_id)
            step = Step.KEEP if activity is None else terms.step(activity, now)
            if step is Step.ERASE:
                unit.personal.erase_startup(startup_id)
            elif step is Step.NOTICE:
                unit.retention.notice(startup_id, now)
            unit.commit()
        return step

    def _forget_expired(self, terms: Terms, now: datetime, *, dry_run: bool) -> Mapping[str, int]:
        with self.transactions() as unit:
            if dry_run:
                return unit.retention.expired(now, sessions=self.sessions, unnamed=terms.idle)
            counts = unit.retention.forget_expired(now, sessions=self.sessions, unnamed=terms.idle)
            unit.commit()
        return counts
