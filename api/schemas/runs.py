"""Runs over everybody, as they are told to whoever may start them; they say nothing of a single startup."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from matcher.domain.messages import Message
from matcher.domain.run_limits import DEFAULT_LEADS, DEFAULT_LIST, MOST_KEPT
from matcher.domain.run_records import RunRecord, RunState, RunWish
from matcher.domain.startups import Scope

Say = Callable[[Message], str]


def run_out(run: RunRecord, say: Say) -> dict[str, Any]:
    """As JSON; `inputs` and what follows are null or empty until the run is done."""
    remaining = run.remaining()
    inputs = run.inputs
    return {
        "id": run.id,
        "state": run.state.value,
        "served": run.is_served,
        "k": run.wish.k,
        "leads": run.wish.leads,
        "scope": run.wish.scope.value,
        "program": run.program,
        "asked_at": _time(run.asked_at),
        "started_at": _time(run.started_at),
        "finished_at": _time(run.finished_at),
        "cancel_asked_at": _time(run.cancel_asked_at),
        "attempts": run.attempts,
        "progress": {
            "done": run.done,
            "total": run.total,
            "seconds_left": None if remaining is None else round(remaining.total_seconds(), 1),
        },
        "failure": None if run.failure is None else say(run.failure),
        "inputs": None
        if inputs is None
        else {
            "on": inputs.on.isoformat(),
            "result": inputs.result,
            "startups": inputs.startups,
            "carriers": inputs.carriers,
            "vocabulary": inputs.vocabulary,
            "registry": inputs.registry,
            "models": {name: getattr(inputs.models, name) for name in ("encoder", "reader", "ranker")},
        },
        "figures": dict(run.figures),
        "seconds": dict(run.timings),
        "previous": run.previous,
        "promoted_at": _time(run.promoted_at),
        "lists_kept": run.lists_kept,
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


class JobIn(BaseModel):
    """What a run is to give."""

    model_config = ConfigDict(strict=True, extra="forbid")

    k: int = Field(DEFAULT_LIST, ge=1, le=MOST_KEPT, description="Most carriers of a startup.")
    leads: int = Field(DEFAULT_LEADS, ge=1, le=MOST_KEPT, description="Most startups of a carrier.")
    scope: Literal["home", "delta", "all"] = Field("home", description="How far to look.")

    def wanted(self) -> RunWish:
        return RunWish(k=self.k, leads=self.leads, scope=Scope(self.scope))


class ProgressOut(BaseModel):
    """How far it has come."""

    done: int = Field(description="Blocks of `total`.")
    total: int | None = Field(description="Null while it is not known.")
    seconds_left: float | None = Field(description="If it goes on as before; null while that cannot be told.")


class ModelsOut(BaseModel):
    """Ids of the models."""

    encoder: str
    reader: str
    ranker: str


class InputsOut(BaseModel):
    """On what it rests."""

    on: date = Field(description="The day on which entry rules were applied.")
    result: str = Field(description="Hash of all that decides the lists.")
    startups: str = Field(description="Hash of all startups.")
    carriers: str = Field(description="Hash of all carriers in scope, with their rules.")
    vocabulary: str
    registry: str = Field(description="Version of the registry.")
    models: ModelsOut


class JobOut(BaseModel):
    """One run; it names no startup."""

    id: str
    state: RunState
    served: bool = Field(description="Whether its lists are those in force.")
    k: int
    leads: int
    scope: Scope
    program: str = Field(description="Version of the program.")
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_asked_at: datetime | None
    attempts: int = Field(description="How often a process began it or went on with it; after three it has failed.")
    progress: ProgressOut
    failure: str | None = Field(description="Why it failed, in the language of the answer.")
    inputs: InputsOut | None = Field(description="Null until it is done.")
    figures: dict[str, int] = Field(description="How many of what; `n_moved` and `moved_by_…` since the run before.")
    seconds: dict[str, float] = Field(description="By stage.")
    previous: str | None = Field(description="The run that was served before.")
    promoted_at: datetime | None
    lists_kept: bool


class OneJobOut(JobOut):
    """One run, as an answer."""

    request_id: str


class JobsOut(BaseModel):
    """Runs, newest first."""

    request_id: str
    jobs: list[JobOut]
