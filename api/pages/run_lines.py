"""Runs over all startups as a page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.terminal.words import RUN_STATES, SCOPES
from matcher.domain.accounts import Actor
from matcher.domain.messages import Message
from matcher.domain.run_records import RunId, RunRecord, RunState

NO_ACCOUNT = Message.of("the command line, or an account that is gone")
CLASSES = {RunState.DONE: "good", RunState.FAILED: "bad", RunState.RUNNING: "warn", RunState.WAITING: "warn"}
FIGURES = ("n_startups", "n_carriers", "n_moved", "n_handovers")  # as the table names them
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RunLine:
    id: RunId
    asked_at: datetime
    asked_by: Message
    program: str
    wish: Message
    state: Message
    look: str  # class of the state's tag
    failure: Message | None
    figures: Mapping[str, int | None]  # None: not known
    took: Message | None  # None while it is not over
    promoted_at: datetime | None
    is_served: bool


@dataclass(frozen=True, slots=True)
class GoingOn:
    """The run that waits or is at work."""

    line: RunLine
    share: float | None  # of its work; None while that cannot be told
    done: int  # blocks
    total: int | None
    left: Message
    is_cancelled: bool  # and ends after the block in progress


def run_line(run: RunRecord, actor: Actor) -> RunLine:
    return RunLine(
        id=run.id,
        asked_at=run.asked_at,
        asked_by=_asked_by(run, actor),
        program=run.program,
        wish=Message.of(
            "{k} carriers a startup, {leads} startups a carrier; {scope}",
            k=run.wish.k,
            leads=run.wish.leads,
            scope=SCOPES[run.wish.scope],
        ),
        state=RUN_STATES[run.state],
        look=CLASSES.get(run.state, ""),
        failure=run.failure,
        figures={name: run.figures.get(name) for name in FIGURES},
        took=_took(run),
        promoted_at=run.promoted_at,
        is_served=run.is_served,
    )


def going_on(run: RunRecord, actor: Actor) -> GoingOn:
    return GoingOn(
        line=run_line(run, actor),
        share=run.done / run.total if run.total else None,
        done=run.done,
        total=run.total,
        left=_left(run),
        is_cancelled=run.cancel_asked_at is not None,
    )


def _took(run: RunRecord) -> Message | None:
    if run.started_at is None or run.finished_at is None:
        return None
    took = run.finished_at - run.started_at
    if took < 2 * A_MINUTE:
        return Message.of("{n} s", n=max(1, round(took.total_seconds())))
    return Message.of("{n} min", n=round(took / A_MINUTE))


def _left(run: RunRecord) -> Message:
    left = run.remaining()
    if run.state is RunState.WAITING:
        return Message.of("It waits for its turn, for a minute at most where a server is free.")
    if left is None:
        return Message.of("How long it will take cannot be told yet.")
    if left < A_MINUTE:
        return Message.of("Less than a minute left, if it goes on as before.")
    return Message.of("About {n} minutes left, if it goes on as before.", n=round(left / A_MINUTE))


def _asked_by(run: RunRecord, actor: Actor) -> Message:
    if run.asked_by is None:
        return NO_ACCOUNT
    return Message.of("you") if run.asked_by == actor.account else Message.of("another account")
