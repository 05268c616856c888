"""The staff's desk as a board: a column a status, and buttons for the steps that may follow."""

from typing import Any

from fastapi import APIRouter, Response

from api.pages.desk import PLACE, Desk
from api.pages.desk_query import DESK, DeskQuery
from api.pages.desk_table import note_shown, told_query
from api.pages.desk_words import in_words
from api.pages.done import DONE
from api.pages.forms import Form, form_needs, page_needs
from api.pages.lead_words import STATUSES
from api.pages.visit import PageRoute, Visit, Visitor
from api.problems import kind_of
from matcher.domain.errors import IllegalStep, LeadNotFound, MatcherError, Outdated
from matcher.domain.leads import LeadId, LeadStatus
from matcher.domain.messages import Message
from matcher.domain.permissions import Action
from matcher.services.lead_changes import WantedStep

BOARD = DESK + "/board"
IN_COLUMN = 8  # cards; the table has the others
TITLE = Message.of("Board of leads")
MOVED = "moved"
NOTICES = {MOVED: Message.of("The step is kept.")}

router = APIRouter(route_class=PageRoute)


@router.get(BOARD, **page_needs(Action.SEE_LEADS))
def show_board(visit: Visitor) -> Response:
    return _board(visit, DeskQuery.of(visit.request.query_params))


@router.post(BOARD, **form_needs(Action.MOVE_LEAD))
def step_on_board(visit: Visitor, sent: Form) -> Response:
    """A button names the lead, the version that it was shown in, and the status it leads to."""
    services, desk, query = visit.caller.services, Desk(visit), told_query(sent.text("words"))
    lead, version, status = (*sent.text("step").split("."), "", "", "")[:3]
    try:
        if status not in list(LeadStatus) or not (version.isascii() and version.isdigit()):
            raise IllegalStep("Choose one of the steps.", field="step")
        services.leads.move.step(
            visit.actor,
            desk.carrier,
            LeadId(lead),
            WantedStep(status=LeadStatus(status)),
            expected=int(version),
            now=services.now(),
        )
    except (IllegalStep, LeadNotFound, Outdated) as error:
        return _board(visit, query, error=error, moved=lead)
    if visit.wants_part:
        return _board(visit, query, moved=lead)
    return visit.go(query.address(BOARD, **{DONE: MOVED}))


def _board(visit: Visit, query: DeskQuery, error: MatcherError | None = None, moved: str = "") -> Response:
    desk, services = Desk(visit), visit.caller.services
    columns = services.leads.desk.board(
        visit.actor, desk.carrier, query.filter(visit.actor.account), most=IN_COLUMN, now=services.now()
    )
    note_shown(desk, [view for column in columns for view in column.leads])
    status = 200 if error is None else kind_of(error).status
    wrong = None if error is None else in_words(error)
    shown: dict[str, Any] = {
        "columns": [
            (
                column.status,
                desk.voice.say(STATUSES[column.status]),
                [desk.leads.line(view) for view in column.leads],
                column.total,
                query.with_word("status", column.status.value).address(),
            )
            for column in columns
        ],
        "query": query,
        "moved": moved,
        "wrong": wrong,
    }
    if visit.wants_part:
        return visit.fragment("desk_board_part.html", status, **shown)
    notice = NOTICES.get(visit.request.query_params.get(DONE, ""))
    return visit.page(
        "desk_board.html",
        title=TITLE,
        place=PLACE,
        status=status,
        notice=notice,
        tab="board",
        carrier_name=desk.name,
        **shown,
    )
