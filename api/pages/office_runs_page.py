"""Runs over all startups, for whoever may start them: the one going on, the last ones, start and cancel."""

from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Response

from api.pages.done import after, told
from api.pages.forms import Form, Sent, form_needs, page_needs, whole_number
from api.pages.office_page import OFFICE, PLACE
from api.pages.run_lines import FIGURES, going_on, run_line
from api.pages.visit import PageRoute, Visit, Visitor
from api.problems import kind_of
from api.routes.jobs import OneJob, asked_runs
from api.terminal.words import SCOPES
from matcher.domain.errors import InvalidField, MatcherError, RunInProgress
from matcher.domain.messages import Message
from matcher.domain.permissions import Action
from matcher.domain.run_limits import DEFAULT_LEADS, DEFAULT_LIST
from matcher.domain.run_records import RunId, RunWish
from matcher.domain.startups import Scope

RUNS = OFFICE + "/runs"
LATEST = 20
NOTICES = {
    "started": Message.of("The run is asked for. Until it is whole, the last lists stay in force."),
    "cancelled": Message.of("The run is to end: at once if it waits, else after the block in progress."),
}

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True)
class Wanted:
    """What stands in the form, and what is wrong with it."""

    k: str = str(DEFAULT_LIST)
    leads: str = str(DEFAULT_LEADS)
    scope: str = Scope.HOME.value
    errors: dict[str, Message] = field(default_factory=dict)  # by field; "" for the whole


@router.get(RUNS, **page_needs(Action.START_JOBS))
def show_runs(visit: Visitor) -> Response:
    """The same runs as `GET /v1/jobs`."""
    return _page(visit, Wanted())


@router.post(RUNS, **form_needs(Action.START_JOBS))
def start_run(visit: Visitor, sent: Form) -> Response:
    try:
        asked_runs(visit.caller).start(visit.actor, _wish(sent))
    except (InvalidField, RunInProgress) as error:
        wrong = {error.field or "": error.message}
        wanted = Wanted(sent.text("k"), sent.text("leads"), sent.text("scope"), wrong)
        return _page(visit, wanted, error)
    return visit.go(after(RUNS, "started"))


@router.post(RUNS + "/{job_id}/cancel", **form_needs(Action.START_JOBS))
def cancel_run(visit: Visitor, job_id: OneJob) -> Response:
    asked_runs(visit.caller).cancel(visit.actor, RunId(job_id))
    return visit.go(after(RUNS, "cancelled"))


def _page(visit: Visit, wanted: Wanted, error: MatcherError | None = None) -> Response:
    found = asked_runs(visit.caller).latest(visit.actor, LATEST)
    now = next((run for run in found if run.is_unfinished), None)
    shown: dict[str, Any] = {
        "now": None if now is None else going_on(now, visit.actor),
        "runs": [run_line(run, visit.actor) for run in found],
        "figures": FIGURES,
        "wanted": wanted,
        "scopes": SCOPES,
        "address": RUNS,
    }
    if visit.wants_part:
        return visit.fragment("office_runs_part.html", **shown)
    status = 200 if error is None else kind_of(error).status
    notice = told(visit, NOTICES)
    return visit.page(
        "office_runs.html",
        title=Message.of("Runs over all startups"),
        place=PLACE,
        status=status,
        notice=notice,
        **shown,
    )


def _wish(sent: Sent) -> RunWish:
    """Raises InvalidField; numbers out of range are the service's to refuse."""
    scope = sent.text("scope")
    if scope not in list(Scope):
        raise InvalidField("Choose one from the list.", field="scope")
    k, leads = (whole_number(sent.text(name), name) for name in ("k", "leads"))
    return RunWish(k=k or 0, leads=leads or 0, scope=Scope(scope))
