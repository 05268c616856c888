"""What is written as a file is read back as it was, and no spreadsheet takes a text for a formula."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from data.seed import read_seed, seed_folder
from data.tabular import carriers, startups
from data.tabular.formulas import STARTS_FORMULA, neutral, original
from data.tabular.reading import read_records
from data.tabular.templates import template
from data.tabular.writing import written
from matcher.domain.errors import InvalidFile, InvalidInput
from matcher.domain.imports import FileForm
from matcher.domain.messages import Texts
from matcher.domain.startup_records import StartupDraft
from matcher.domain.startups import Description, Stated
from matcher.domain.taxonomy import Facet
from tests.factories import a_carrier, a_draft, a_startup

SEED = read_seed(seed_folder())
VOCABULARY = SEED.vocabulary
FORMS = list(FileForm)
TABLES = [FileForm.CSV, FileForm.XLSX]
PAYLOADS = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "'=1", "''", "=cmd|'/c calc'!A1"]

words = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t;,\"'=+-@#[]_"),
    max_size=60,
)
flags = st.none() | st.booleans()


def some(facet: Facet):
    return st.none() | st.lists(st.sampled_from(VOCABULARY.ids(facet)), max_size=3, unique=True).map(tuple)


stated = st.builds(
    Stated,
    industry=st.none() | st.sampled_from(VOCABULARY.ids(Facet.INDUSTRY)),
    subfields=some(Facet.SUBFIELD),
    stage=st.none() | st.sampled_from(VOCABULARY.ids(Facet.STAGE)),
    company_age_months=st.none() | st.integers(0, 2400),
    registered=flags,
    foreign_invested=flags,
    services=some(Facet.SERVICE),
    capabilities=some(Facet.CAPABILITY),
    site=some(Facet.SITE),
    districts=st.lists(words.filter(lambda text: bool(text.strip())), max_size=3).map(tuple),
    exclude=st.frozensets(st.sampled_from(["cn001", "cn002", "de001"]), max_size=2),
)


@st.composite
def drafts(draw) -> StartupDraft:
    try:
        return StartupDraft(
            name=draw(words),
            contact=draw(st.none() | words),
            description=Description(text=draw(words), stated=draw(stated)),
            discoverable=draw(st.booleans()),
            train_consent=draw(st.booleans()),
        )
    except InvalidInput:
        return a_draft()


def back(content: bytes, form: FileForm) -> list[StartupDraft]:
    found = read_records(content, form, startups.COLUMNS)
    assert found.faults == ()
    return [startups.read_draft(row.values, VOCABULARY, None) for row in found.rows]


# Startups


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(drafts(), min_size=1, max_size=3))
def test_startups_come_back_as_they_were(form, wanted) -> None:
    content = written([startups.startup_record(a_startup(draft=draft)) for draft in wanted], form, startups.COLUMNS)

    assert back(content, form) == wanted


def test_what_a_row_does_not_speak_of_stays_as_it_was() -> None:
    before = a_draft(
        contact="mail", train_consent=True, description=Description(text="Text", stated=Stated(registered=True))
    )

    after = startups.read_draft({"name": "New", "registered": None}, VOCABULARY, before)

    assert after == replace(before, name="New", description=Description(text="Text", stated=Stated(registered=None)))


def test_an_empty_list_is_not_an_unknown_one() -> None:
    empty = a_draft(description=Description(text="Text", stated=Stated(services=(), site=None)))

    for form in FORMS:
        content = written([startups.startup_record(a_startup(draft=empty))], form, startups.COLUMNS)
        assert back(content, form) == [empty]


@pytest.mark.parametrize(
    "values",
    [{"stage": "stage.none"}, {"subfields": "x"}, {"company_age_months": 1.5}, {"text": 7}, {"registered": "x"}],
)
def test_a_value_that_cannot_be_used_names_its_field(values) -> None:
    with pytest.raises(InvalidInput) as refused:
        startups.read_draft({"name": "Name", "text": "Text", **values}, VOCABULARY, None)

    assert refused.value.field == next(iter(values))


# Carriers


@pytest.mark.parametrize("form", FORMS)
def test_every_carrier_of_the_seed_comes_back_as_it_was(form) -> None:
    content = written(map(carriers.carrier_record, SEED.carriers), form, carriers.COLUMNS)

    found = read_records(content, form, carriers.COLUMNS)

    assert found.faults == ()
    assert tuple(carriers.read_carrier_row(row.values, VOCABULARY) for row in found.rows) == SEED.carriers


def test_a_value_that_is_too_long_for_a_workbook_is_told_and_not_cut() -> None:
    carrier = a_carrier(description=Texts(zh="𠀀" * 17_000))

    with pytest.raises(InvalidFile, match="too long for a workbook"):
        written([carriers.carrier_record(carrier)], FileForm.XLSX, carriers.COLUMNS)


# Formulas


@given(st.text())
def test_a_text_survives_being_made_harmless(text) -> None:
    assert original(neutral(text)) == text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_begins_a_formula(payload) -> None:
    assert neutral(payload).strip(" ")[0] not in STARTS_FORMULA


@pytest.mark.parametrize("payload", [one for one in PAYLOADS if one.strip("'")])
def test_no_cell_of_an_export_is_a_formula(payload) -> None:
    draft = a_draft(contact=payload, description=Description(text=payload, stated=Stated(districts=(payload,))))
    record = startups.startup_record(a_startup(draft=draft))

    table = list(csv.reader(StringIO(written([record], FileForm.CSV, startups.COLUMNS).decode("utf-8-sig"))))
    sheet = load_workbook(BytesIO(written([record], FileForm.XLSX, startups.COLUMNS))).active

    assert [cell for row in table for cell in row if cell.strip(" ")[:1] in STARTS_FORMULA and cell.strip()] == []
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b"}
    assert [
        cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).strip(" ")[:1] in STARTS_FORMULA
    ] == []


# Templates


@pytest.mark.parametrize("form", TABLES)
@pytest.mark.parametrize("columns", [startups.COLUMNS, carriers.COLUMNS], ids=["startups", "carriers"])
def test_a_template_as_it_is_holds_no_record(form, columns) -> None:
    found = read_records(template(form, columns, str), form, columns)

    assert (found.rows, found.faults) == ((), ())


def test_the_examples_of_the_templates_are_valid() -> None:
    lines = {table: template(FileForm.JSONL, table.COLUMNS, str) for table in (startups, carriers)}
    rows = {table: read_records(content, FileForm.JSONL, table.COLUMNS).rows for table, content in lines.items()}

    assert startups.read_draft(rows[startups][0].values, VOCABULARY, None).name == "Example Catheter Ltd."
    example = {**rows[carriers][0].values, "id": "example-1"}
    assert carriers.read_carrier_row(example, VOCABULARY).city == "太仓"
