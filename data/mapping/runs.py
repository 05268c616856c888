"""Records of runs to rows and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import orjson

from data.tables import RunListRow, RunRow
from matcher.domain.accounts import AccountId
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.matches import ModelIds
from matcher.domain.messages import Message
from matcher.domain.run_records import Place, RunId, RunInputs, RunList, RunRecord, RunState, RunWish
from matcher.domain.startups import Scope

KIND: Final = "rerank"
Json = dict[str, Any]


def run_values(run: RunRecord) -> Json:
    """All columns but those that others write meanwhile: progress, the wish to cancel, what is served."""
    return {
        "kind": KIND,
        "state": run.state.value,
        "asked_by": run.asked_by,
        "asked_at": run.asked_at,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "attempts": run.attempts,
        "program": run.program,
        "settings": {"k": run.wish.k, "leads": run.wish.leads, "scope": run.wish.scope.value},
        "inputs": None if run.inputs is None else _inputs_json(run.inputs),
        "timings": dict(run.timings),
        "figures": dict(run.figures),
        "failure": None if run.failure is None else _message_json(run.failure),
        "previous_id": run.previous,
        "folder": run.folder,
        "lists_kept": run.lists_kept,
    }


def run_from(row: RunRow) -> RunRecord:
    settings: Mapping[str, Any] = row.settings
    return RunRecord(
        id=RunId(row.id),
        wish=RunWish(k=settings["k"], leads=settings["leads"], scope=Scope(settings["scope"])),
        state=RunState(row.state),
        program=row.program,
        asked_by=AccountId(row.asked_by) if row.asked_by else None,
        asked_at=row.asked_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        cancel_asked_at=row.cancel_asked_at,
        attempts=row.attempts,
        done=row.done,
        total=row.total,
        told_at=row.told_at,
        inputs=None if row.inputs is None else _inputs_from(row.inputs),
        timings=_numbers(row.timings),
        figures=_numbers(row.figures),
        failure=None if row.failure is None else _message_from(row.failure),
        previous=RunId(row.previous_id) if row.previous_id else None,
        promoted_at=row.promoted_at,
        is_served=row.serves is not None,
        folder=row.folder,
        lists_kept=row.lists_kept,
    )


def places_bytes(run_list: RunList) -> bytes:
    return orjson.dumps([[place.carrier, place.score] for place in run_list.places])


def run_list_from(row: RunListRow) -> RunList:
    places = tuple(Place(CarrierId(carrier), score) for carrier, score in orjson.loads(row.places))
    return RunList(startup=StartupId(row.startup_id), content_hash=row.content_hash, places=places)


def _numbers(said: Mapping[str, Any] | None) -> Json:
    return dict(said or {})


def _inputs_json(inputs: RunInputs) -> Json:
    models = inputs.models
    return {
        "result": inputs.result,
        "startups": inputs.startups,
        "carriers": inputs.carriers,
        "vocabulary": inputs.vocabulary,
        "models": {"encoder": models.encoder, "reader": models.reader, "ranker": models.ranker},
        "registry": inputs.registry,
        "on": inputs.on.isoformat(),
    }


def _inputs_from(said: Mapping[str, Any]) -> RunInputs:
    models = ModelIds(**said["models"])
    return RunInputs(**{**said, "models": models, "on": date.fromisoformat(said["on"])})


def _message_json(message: Message) -> Json:
    plain = {name: value if isinstance(value, int | float) else str(value) for name, value in message.params.items()}
    return {"text": message.text, "params": plain}


def _message_from(said: Mapping[str, Any]) -> Message:
    return Message(**said)
