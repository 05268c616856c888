"""The board of the office: charts, gaps, starved carriers, and the policy's dated targets; each chart has a page."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.pages.forms import page_needs
from api.pages.office_charts import HEADINGS, OfficeCharts
from api.pages.office_words import OfficeWords
from api.pages.visit import PageRoute, Visit, Visitor
from api.routes.office import OneChart
from matcher.domain.messages import Message
from matcher.domain.office_figures import OfficeFigures
from matcher.domain.permissions import Action
from matcher.domain.small_cells import LEAST_SHOWN
from matcher.domain.targets import Unit

OFFICE = "/office"
PLACE = "office"
STARVED_ON_BOARD = 30
UNITS = {
    Unit.CARRIERS: Message.of("carriers"),
    Unit.SQUARE_METRES: Message.of("m²"),
    Unit.FIRMS: Message.of("firms and teams"),
    Unit.PEOPLE: Message.of("people"),
    Unit.YUAN: Message.of("yuan"),
}
Start = Annotated[int, Query(ge=0, le=1_000_000)]

router = APIRouter(route_class=PageRoute)


@router.get(OFFICE, **page_needs(Action.READ_COUNTS))
def show_office_board(visit: Visitor) -> Response:
    """The same numbers as `GET /v1/office/board`."""
    services = visit.caller.services
    figures, words = _figures(visit), _words(visit)
    starved = figures.attention.starved if figures.attention else ()
    registry = services.registry.snapshot()
    return visit.page(
        "office.html",
        title=Message.of("Office board"),
        place=PLACE,
        figures=figures,
        starved=starved[:STARVED_ON_BOARD],
        n_more_starved=max(0, len(starved) - STARVED_ON_BOARD),
        on=services.now(),
        registry=registry.version,
        panels=list(OfficeCharts(figures, words).all()),
        count=words.count,
        label=registry.taxonomy.label,
        units=UNITS,
        least=LEAST_SHOWN,
    )


@router.get(OFFICE + "/{chart}", **page_needs(Action.READ_COUNTS))
def show_office_chart(visit: Visitor, chart: OneChart, start: Start = 0) -> Response:
    """One chart with its table; what has no picture stands on the board."""
    if chart not in HEADINGS:
        return visit.go(f"{OFFICE}#{chart.value}")
    return visit.page(
        "office_chart.html",
        title=HEADINGS[chart],
        place=PLACE,
        panel=OfficeCharts(_figures(visit), _words(visit)).of(chart, start),
        start=start,
        on=visit.caller.services.now(),
        charts=HEADINGS,
        least=LEAST_SHOWN,
    )


def _figures(visit: Visit) -> OfficeFigures:
    services = visit.caller.services
    return services.leads.office(visit.actor, now=services.now())


def _words(visit: Visit) -> OfficeWords:
    services = visit.caller.services
    return OfficeWords(services.registry.snapshot().taxonomy, visit.language, services.sentences)
