"""One carrier as a page: facts with what they rest on, what is unknown, corrections, and neighbours."""

import re

import pytest

from matcher.domain.accounts import Role
from matcher.domain.ids import CarrierId
from tests.http.callers import a_caller
from tests.http.paging import Person, main_of, said_by
from tests.security.hostile import SCRIPT

PARK = "/carriers/cn005"


@pytest.fixture
def person(client) -> Person:
    return Person(client)


@pytest.fixture
def corrects(client, services):
    """Puts facts of a carrier right, as its staff."""

    def correct(carrier: str, date: str, **changes):
        headers = {**a_caller(services, Role.STAFF, carrier), "If-Match": "*"}
        body = {"changes": changes, "source": {"title": "Our own page", "url": "https://example.org/own"}, "date": date}
        answer = client.patch(f"/v1/carriers/{carrier}", json=body, headers=headers)
        assert answer.status_code == 200, answer.text

    return correct


def test_every_known_fact_stands_with_basis_source_and_date(person) -> None:
    told = person.client.get("/v1/carriers/cn005", params={"lang": "en"}).json()
    page = person.opens(PARK, lang="en")

    assert page.text.count("<dt>") == len([one for one in told["facts"] if one["field"] != "country"])
    assert re.search(r"Area 920,000 m² stated · \[1\] · 2025-03-28 · October 2021", said_by(page))
    assert re.search(r'<li id="source-1"[^>]*><a href="http[^"]+" rel="noreferrer">太仓日报', page.text)
    assert page.text.count('<li id="source-') == len(told["sources"])


def test_what_is_not_known_is_called_unknown(person) -> None:
    said = main_of(person.opens("/carriers/cn002", lang="en"))

    assert "Industries: unknown" in said
    assert "Silence is not a no" in said
    assert "no neighbours can be named" in said


def test_general_rules_exclude_nobody_and_name_their_source(person) -> None:
    said = main_of(person.opens("/carriers/cn004", lang="en"))

    assert "No rule of its own is on record." in said
    assert "They exclude nobody by themselves" in said
    assert re.search(r"at most 24 months old when it moves in\. .{0,60}国科发区〔2018〕300号 , 2018-12-14", said)


def test_neighbours_lead_on_to_their_pages(person) -> None:
    page = person.opens("/carriers/cn004", lang="en").text
    way = page[page.index('<ol class="way">') : page.index("</ol>", page.index('<ol class="way">'))]

    assert re.search(r'href="/carriers/cn004" aria-current="page"', way)
    for link in re.findall(r'href="(/carriers/cn\d+)"', way):
        assert person.opens(link).status_code == 200
    assert "none known in this field" in way  # no accelerator for biomedicine is on record


def test_a_correction_is_shown_as_one(person, corrects) -> None:
    corrects("cn051", "2026-11-01", operator="新运营公司", places_left=2)

    said = main_of(person.opens("/carriers/cn051", lang="en"))

    assert re.search(r"Operator 新运营公司 put right by the carrier · \[\d+\] · 2026-11-01", said)
    assert re.search(r"Places left 2 put right by the carrier", said)
    assert "Our own page" in said
    assert "told long ago" not in said


def test_a_count_of_places_of_long_ago_is_to_be_asked_for(person, corrects) -> None:
    corrects("cn052", "2026-06-01", places_left=0)

    assert "told long ago; ask whether it still holds" in main_of(person.opens("/carriers/cn052", lang="en"))


def test_a_fact_is_never_markup(person, corrects) -> None:
    corrects("cn053", "2026-11-01", operator=SCRIPT, tenants=["\u202e" + "x" * 150, "😀"])

    page = person.opens("/carriers/cn053")

    assert "<script>alert" not in page.text
    assert SCRIPT in said_by(page)


def test_its_own_staff_alone_is_led_to_where_facts_are_put_right(house) -> None:
    with house.client() as client:
        staff = Person(client)
        assert "/desk/carrier" not in staff.opens(PARK).text
        staff.signs_in(house.account(Role.STAFF, carrier=CarrierId("cn005")))

        assert 'href="/desk/carrier"' in staff.opens(PARK).text
        assert 'href="/desk/carrier"' not in staff.opens("/carriers/cn004").text


@pytest.mark.parametrize("carrier_id", ["nobody", "%3Cscript%3E", "cn005%20"])
def test_a_carrier_that_is_not_there_is_a_page_that_says_so(person, carrier_id) -> None:
    answer = person.opens(f"/carriers/{carrier_id}", lang="en")

    assert answer.status_code == 404
    assert "There is no carrier" in said_by(answer)
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(("lang", "words"), [("zh", "同链上下游载体"), ("en", "Neighbours"), ("de", "Nachbarn")])
def test_a_carrier_is_told_in_three_languages(person, lang, words) -> None:
    assert words in main_of(person.opens(PARK, lang=lang))
