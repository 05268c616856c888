"""Leads as a file: handed out as a workbook, and plans taken in again with every row named that cannot be used."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from fastapi import APIRouter, Response

from api.pages.desk import PLACE, Desk
from api.pages.desk_query import DESK, DeskQuery
from api.pages.desk_words import REASONS, in_words_of
from api.pages.forms import Form, Sent, form_needs, page_needs
from api.pages.lead_words import STATUSES
from api.pages.visit import PageRoute, Visit, Visitor
from api.problems import kind_of
from api.record_files import Form as FormOfFile
from api.record_files import file_answer
from api.schemas.answers import NO_CHAIN_LABEL
from api.schemas.leads import AGE_WORDS
from api.sentences import Sentences
from api.terminal.words import BANDS
from data.tabular.columns import COMMENT
from data.tabular.leads import COLUMNS, PLANNED, LeadWords, lead_record, read_plan
from data.tabular.reading import read_records
from data.tabular.writing import written
from matcher.domain.errors import ImportRefused, InvalidFile, RowFault
from matcher.domain.imports import FileForm, ImportReport, ReadFile
from matcher.domain.messages import Language, Message
from matcher.domain.permissions import Action
from matcher.services.import_plans import MOST_ROWS

FILES = DESK + "/files"
SPOKEN = (Language.ZH, Language.EN, Language.DE)
MOST_FAULTS_SHOWN = 100
PRIVATE = {"Cache-Control": "no-store"}
Word = TypeVar("Word", bound=str)

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a file."""

    report: ImportReport | None = None
    wrong: Message | None = None  # of the whole file
    faults: tuple[RowFault, ...] = ()
    notes: tuple[Message, ...] = ()
    status: int = 200


NOTHING_TAKEN = Taken()


@router.get(FILES, **page_needs(Action.SEE_LEADS))
def show_files(visit: Visitor) -> Response:
    return _page(visit, NOTHING_TAKEN)


@router.get(DESK + "/export.{form}", **page_needs(Action.SEE_LEADS))
def export_leads(visit: Visitor, form: FormOfFile) -> Response:
    """The leads that the address asks for, in its order; each startup can read that it was listed."""
    desk, services = Desk(visit), visit.caller.services
    query = DeskQuery.of(visit.request.query_params)
    page = services.leads.desk.page(
        visit.actor,
        desk.carrier,
        query.filter(visit.actor.account),
        order=query.order,
        limit=MOST_ROWS,
        now=services.now(),
    )
    words = LeadWords(
        visit.language,
        desk.registry.taxonomy,
        {one: visit.say(word) for one, word in STATUSES.items()},
        {one: visit.say(word) for one, word in AGE_WORDS.items()},
        {one: visit.say(word) for one, word in BANDS.items()},
        visit.say(NO_CHAIN_LABEL),
        desk.logins,
    )
    records = [lead_record(view, words) for view in page.leads]
    return file_answer(
        written(records, form, COLUMNS, _comments(visit, len(page.leads), page.total)), form, "leads", PRIVATE
    )


@router.post(FILES, **form_needs(Action.MOVE_LEAD))
def take_plans(visit: Visitor, sent: Form) -> Response:
    """All rows or none, unless the others are to be written; the page says what became of each."""
    services, desk = visit.caller.services, Desk(visit)
    sentences = services.sentences
    statuses, reasons = _by_word(STATUSES, sentences), _by_word(REASONS, sentences)
    try:
        report = services.leads.take_plans(
            visit.actor,
            desk.carrier,
            _file(sent),
            lambda values: read_plan(values, statuses, reasons),
            keep_good="keep_good" in sent,
            now=services.now(),
        )
    except ImportRefused as error:
        taken = Taken(wrong=error.message, faults=error.faults, notes=error.notes, status=kind_of(error).status)
        return _page(visit, taken)
    except InvalidFile as error:
        return _page(visit, Taken(wrong=error.message, status=kind_of(error).status))
    return _page(visit, Taken(report=report, faults=report.faults, notes=report.notes))


def _page(visit: Visit, taken: Taken) -> Response:
    desk = Desk(visit)
    return visit.page(
        "desk_files.html",
        title=Message.of("Leads as a file"),
        place=PLACE,
        status=taken.status,
        tab="files",
        carrier_name=desk.name,
        taken=taken,
        faults=[(one.line, one.column, in_words_of(one.reason)) for one in taken.faults[:MOST_FAULTS_SHOWN]],
        n_more=max(0, len(taken.faults) - MOST_FAULTS_SHOWN),
        files=FILES,
        columns=PLANNED,
        statuses=[(one.value, word) for one, word in STATUSES.items()],
        reasons=[(one.value, word) for one, word in REASONS.items()],
        most=MOST_ROWS,
    )


def _file(sent: Sent) -> ReadFile:
    """Raises InvalidFile where none was chosen, or it is none of ours."""
    upload = sent.file("file")
    if upload is None:
        raise InvalidFile("Choose a file.", field="file")
    ending = (upload.filename or "").rpartition(".")[2].lower()
    if ending not in list(FileForm):
        raise InvalidFile("A file that ends in .xlsx, .csv or .jsonl is expected.", field="file")
    return read_records(upload.file.read(), FileForm(ending), COLUMNS)


def _by_word(words: Mapping[Word, Message], sentences: Sentences) -> dict[str, Word]:
    """By their ids and by what they are called in each language."""
    named = {sentences.say(word, language).casefold(): one for one, word in words.items() for language in SPOKEN}
    return named | {one.casefold(): one for one in words}


def _comments(visit: Visit, n: int, total: int) -> list[str]:
    """Rows before the heading that an import passes over."""
    said = [
        Message.of("These columns are taken in again: {columns}. All others are for reading.", columns=PLANNED),
        Message.of(
            "A name stands where the startup has consented today. It may take that back, so do not hand this file on."
        ),
    ]
    if n < total:
        said.insert(
            0, Message.of("The first {n} of {total} leads; narrow the filters for the others.", n=n, total=total)
        )
    return [f"{COMMENT} {visit.say(message)}" for message in said]
