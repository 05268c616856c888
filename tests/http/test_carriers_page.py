"""The list of carriers as a page: its filters, its addresses, and what it says where nothing is found."""

import re

import pytest

from tests.http.paging import Person, main_of, said_by
from tests.security.hostile import SCRIPT

LIST = "/carriers"


@pytest.fixture
def person(client) -> Person:
    return Person(client)


def links(page: str) -> list[str]:
    return re.findall(r'<h2><a href="/carriers/([^"]+)">', page)


def test_the_list_finds_what_the_api_finds(person) -> None:
    filters = {"industry": "biomed", "city": "太仓"}
    told = person.client.get("/v1/carriers", params={**filters, "limit": 100}).json()

    page = person.opens(LIST, **filters)

    assert links(page.text) == [one["id"] for one in told["carriers"]]
    assert f"{told['total']} of 240" in said_by(person.opens(LIST, lang="en", **filters))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("name", "德国中心", "德国中心"),
        ("industry", "materials", "Advanced materials"),
        ("kind", "kind.makerspace", "Makerspace"),
        ("subfield", "biomed.devices", "devices"),
        ("service", "service.financing", "financ"),
        ("capability", "cap.glp", "GLP"),
        ("level", "level.national", "National level"),
        ("city", "太仓", "Taicang"),
        ("district", "高新区", "High-tech Zone"),
        ("status", "planned", "planned"),
        ("role", "partner", "partner"),
    ],
)
def test_every_filter_shows_a_chip_that_takes_it_away(person, name, value, said) -> None:
    page = person.opens(LIST, **{"lang": "en", "kind": "kind.incubator", name: value}).text

    (chip,) = [
        one
        for one in re.findall(r'<a class="chip stated" href="([^"]+)">(.*?)</a>', page)
        if said.lower() in one[1].lower()
    ]
    assert f"{name}=" not in chip[0]
    assert name == "kind" or "kind=kind.incubator" in chip[0]


def test_pages_follow_each_other_and_keep_the_filters(person) -> None:
    seen, address = [], f"{LIST}?city=太仓&lang=en"
    while address:
        page = person.opens(address).text
        seen += links(page)
        following = re.search(r'<a class="button" href="(/carriers\?[^"]+)">', page)
        address = following[1].replace("&amp;", "&") if following else ""

    told = person.client.get("/v1/carriers", params={"city": "太仓", "limit": 100}).json()
    assert seen == [one["id"] for one in told["carriers"]]


def test_a_form_with_blank_fields_leads_to_the_short_address(person) -> None:
    answer = person.opens(f"{LIST}?name=&industry=biomed&kind=&lang=de")

    assert answer.status_code == 303
    assert answer.headers["location"] == f"{LIST}?industry=biomed&lang=de"


def test_where_nothing_is_found_it_says_which_filter_to_take_away(person) -> None:
    filters = {"industry": "biomed", "city": "太仓", "level": "level.county"}

    page = person.opens(LIST, lang="en", **filters)

    assert "No carrier has all of this on record" in main_of(page)
    n = person.client.get("/v1/carriers", params={"industry": "biomed", "city": "太仓"}).json()["total"]
    assert re.search(rf"without “Level: [^”]+” ?: {n}\b", main_of(page))
    assert "Hidden because their records say nothing" in main_of(page)


def test_a_script_gets_the_list_and_the_choices_alone(person) -> None:
    answer = person.client.get(LIST, params={"industry": "biomed", "kind": ""}, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'data-address="/carriers?industry=biomed"' in answer.text
    assert answer.text.count("hx-swap-oob") == 3


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"kind": "kind.unheard"}, 422),
        ({"cursor": "broken"}, 422),
        ({"role": "boss"}, 404),
        ({"name": "a" * 201}, 404),
        ({"name": "a\x00b"}, 404),
    ],
)
def test_a_filter_that_cannot_be_is_refused_on_a_page(person, query, status) -> None:
    answer = person.opens(LIST, **query)

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("words", [SCRIPT, "\u202e" + "x" * 190, "%", "_", "' OR 1=1 --", "😀"])
def test_a_name_is_only_ever_a_name(person, words) -> None:
    page = person.opens(LIST, name=words)

    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert words in said_by(page)


@pytest.mark.parametrize(
    ("lang", "word"), [("zh", "载体与合作机构"), ("en", "Carriers and partners"), ("de", "Träger")]
)
def test_the_list_is_said_in_three_languages(person, lang, word) -> None:
    assert word in main_of(person.opens(LIST, lang=lang))
