"""Runs over everybody, for whoever may start them: begin one, see how far it is, cancel it."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Response

from api.dependencies import Call, Caller
from api.json_route import JsonRoute
from api.needs import needs
from api.problems import documented
from api.responses import Json
from api.routes.startups import PRIVATE, READS, WRITES
from api.schemas.common import Lang
from api.schemas.runs import JobIn, JobsOut, OneJobOut, run_out
from matcher.domain.errors import RunInProgress, RunNotFound
from matcher.domain.permissions import Action
from matcher.domain.run_records import RunId, RunRecord
from matcher.services.asked_runs import AskedRuns

OneJob = Annotated[str, Path(description="Id of the run.", max_length=128)]

router = APIRouter(prefix="/v1/jobs", tags=["jobs"], route_class=JsonRoute)


@router.get(
    "",
    operation_id="listJobs",
    summary="List runs over everybody",
    response_class=Json,
    response_model=JobsOut,
    responses=documented({}, *READS),
    **needs(Action.START_JOBS),
)
def list_jobs(
    caller: Caller,
    limit: Annotated[int, Query(ge=1, le=100, description="Most runs to list.")] = 20,
    lang: Lang = None,
) -> Response:
    """Newest first, those of `matcher rerank` among them."""
    found = asked_runs(caller).latest(caller.actor, limit)
    content = {"request_id": caller.request_id, "jobs": [_out(caller, run, lang) for run in found]}
    return Json(content, language=caller.language(lang), headers=PRIVATE)


@router.post(
    "",
    operation_id="startJob",
    summary="Rank everybody anew",
    status_code=201,
    response_class=Json,
    response_model=OneJobOut,
    responses=documented({201: {"description": "It waits for its turn."}}, *WRITES, RunInProgress),
    **needs(Action.START_JOBS),
)
def start_job(caller: Caller, wanted: Annotated[JobIn, Body()], lang: Lang = None) -> Response:
    """Begun at once where this server is free. Once it is whole its lists are in force, until then the last ones."""
    run = asked_runs(caller).start(caller.actor, wanted.wanted())
    return _one(caller, run, lang, 201)


@router.get(
    "/{job_id}",
    operation_id="getJob",
    summary="See how far a run is",
    response_class=Json,
    response_model=OneJobOut,
    responses=documented({}, *READS, RunNotFound),
    **needs(Action.START_JOBS),
)
def get_job(caller: Caller, job_id: OneJob, lang: Lang = None) -> Response:
    """With an estimate of the time left once there is a part to judge by."""
    return _one(caller, asked_runs(caller).one(caller.actor, RunId(job_id)), lang)


@router.delete(
    "/{job_id}",
    operation_id="cancelJob",
    summary="Cancel a run",
    response_class=Json,
    response_model=OneJobOut,
    responses=documented({}, *WRITES, RunNotFound),
    **needs(Action.START_JOBS),
)
def cancel_job(caller: Caller, job_id: OneJob, lang: Lang = None) -> Response:
    """One that waits is over at once, one at work after the block in progress. One that is over stays as it is."""
    return _one(caller, asked_runs(caller).cancel(caller.actor, RunId(job_id)), lang)


def asked_runs(caller: Call) -> AskedRuns:
    """What starts runs and looks at them; of this server's own worker it wakes the one there is."""
    services = caller.services
    return services.batch.asked(services.runs.wake if services.runs is not None else _nobody)


def _nobody() -> None:
    """Another process looks after runs."""


def _out(caller: Call, run: RunRecord, lang: str | None) -> dict[str, object]:
    language = caller.language(lang)
    return run_out(run, lambda message: caller.services.sentences.say(message, language))


def _one(caller: Call, run: RunRecord, lang: str | None, status: int = 200) -> Response:
    content = {"request_id": caller.request_id, **_out(caller, run, lang)}
    return Json(content, status, language=caller.language(lang), headers=PRIVATE)
