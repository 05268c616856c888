"""The desk's table of leads: the page itself, as its address says and with what a form on it has brought about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import Response

from api.pages.desk import PLACE, Desk
from api.pages.desk_choices import filters, owners, reasons, states, steps_of
from api.pages.desk_query import AT_ONCE, DeskQuery
from api.pages.done import DONE
from api.pages.lead_lines import LeadLine, scale_of
from api.pages.saved_filters import MAX_NAME_CHARACTERS, saved_filters
from api.pages.visit import Visit
from matcher.domain.desk import MAX_SEARCH_CHARACTERS
from matcher.domain.errors import InvalidField
from matcher.domain.leads import MAX_ACTION_CHARACTERS, MAX_NOTE_CHARACTERS, LeadId
from matcher.domain.messages import Message
from matcher.services.lead_views import LeadView

TITLE = Message.of("Leads")
N_FIRST = 3  # filters that are shown without asking for more
NOTICES = {
    "kept": Message.of("The filter is kept in this browser."),
    "forgotten": Message.of("The filter is forgotten."),
    "none": Message.of("Nothing had to be changed."),
}
LIMITS = {
    "search": MAX_SEARCH_CHARACTERS,
    "action": MAX_ACTION_CHARACTERS,
    "note": MAX_NOTE_CHARACTERS,
    "name": MAX_NAME_CHARACTERS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a form on the page has just brought about."""

    errors: Mapping[str, Message] = field(default_factory=dict)  # by field
    n_changed: int = 0
    refused: Mapping[LeadId, Message] = field(default_factory=dict)  # why each could not be changed
    chosen: frozenset[str] = frozenset()  # ids of the leads that were chosen
    values: Mapping[str, str] = field(default_factory=dict)  # of the form's other fields
    status: int = 200


NOTHING_TRIED = Tried()


def table_page(visit: Visit, query: DeskQuery, tried: Tried = NOTHING_TRIED) -> Response:
    """Notes, as the API does, that these leads were shown."""
    desk, services = Desk(visit), visit.caller.services
    page = services.leads.desk.page(
        visit.actor,
        desk.carrier,
        query.filter(visit.actor.account),
        order=query.order,
        skip=query.skip,
        limit=AT_ONCE,
        now=services.now(),
    )
    note_shown(desk, page.leads)
    chosen = filters(desk, query, page.fields)
    lines = [desk.leads.line(view) for view in page.leads]
    n_pages = -(-page.total // AT_ONCE)
    return visit.page(
        "desk.html",
        title=TITLE,
        place=PLACE,
        status=tried.status,
        notice=_notice(visit),
        tab="table",
        carrier_name=desk.name,
        query=query,
        lines=lines,
        scale=scale_of(lines),
        total=page.total,
        page_before=query.turned_to(query.page - 1).address() if query.page > 1 else None,
        page_after=query.turned_to(query.page + 1).address() if query.page < n_pages else None,
        n_pages=n_pages,
        states=states(desk, query, page),
        overdue=(page.n_overdue, DeskQuery({"due": "overdue", "order": "due"}).address()),
        first_filters=chosen[:N_FIRST],
        more_filters=chosen[N_FIRST:],
        more_is_set=any(one.value for one in chosen[N_FIRST:]),
        saved=saved_filters(visit.request, visit.actor.account),
        steps=steps_of(desk, lines),
        reasons=reasons(desk),
        owners=owners(desk),
        tried=tried,
        refused=_refused(desk, lines, tried),
        errors=tried.errors,
        limits=LIMITS,
    )


def note_shown(desk: Desk, views: Sequence[LeadView]) -> None:
    """For learning: which startups stood in a list of this carrier, and where."""
    caller = desk.visit.caller
    caller.services.feedback.note_leads(
        caller.request_id,
        desk.carrier,
        [(view.lead.startup, view.score) for view in views],
        registry=desk.registry.version,
        now=caller.services.now(),
    )


def _refused(desk: Desk, lines: Sequence[LeadLine], tried: Tried) -> list[tuple[str, Message]]:
    """By the titles under which the page shows them."""
    titles = {line.id: line.title for line in lines}
    gone = desk.voice.say(Message.of("A lead that is not on this page any more"))
    return [(titles.get(lead, gone), reason) for lead, reason in tried.refused.items()]


def told_query(words: str) -> DeskQuery:
    """What a form says of the page it stood on; all leads where that cannot be read."""
    try:
        return DeskQuery.of(dict(parse_qsl(words)))
    except InvalidField:
        return DeskQuery({})


def _notice(visit: Visit) -> Message | None:
    done = visit.request.query_params.get(DONE, "")
    if done.isascii() and done.isdigit() and len(done) < 5:
        return Message.of("Leads changed: {n}.", n=int(done))
    return NOTICES.get(done)
