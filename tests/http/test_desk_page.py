"""The staff's desk over HTTP: the table, the board, one lead, many at once, files, and what it may never tell."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from typing import Any

import pytest
from openpyxl import load_workbook

from api.lead_services import build_leads
from matcher.domain.accounts import Role
from matcher.domain.ids import CarrierId
from models.rankers import load_prior
from tests.accounts import NOW
from tests.http.callers import a_startup_of, key_of
from tests.http.paging import ORIGIN, Person, main_of, said_by
from tests.security.hostile import IMAGE, SCRIPT

CARRIER = CarrierId("cn001")
NAME, TEXT, CONTACT = "Zircalattice Ltd.", "We develop quenched catheters for aortic stents.", "ada@zirca.example"
KEY = re.compile(r'name="lead" value="(\w+)\.(\d+)"')


@dataclass
class Scene:
    """A carrier's staff at its desk, and the owner of some startups."""

    house: Any
    person: Person
    owner: dict[str, str]
    staff: Any

    def startup(self, **changes: Any) -> str:
        body = {"name": NAME, "text": TEXT, "contact": CONTACT, **changes}
        return a_startup_of(self.person.client, self.owner, **body)["id"]

    def consent(self, startup_id: str) -> None:
        self.owner_asks("POST", f"/v1/startups/{startup_id}/consents", json={"carrier_id": CARRIER})

    def owner_asks(self, method: str, path: str, **more: Any):
        cookies = dict(self.person.client.cookies)
        self.person.client.cookies.clear()
        answer = self.person.client.request(method, path, headers=self.owner, **more)
        self.person.client.cookies.update(cookies)
        assert answer.status_code < 300, answer.text
        return answer

    def keys(self, **query: str) -> list[tuple[str, str]]:
        """Leads on the table with the versions that it shows."""
        return KEY.findall(self.person.opens("/desk", **query).text)

    def lead(self) -> str:
        """The address of the only one there is."""
        [(lead, _)] = self.keys()
        return f"/desk/leads/{lead}"

    def bulk(self, keys, **fields: Any):
        data = {"deed": "change", "lead": [f"{lead}.{version}" for lead, version in keys], **fields}
        return self.person.client.post(
            "/desk", data={**data, "csrf_token": self.person.token()}, headers=ORIGIN, follow_redirects=False
        )

    def sends_file(self, content: bytes, name: str = "leads.xlsx", **fields: str):
        data = {"csrf_token": self.person.token(), **fields}
        return self.person.client.post("/desk/files", data=data, files={"file": (name, content)}, headers=ORIGIN)


@pytest.fixture
def scene(house, board):
    everybodys = type(house.services.startups.everybodys)(house.store.transactions, "steady@1", count().__next__)
    leads = build_leads(house.store.transactions, lambda: board, everybodys, load_prior())
    house = replace(house, services=replace(house.services, leads=leads))
    staff = house.account(Role.STAFF, carrier=CARRIER)
    with house.client() as client:
        person = Person(client)
        person.signs_in(staff)
        yield Scene(house, person, key_of(house.services, house.account()), staff)


# What is told


def test_without_consent_no_page_of_the_desk_tells_a_word_of_the_startups_own(scene) -> None:
    startup_id = scene.startup(districts=["behind the old quarry"])
    lead = scene.lead()

    for path in ("/desk", "/desk/board", lead, "/desk/export.csv", "/desk/export.jsonl"):
        told = scene.person.opens(path).text
        assert [
            word for word in (NAME, "Zirca", CONTACT, "quenched", "aortic", "quarry", startup_id) if word in told
        ] == []
    assert "anonymous" in scene.person.reads("/desk")
    assert "Name, contact and text are told once it has consented." in scene.person.reads(lead)


def test_consent_shows_who_it_is_and_taking_it_back_hides_it_at_once(scene) -> None:
    startup_id = scene.startup()
    lead = scene.lead()

    scene.consent(startup_id)
    assert NAME in scene.person.reads("/desk")
    assert NAME in scene.person.reads("/desk/board")
    shown = scene.person.reads(lead)
    assert all(word in shown for word in (NAME, TEXT, CONTACT, "Why it suits"))

    scene.owner_asks("DELETE", f"/v1/startups/{startup_id}/consents/{CARRIER}")
    for path in ("/desk", "/desk/board", lead):
        assert NAME not in scene.person.reads(path)


def test_anothers_lead_is_as_one_that_is_not_there_and_others_have_no_desk(scene) -> None:
    scene.startup()
    lead = scene.lead()
    with scene.house.client() as client:
        rival = Person(client)
        rival.signs_in(scene.house.account(Role.STAFF, carrier=CarrierId("cn002")))
        assert rival.opens(lead).status_code == 404
        assert rival.sends(lead, step="contacted", version="1").status_code == 404
    for role, status in ((Role.STARTUP, 403), (Role.OFFICE, 403)):
        with scene.house.client() as client:
            other = Person(client)
            other.signs_in(scene.house.account(role))
            for path in ("/desk", "/desk/board", "/desk/files", "/desk/export.xlsx", lead):
                assert other.opens(path).status_code == status
    with scene.house.client() as client:
        assert Person(client).opens("/desk").headers["location"] == "/sign-in?next=%2Fdesk"


def test_whatever_a_startup_or_a_colleague_writes_is_text(scene) -> None:
    hostile = f"{SCRIPT}{IMAGE}‮txet{'x' * 60}"
    scene.consent(scene.startup(name=hostile, text=f"We make valves. {hostile}"))
    lead = scene.lead()
    scene.person.sends(lead, version="1", next_action=hostile)
    scene.person.sends(lead, version="2", step="contacted", note=hostile)

    for path in ("/desk", "/desk/board", lead, "/desk?q=" + "%3Cscript%3Ealert(1)%3C/script%3E"):
        told = scene.person.opens(path).text
        assert "<script>alert" not in told
        assert "<img" not in told


# The table


def test_the_table_shows_what_its_address_asks_for(scene) -> None:
    scene.startup()
    scene.person.sends(scene.lead(), version="1", next_action="Send the floor plan", due=NOW.date().isoformat())

    for query, found in (
        ({"q": "FLOOR"}, 1), ({"q": "nowhere"}, 0), ({"status": "contacted"}, 0), ({"due": "soon"}, 1),
        ({"due": "overdue"}, 0), ({"field": "biomed"}, 1), ({"owner": "nobody"}, 1), ({"owner": "me"}, 0),
        ({"consented": "no"}, 1), ({"order": "due"}, 1), ({"page": "2"}, 0),
    ):  # fmt: skip
        assert len(scene.keys(**query)) == found, query
    assert "No lead is like that." in scene.person.reads("/desk", q="nowhere")


def test_an_address_that_asks_for_nonsense_is_told_so(scene) -> None:
    for query in ({"status": "x"}, {"page": "0"}, {"due": "x"}, {"q": "x" * 101}, {"order": "x"}, {"consented": "x"}):
        assert scene.person.opens("/desk", **query).status_code == 422


def test_pages_of_the_table_follow_each_other(scene) -> None:
    for number in range(21):
        scene.startup(text=f"We make catheters number {number}.")

    first, second = scene.keys(order="changed"), scene.keys(order="changed", page="2")

    assert (len(first), len(second)) == (20, 1)
    assert not set(first) & set(second)
    shown = scene.person.opens("/desk", order="changed").text
    assert 'rel="next" href="/desk?order=changed&amp;page=2"' in shown
    assert 'rel="prev"' not in shown


def test_a_filter_is_kept_under_a_name_and_forgotten_again(scene) -> None:
    answer = scene.person.sends("/desk", deed="keep", words="status=contacted&order=due", name="Contacted <b>")

    assert "The filter is kept" in scene.person.follows(answer)
    assert (
        'href="/desk?status=contacted&amp;order=due"><bdi>Contacted &lt;b&gt;</bdi>' in scene.person.opens("/desk").text
    )
    with scene.house.client() as client:
        client.cookies.update(scene.person.client.cookies)
        colleague = Person(client)
        colleague.signs_in(scene.house.account(Role.STAFF, carrier=CARRIER))
        assert "Contacted" not in colleague.reads("/desk").replace("contacted", "")
    scene.person.sends("/desk", deed="forget", name="Contacted <b>", words="")
    assert "Contacted &lt;b&gt;" not in scene.person.opens("/desk").text


def test_a_filter_without_a_name_or_a_wish_is_not_kept(scene) -> None:
    for fields in (
        {"words": "status=new", "name": ""},
        {"words": "", "name": "all"},
        {"words": "q=a", "name": "x" * 31},
    ):
        answer = scene.person.sends("/desk", deed="keep", **fields)
        assert answer.status_code == 422
        assert 'id="wrong-name"' in answer.text or "Choose something to filter" not in answer.text
    for number in range(12):
        scene.person.sends("/desk", deed="keep", words="status=new", name=f"filter {number}")
    assert "At most 12 filters" in said_by(scene.person.sends("/desk", deed="keep", words="status=new", name="more"))


def test_a_cookie_that_cannot_be_read_holds_no_filters(scene) -> None:
    scene.person.sends("/desk", deed="keep", words="status=new", name="mine")
    [name] = [name for name in scene.person.client.cookies if name.startswith("desk-")]
    for broken in ("x", "W10", "eyJhIjogMX0=", "W1sxXV0=", "MTI="):
        scene.person.client.cookies.delete(name)
        scene.person.client.cookies.set(name, broken)
        assert "mine" not in main_of(scene.person.opens("/desk"))


# One lead


def test_a_lead_goes_its_way_step_by_step_to_admitted(scene) -> None:
    scene.consent(scene.startup())
    lead = scene.lead()

    for number, step in enumerate(("contacted", "visited", "reviewed", "offered", "admitted"), start=1):
        assert f'name="step" value="{step}"' in scene.person.opens(lead).text
        answer = scene.person.sends(lead, step=step, version=str(number), note=f"Step {number}")
        assert "The step is kept." in scene.person.follows(answer)

    shown = scene.person.reads(lead)
    assert all(f"Step {number}" in shown for number in range(1, 6))
    assert scene.staff.login in shown


def test_contacting_a_stranger_asks_for_its_consent(scene) -> None:
    startup_id = scene.startup()
    lead = scene.lead()
    assert "ask for consent" in scene.person.reads(lead)

    answer = scene.person.sends(lead, step="contacted", version="1")

    assert "asked for its consent" in scene.person.follows(answer)
    assert "asked on" in scene.person.reads("/desk")
    requests = scene.owner_asks("GET", f"/v1/startups/{startup_id}/requests").json()["requests"]
    assert [one["carrier"]["id"] for one in requests] == [CARRIER]
    assert 'value="visited"' not in scene.person.opens(lead).text


def test_declining_needs_a_reason(scene) -> None:
    scene.startup()
    lead = scene.lead()

    without = scene.person.sends(lead, step="declined", version="1", note="my words")
    assert without.status_code == 422
    assert "Choose why it is declined." in said_by(without)
    assert "my words" in without.text

    scene.person.follows(scene.person.sends(lead, step="declined", version="1", reason="no_space"))
    assert "no space left" in scene.person.reads(lead)


def test_a_plan_is_kept_and_what_stands_empty_is_taken_away(scene) -> None:
    scene.startup()
    lead = scene.lead()
    due = NOW.date() - timedelta(days=2)
    fields = {"owner": scene.staff.id, "next_action": "Call <them>", "due": due.isoformat()}

    assert "The plan is kept." in scene.person.follows(scene.person.sends(lead, version="1", **fields))
    table = scene.person.reads("/desk")
    assert all(word in table for word in (scene.staff.login, "Call <them>", "overdue", "Overdue: 1"))

    scene.person.sends(lead, version="2", next_action="")
    assert "Call" not in scene.person.reads("/desk")


def test_what_cannot_be_is_said_in_words_and_changes_nothing(scene) -> None:
    scene.startup()
    lead = scene.lead()

    for fields, status, words in (
        ({"due": "soon"}, 422, "A day such as"),
        ({"next_action": "x" * 201}, 422, "at most 200 characters"),
        ({"owner": "stranger"}, 422, "one of this carrier's staff"),
        ({"step": "admitted"}, 409, "From new a lead goes on to: contacted, declined."),
        ({"step": "nonsense"}, 422, "Choose one of the steps."),
    ):
        answer = scene.person.sends(lead, version="1", **fields)
        assert answer.status_code == status
        assert words in said_by(answer)
    assert scene.keys()[0][1] == "1"


def test_of_two_colleagues_the_second_is_told_that_the_lead_has_changed(scene) -> None:
    scene.startup()
    lead = scene.lead()
    scene.person.sends(lead, version="1", next_action="mine")

    late = scene.person.sends(lead, version="1", next_action="theirs")

    assert late.status_code == 412
    assert "A colleague has changed this lead meanwhile." in said_by(late)
    assert scene.person.sends(lead, next_action="without version").status_code == 412
    assert "mine" in scene.person.reads("/desk")


# The board


def test_the_board_offers_steps_that_can_follow_and_makes_them(scene) -> None:
    startup_id = scene.startup()
    [(lead, _)] = scene.keys()
    assert f'value="{lead}.1.contacted"' in scene.person.opens("/desk/board").text

    moved = scene.person.sends("/desk/board", step=f"{lead}.1.contacted", words="")
    assert "The step is kept." in scene.person.follows(moved)
    assert f"{lead}.2.visited" not in scene.person.opens("/desk/board").text
    scene.consent(startup_id)
    assert f"{lead}.2.visited" in scene.person.opens("/desk/board").text


def test_a_script_gets_the_board_alone_and_a_late_move_is_told(scene) -> None:
    scene.startup()
    [(lead, _)] = scene.keys()
    part = {"HX-Request": "true", **ORIGIN}

    def moves(step: str):
        data = {"step": step, "csrf_token": scene.person.token()}
        return scene.person.client.post("/desk/board", data=data, headers=part, follow_redirects=False)

    first, late, broken = moves(f"{lead}.1.contacted"), moves(f"{lead}.1.declined"), moves("x")

    assert (first.status_code, late.status_code, broken.status_code) == (200, 412, 409)
    assert first.text.lstrip().startswith('<form id="board"')
    assert "data-focus" in first.text
    assert "has changed since you read it" in said_by(late)


# Many at once


def test_many_leads_get_owner_next_action_day_and_step_together(scene) -> None:
    for number in range(3):
        scene.startup(text=f"We make catheters number {number}.")
    due = date(2027, 1, 5).isoformat()

    answer = scene.bulk(scene.keys(), step="contacted", owner=scene.staff.id, next_action="Write", due=due)

    assert "Leads changed: 3." in scene.person.follows(answer)
    assert len(scene.keys(status="contacted", owner="me", due="later", q="write")) == 3
    assert "Nothing had to be changed." in scene.person.follows(scene.bulk(scene.keys(), owner=scene.staff.id))


def test_where_one_cannot_follow_nothing_is_changed_and_it_is_named(scene) -> None:
    for number in range(2):
        scene.startup(text=f"We make catheters number {number}.")
    first, second = scene.keys()
    scene.bulk([first], step="contacted")
    keys = scene.keys()

    refused = scene.bulk(keys, step="contacted")
    assert refused.status_code == 409
    assert "Nothing was changed, for these cannot be:" in said_by(refused)
    assert "From contacted a lead goes on to: visited, declined." in said_by(refused)
    assert refused.text.count(" checked>") == 2
    assert scene.keys(status="new") == [second]

    others = scene.bulk(keys, step="contacted", keep_good="yes")
    assert "Changed: 1. These could not be:" in said_by(others)
    assert len(scene.keys(status="contacted")) == 2


def test_what_many_cannot_become_is_said_at_its_field(scene) -> None:
    scene.startup()
    keys = scene.keys()

    for fields, field in (
        ({}, "step"), ({"step": "declined"}, "reason"), ({"reason": "no_space"}, "step"), ({"due": "x"}, "due"),
        ({"step": "contacted", "reason": "no_space"}, "reason"), ({"next_action": "x" * 201}, "next_action"),
    ):  # fmt: skip
        answer = scene.bulk(keys, **fields)
        assert answer.status_code == 422
        assert f'id="wrong-{field}"' in answer.text
    assert scene.keys() == keys
    assert "Choose at least one lead." in said_by(scene.bulk([], step="contacted"))


# Files


def test_an_export_that_holds_not_all_leads_says_so_first(scene, monkeypatch) -> None:
    scene.startup()
    scene.startup()
    assert "The first" not in scene.person.opens("/desk/export.csv", lang="en").text

    monkeypatch.setattr("api.pages.desk_files_page.MOST_ROWS", 1)

    first = scene.person.opens("/desk/export.csv", lang="en").text.splitlines()[0]
    assert "The first 1 of 2 leads; narrow the filters for the others." in first


def test_an_export_can_be_opened_changed_and_brought_back(scene) -> None:
    scene.consent(scene.startup())
    scene.startup(text="We make catheters.", name="Hidden Ltd.")
    answer = scene.person.opens("/desk/export.xlsx")
    assert answer.headers["content-disposition"] == 'attachment; filename="leads.xlsx"'
    assert answer.headers["cache-control"] == "no-store"
    book = load_workbook(BytesIO(answer.content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    heading = next(number for number, row in enumerate(rows) if row[0] == "id")
    columns = {name: place + 1 for place, name in enumerate(rows[heading])}
    names = [row[columns["name"] - 1] for row in rows[heading + 1 :]]
    assert sorted(names, key=str) == [None, NAME]

    row = heading + 2
    sheet = book.worksheets[0]
    for name, value in (
        ("status", "已联系"), ("owner", scene.staff.login), ("next_action", "=danger"), ("due", date(2027, 2, 3)),
    ):  # fmt: skip
        sheet.cell(row, columns[name]).value = value
        sheet.cell(row, columns[name]).data_type = "s" if isinstance(value, str) else "d"
    changed = BytesIO()
    book.save(changed)

    taken = scene.sends_file(changed.getvalue())
    assert "Leads changed: 1. As they were: 1." in said_by(taken)
    assert len(scene.keys(status="contacted", owner="me", due="later")) == 1
    again = scene.sends_file(changed.getvalue())
    assert again.status_code == 422
    assert "at version 3" in said_by(again)


def test_rows_that_cannot_be_used_are_named_by_line_and_nothing_is_written(scene) -> None:
    scene.startup()
    [(lead, _)] = scene.keys()
    lines = [
        "id,status,due,owner",
        f"{lead},contacted,2027年2月3日,",
        "none,contacted,,",
        f"{lead}x,nonsense,soon,stranger",
    ]
    content = "\n".join(lines).encode()

    refused = scene.sends_file(content, "plans.csv")
    assert refused.status_code == 422
    said = said_by(refused)
    assert "2 rows cannot be used, so nothing was written." in said
    assert "3 id There is no lead none." in said
    assert "4 status nonsense is none of" in said
    assert scene.keys(status="contacted") == []

    taken = scene.sends_file(content, "plans.csv", keep_good="yes")
    assert "Leads changed: 1." in said_by(taken)
    assert "These rows were left out:" in said_by(taken)
    assert len(scene.keys(status="contacted", due="later")) == 1


def test_a_file_that_is_none_is_told_so(scene) -> None:
    for content, name, words in (
        (b"", "leads.xlsx", "The file is empty."),
        (b"no zip", "leads.xlsx", "no Excel workbook"),
        (b"id,wish\n1,2", "leads.csv", "wish"),
        (b"id", "leads.doc", "ends in .xlsx"),
    ):
        answer = scene.sends_file(content, name)
        assert answer.status_code == 422
        assert words in said_by(answer)
    assert "Choose a file." in said_by(scene.person.sends("/desk/files"))
