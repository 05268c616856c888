"""The staff's own carrier over HTTP: as the ranker reads it, and put right with a form."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import count

import pytest

from api.lead_services import build_leads
from api.record_services import build_carriers
from api.snapshot import RegistrySnapshot
from matcher.domain.accounts import Role
from matcher.domain.ids import CarrierId
from matcher.ranking.board import build_board
from models.hashing_encoder import HashingEncoder
from models.rankers import load_prior
from tests.http.paging import Person, main_of, said_by
from tests.steady_reader import DIMS

CARRIER = CarrierId("cn004")
EDIT = "/desk/carrier/edit"


class Filled(HTMLParser):
    """The fields of the page's form as a browser would send them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._name = ""
        self._in_form = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in_form |= tag == "form" and given.get("action") == EDIT
        name = given.get("name") or ""
        if tag == "input" and self._in_form and (given.get("type") != "checkbox" or "checked" in given):
            self.fields.setdefault(name, []).append(given.get("value") or "")
        if tag in ("select", "textarea"):
            self._name = name
            self.fields.setdefault(name, [])
        if tag == "option" and "selected" in given:
            self.fields[self._name].append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._name.startswith(("description", "tenants")):
            self.fields[self._name].append(data)

    def handle_endtag(self, tag: str) -> None:
        self._name = "" if tag in ("select", "textarea") else self._name
        self._in_form &= tag != "form"


@pytest.fixture
def desk(house):
    """The house with a board and services over its own store, so that what is put right is read again."""
    store = house.store
    snapshot = RegistrySnapshot(store.transactions, own_writes=lambda: store.own_writes.registry)
    everybodys = type(house.services.startups.everybodys)(store.transactions, "steady@1", count().__next__)
    leads = build_leads(
        store.transactions, lambda: build_board(snapshot(), HashingEncoder(DIMS), "太仓"), everybodys, load_prior()
    )
    registry = replace(house.services.registry, snapshot=snapshot, carriers=build_carriers(store.transactions))
    house = replace(house, services=replace(house.services, leads=leads, registry=registry))
    with house.client() as client:
        person = Person(client)
        person.signs_in(house.account(Role.STAFF, carrier=CARRIER))
        yield house, person


def form(person) -> dict[str, list[str]]:
    return Filled(person.opens(EDIT).text).fields


def test_the_carrier_is_shown_as_the_ranker_reads_it_and_what_is_unknown_is_named(desk) -> None:
    _, person = desk

    shown = person.reads("/desk/carrier")

    assert "Biomedicine 100%" in shown
    assert "Seed startup 100%" in shown or "Seed 100%" in shown, shown
    assert "Places left" in shown[shown.index("What we have not told yet") :]


def test_a_form_that_changes_nothing_writes_nothing(desk) -> None:
    _, person = desk

    answer = person.client.post(EDIT, data=form(person), headers={"Origin": "https://testserver"})

    assert answer.status_code == 422
    assert "At least one change is expected." in said_by(answer)


def test_what_is_put_right_is_seen_at_once_with_its_history(desk) -> None:
    _, person = desk
    fields = form(person) | {"places_left": ["7"], "services": ["service.site"], "title": ["Our notice"]}

    answer = person.client.post(EDIT, data=fields, headers={"Origin": "https://testserver"}, follow_redirects=False)

    shown = person.follows(answer)
    assert "The facts are put right." in shown
    history = shown[shown.index("What was put right") :]
    assert "Places left : unknown → 7 Our notice" in history
    assert history.count("→") == 2
    assert "Places left" not in shown[shown.index("What we have not told yet") : shown.index("What was put right")]
    assert "Our notice" in person.reads(f"/carriers/{CARRIER}")


def test_a_fact_that_stays_can_be_confirmed(desk) -> None:
    _, person = desk
    fields = form(person) | {"confirm": ["status"]}

    answer = person.client.post(EDIT, data=fields, headers={"Origin": "https://testserver"}, follow_redirects=False)

    history = person.follows(answer)
    assert "operating → operating" in history[history.index("What was put right") :]


def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(desk) -> None:
    _, person = desk
    before = form(person)

    for name, value, words in (
        ("places_left", "many", "A whole number is expected."),
        ("founded", "1066", "a year from"),
        ("area_m2", "wide", "A number is expected."),
        ("url", "ftp://x", "begins with https://"),
        ("date", "2099-01-01", "from January 1, 1950 to today"),
        ("date", "", "A day such as"),
        ("subfields", "materials.battery", "lies in none of the record"),
    ):
        fields = before | {"operator": ["<b>New</b>"], name: [value]}
        answer = person.client.post(EDIT, data=fields, headers={"Origin": "https://testserver"})
        assert answer.status_code == 422, name
        at = re.search(rf'id="wrong-{name}">([^<]*)<', answer.text)
        assert at is not None, name
        assert words in at[1]
        assert "&lt;b&gt;New&lt;/b&gt;" in answer.text
    assert "Nothing yet." in person.reads("/desk/carrier")


def test_of_two_corrections_the_second_is_told_that_the_record_has_changed(desk) -> None:
    _, person = desk
    early = form(person)
    person.client.post(EDIT, data=early | {"founded": ["2011"]}, headers={"Origin": "https://testserver"})

    late = person.client.post(EDIT, data=early | {"founded": ["2012"]}, headers={"Origin": "https://testserver"})

    assert late.status_code == 412
    assert "has changed since you read it" in said_by(late)
    assert 'value="2012"' in late.text


def test_only_the_staff_of_a_carrier_has_one(desk) -> None:
    house, _ = desk
    with house.client() as client:
        founder = Person(client)
        founder.signs_in(house.account())
        assert {founder.opens(path).status_code for path in ("/desk/carrier", EDIT)} == {403}
    with house.client() as client:
        partner = Person(client)
        partner.signs_in(house.account(Role.STAFF, carrier=CarrierId("cn050")))
        assert "What we are seen as" in main_of(partner.opens("/desk/carrier"))
