"""Jobs that one process does for all: who has taken one keeps it for a while, and longer by taking it again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from data.tables import JobRow
from data.unit_of_work import Store

HELD_FOR = timedelta(minutes=2)  # after that, whoever took it is taken to be gone
PATIENCE_MS = 1_000


@dataclass
class SqlLeases:
    """No clock is trusted further than a lease is long: what lies later was written before one was set back."""

    store: Store

    def take(self, job: str, holder: str, *, every: timedelta, now: datetime) -> bool:
        """Whether the job is this holder's for now: nobody else has it, and it was not done in this time.

        Raises:
            StoreBusy: another is writing.
        """
        with self.store.engine.connect() as connection:  # who is not to have it must not wait for its turn to write
            if not _is_free(connection, job, holder, every, now):
                return False
        with self.store.writing(PATIENCE_MS) as connection:
            if not _is_free(connection, job, holder, every, now):
                return False
            done_at = connection.scalar(select(JobRow.done_at).where(JobRow.name == job))
            connection.execute(delete(JobRow).where(JobRow.name == job))
            held = {"name": job, "holder": holder, "held_until": now + HELD_FOR, "done_at": done_at}
            connection.execute(insert(JobRow).values(held))
        return True

    def give_back(self, job: str, holder: str, *, done_at: datetime | None) -> None:
        """Nobody has it any more; `done_at` says when it was done, None that it was not done to its end."""
        values = {"holder": None, "held_until": None, **({} if done_at is None else {"done_at": done_at})}
        with self.store.writing(PATIENCE_MS) as connection:
            connection.execute(update(JobRow).where(JobRow.name == job, JobRow.holder == holder).values(values))


def _is_free(connection: Connection, job: str, holder: str, every: timedelta, now: datetime) -> bool:
    wanted = select(JobRow.holder, JobRow.held_until, JobRow.done_at).where(JobRow.name == job)
    row = connection.execute(wanted).first()
    if row is None or row.holder == holder:
        return True
    if row.holder is not None and now < row.held_until <= now + HELD_FOR:
        return False
    return row.done_at is None or not now - every < row.done_at <= now
