"""Counts for the office: where places are and who seeks them, none of startups below five."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from api.dependencies import Caller
from api.json_route import JsonRoute
from api.needs import needs
from api.problems import documented
from api.record_files import file_answer
from api.responses import Json, language_headers
from api.routes.startups import PRIVATE, READS
from api.schemas.common import Lang
from api.schemas.office import Chart, OfficeBoardOut, board_out, columns_of, flat_row, rows_of
from data.tabular.writing import written
from matcher.domain.imports import FileForm
from matcher.domain.permissions import Action

AS_CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The data of this chart; counts below five stand there as `<5`.",
        "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}},
    }
}
OneChart = Annotated[Chart, Path(description="Which of the board's charts.")]

router = APIRouter(prefix="/v1/office", tags=["office"], route_class=JsonRoute)


@router.get(
    "/board",
    operation_id="readOfficeBoard",
    summary="Read the counts of the office",
    response_class=Json,
    response_model=OfficeBoardOut,
    responses=documented({}, *READS),
    **needs(Action.READ_COUNTS),
)
def read_office_board(caller: Caller, lang: Lang = None) -> Response:
    """Demand and carriers by field, gaps, starved and crowded carriers, residents, and the policy's dated targets."""
    services, language = caller.services, caller.language(lang)
    now = services.now()
    figures = services.leads.office(caller.actor, now=now)
    registry = services.registry.snapshot()
    content = board_out(figures, now.date(), caller.request_id, language, registry, services.sentences)
    return Json(content, language=language, headers=PRIVATE)


@router.get(
    "/{chart}.csv",
    operation_id="exportOfficeChart",
    summary="Take the data of one chart along",
    response_class=Response,
    responses=documented(AS_CSV, *READS),
    **needs(Action.READ_COUNTS),
)
def export_office_chart(caller: Caller, chart: OneChart, lang: Lang = None) -> Response:
    """The same rows as in the board, as CSV for spreadsheets."""
    services, language = caller.services, caller.language(lang)
    figures = services.leads.office(caller.actor, now=services.now())
    rows = rows_of(chart, figures, language, services.registry.snapshot(), services.sentences)
    content = written(map(flat_row, rows), FileForm.CSV, columns_of(chart, figures))
    return file_answer(content, FileForm.CSV, f"office-{chart.value}", PRIVATE | language_headers(language))
