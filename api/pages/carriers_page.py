"""All carriers and partners: a list that filters narrow, page by page."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.cursors import cursor_after, id_before
from api.pages.carrier_filters import FIRST, Filters, ListQuery, address_of_list
from api.pages.carrier_lines import carrier_line
from api.pages.visit import PageRoute, Visitor
from api.terminal.voice import Voice
from matcher.domain.messages import Message
from matcher.services.carrier_choices import choices
from matcher.services.carrier_pages import page_of_carriers

router = APIRouter(route_class=PageRoute)


@router.get("/carriers")
def show_carriers(visit: Visitor, query: Annotated[ListQuery, Query()]) -> Response:
    """In the order of their ids; a script that filters gets the list alone."""
    sent = visit.request.query_params.multi_items()
    if not visit.wants_part and any(value == "" for _, value in sent):  # so that an address says what is asked for
        return visit.go(address_of_list({name: value for name, value in sent if value}))
    registry = visit.caller.services.registry.snapshot()
    wanted = query.filter(registry.taxonomy)
    voice = Voice(visit.caller.services.sentences, visit.language, registry)
    page = page_of_carriers(
        registry, wanted, after=id_before(query.cursor) if query.cursor else None, limit=query.limit
    )
    filters = Filters(query, choices(registry, wanted), voice)
    chosen = query.chosen
    content: dict[str, Any] = {
        "chips": filters.chips,
        "carriers": [carrier_line(carrier, voice) for carrier in page.carriers],
        "total": page.total,
        "n_all": filters.found.n_all,
        "address": address_of_list(chosen),
        "begins_later": query.cursor is not None,
        "next": address_of_list(chosen, cursor=cursor_after(page.next_after)) if page.next_after is not None else "",
        "more": [one for one in filters.selects if one.name not in FIRST],
        "first": [one for one in filters.selects if one.name in FIRST],
        "name": chosen.get("name", ""),
        "registry": registry.version,
    }
    if visit.wants_part:
        return visit.fragment("carriers_part.html", **content)
    return visit.page("carriers.html", title=Message.of("Carriers"), place="carriers", **content)
