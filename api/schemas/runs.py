"""Runs over everybody, as they are told to whoever may start them; they say nothing of a single startup."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from matcher.domain.messages import Message
from matcher.domain.run_records import RunRecord

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
