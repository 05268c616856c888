"""The office board as a page: what it shows, what it hides, and for whom it is."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from matcher.domain.accounts import Role
from matcher.domain.ids import CarrierId
from matcher.domain.messages import Texts
from matcher.domain.startups import Scope
from tests.http.counting import add_startups, with_board
from tests.http.paging import Person, main_of, said_by
from tests.security.hostile import SCRIPT

ENGLISH = r"\b(the|you|your|is|who|with)\b"


@pytest.fixture
def office(house, board):
    return with_board(house, board)


@pytest.fixture
def reads(office):
    """Opens the board as somebody of this role."""

    def read(role: Role | None = Role.OFFICE, path: str = "/office", **query: str):
        with office.client() as client:
            person = Person(client)
            if role is not None:
                carrier = CarrierId("cn001") if role is Role.STAFF else None
                person.signs_in(office.account(role, carrier=carrier))
            return person.opens(path, **query)

    return read


def pictures(html: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(one) for one in re.findall(r"<svg.*?</svg>", html, re.DOTALL) if 'role="img"' in one]


@pytest.mark.parametrize("chart", ["fields", "subfields", "needs", "carriers", "groups"])
def test_every_picture_has_its_numbers_as_a_table_and_as_a_file(office, reads, chart) -> None:
    add_startups(office, 30)

    page = reads(path=f"/office/{chart}").text

    assert f"/v1/office/{chart}.csv" in page
    assert "<table" in page
    assert chart == "needs" or pictures(page)


def test_the_board_leads_to_each_chart_and_its_file(office, reads) -> None:
    add_startups(office, 30)

    page = reads().text

    for chart in ("fields", "subfields", "needs", "carriers", "groups"):
        section = re.search(rf'<section id="{chart}">.*?</section>', page, re.DOTALL)[0]
        assert f'href="/office/{chart}"' in section
        assert f"/v1/office/{chart}.csv" in section
    assert "/v1/office/targets.csv" in page


def test_a_chart_of_which_nothing_may_be_said_says_so(reads) -> None:
    assert "Too few startups are there" in said_by(reads(path="/office/carriers"))
    assert "No admission is on record" in said_by(reads(path="/office/residents"))


def test_targets_are_on_the_board_alone(reads) -> None:
    assert reads(path="/office/targets").headers["location"] == "/office#targets"


def test_many_carriers_are_shown_some_at_a_time(house, board) -> None:
    everywhere = dict.fromkeys(Scope, board.rows_of_scope[Scope.ALL])
    office = with_board(house, replace(board, rows_of_scope=everywhere))
    add_startups(office, 12)

    with office.client() as client:
        person = Person(client)
        person.signs_in(office.account(Role.OFFICE))
        shown = [person.opens("/office/carriers", start=start) for start in ("0", "100", "200")]
        overview = person.opens("/office").text

    counted = [len(re.findall(r'<th scope="row">', one.text)) for one in shown]
    assert counted == [100, 100, len(board.carriers) - 200]
    assert "/office/carriers?start=100" in shown[0].text
    assert "/office/carriers?start=" not in shown[2].text
    assert len(overview) < 60_000


def test_pictures_say_in_words_what_they_show(office, reads) -> None:
    add_startups(office, 30)

    drawn = [*pictures(reads().text), *pictures(reads(path="/office/subfields").text)]

    assert drawn
    for one in drawn:
        assert one.get("role") == "img"
        assert all((one.find(tag).text or "").strip() for tag in ("title", "desc"))
    tips = [tip.text for one in drawn for tip in one.iterfind(".//rect/title")]
    assert any(tip.endswith(": <5") for tip in tips)
    assert any(re.search(r"Carriers open: \d+$", tip) for tip in tips)


@pytest.mark.parametrize("n", [0, 3, 30])
def test_no_count_of_startups_below_five_is_on_the_page(office, reads, n) -> None:
    add_startups(office, n)

    said = said_by(reads())

    expected = "30" if n == 30 else r"(<5|–)"
    assert re.search(rf"Startups that get a list: {expected}\.", said)
    assert ("Too few startups are there" in said) == (n < 5)


def test_targets_are_dated_and_no_fact_of_today(reads) -> None:
    said = said_by(reads())

    assert "no fact of today" in said
    assert re.search(r"Carriers of national level 10 carriers 2025 \d+; unknown of \d+ carriers", said)
    assert "Incubation funds of the carriers 1,000,000,000 yuan 2025 not on record" in said
    assert "February 2, 2024" in said or "2024-02-02" in said


def test_without_admissions_nothing_is_said_of_graduates(reads) -> None:
    assert "No admission is on record" in said_by(reads())


@pytest.mark.parametrize(("role", "status"), [(Role.STARTUP, 403), (Role.STAFF, 403), (Role.ADMIN, 200), (None, 303)])
def test_the_board_is_for_office_and_admins(reads, role, status) -> None:
    assert [reads(role, path).status_code for path in ("/office", "/office/fields")] == [status, status]


def test_a_carriers_name_is_never_markup(house, board) -> None:
    shown = next(one for one in board.carriers if one.city == "太仓")
    hostile = replace(shown, name=Texts(zh=SCRIPT, en=SCRIPT, de=SCRIPT))
    carriers = tuple(hostile if one.id == shown.id else one for one in board.carriers)
    office = with_board(house, replace(board, carriers=carriers))
    add_startups(office, 12)

    with office.client() as client:
        person = Person(client)
        person.signs_in(office.account(Role.OFFICE))
        page = person.opens("/office")

    assert SCRIPT in said_by(page)
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("lang", ["zh", "de"])
def test_every_sentence_of_the_board_is_in_the_language_asked_for(office, reads, lang) -> None:
    add_startups(office, 12)

    said = main_of(reads(lang=lang))

    assert re.findall(ENGLISH, said) == []
