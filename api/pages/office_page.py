"""The board of the office: charts with their tables, gaps, starved carriers, and the policy's dated targets."""

from fastapi import APIRouter, Response

from api.pages.forms import page_needs
from api.pages.office_charts import OFFERS, OfficeCharts
from api.pages.visit import PageRoute, Visitor
from matcher.domain.messages import Message
from matcher.domain.permissions import Action
from matcher.domain.small_cells import LEAST_SHOWN
from matcher.domain.targets import Unit

UNITS = {
    Unit.CARRIERS: Message.of("carriers"),
    Unit.SQUARE_METRES: Message.of("m²"),
    Unit.FIRMS: Message.of("firms and teams"),
    Unit.PEOPLE: Message.of("people"),
    Unit.YUAN: Message.of("yuan"),
}

router = APIRouter(route_class=PageRoute)


@router.get("/office", **page_needs(Action.READ_COUNTS))
def show_office_board(visit: Visitor) -> Response:
    """The same numbers as `GET /v1/office/board`."""
    services = visit.caller.services
    now = services.now()
    figures = services.leads.office(visit.actor, now=now)
    registry = services.registry.snapshot()
    charts = OfficeCharts(figures, registry.taxonomy, visit.language, services.sentences)
    return visit.page(
        "office.html",
        title=Message.of("Office board"),
        place="office",
        figures=figures,
        on=now.date(),
        registry=registry.version,
        panels=list(charts.all()),
        count=charts.count,
        label=registry.taxonomy.label,
        offers=OFFERS,
        units=UNITS,
        least=LEAST_SHOWN,
    )
