"""The map of the chains: every carrier of the home city, as a mark and in a table, and no invented place."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from api.settings import Settings
from matcher.domain.taxonomy import CHAINS
from tests.http.paging import Person, main_of

MAP = "/carriers/map"


@pytest.fixture
def person(client) -> Person:
    return Person(client)


@pytest.fixture
def homes(client) -> set[str]:
    filters = {"city": "太仓", "role": "carrier", "limit": 100}
    return {one["id"] for one in client.get("/v1/carriers", params=filters).json()["carriers"]}


def pictures(page: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(one) for one in re.findall(r'<svg viewBox="[^"]+" width.*?</svg>', page, re.DOTALL)]


def test_every_carrier_of_the_city_is_on_both_pictures_and_in_the_table(person, homes) -> None:
    page = person.opens(MAP).text

    drawn = pictures(page)
    assert len(drawn) == 2
    for one in drawn:
        assert {link.get("href") for link in one.iter("a")} == {f"/carriers/{carrier}" for carrier in homes}
    table = page[page.index('<details class="data">') :]
    assert set(re.findall(r'scope="row"><a href="/carriers/([^"]+)"', table)) == homes


def test_each_chain_shows_who_stands_on_each_step(person) -> None:
    page = person.opens(MAP, lang="en").text
    table = page[page.index("<table") : page.index("</table>")]

    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
    assert len(rows) == len(CHAINS)
    biomed = rows[-1]
    assert biomed.index("/carriers/cn006") < biomed.index("/carriers/cn004") < biomed.index("/carriers/cn005")
    assert "none known" in biomed


def test_it_says_that_it_is_a_scheme(person) -> None:
    assert "to no scale" in main_of(person.opens(MAP, lang="en"))


def test_the_core_park_of_each_chain_is_ringed(person) -> None:
    for one in pictures(person.opens(MAP).text):
        assert sum(circle.get("class") == "ring" for circle in one.iter("circle")) == len(CHAINS)


def test_another_home_city_has_a_map_without_the_river(house) -> None:
    settings = Settings(home_city="苏州")
    with replace(house, services=replace(house.services, settings=settings)).client() as client:
        page = Person(client).opens(MAP, lang="en")

    assert "The four chains of Suzhou" in main_of(page)
    assert 'class="river"' not in page.text


@pytest.mark.parametrize(("lang", "title"), [("zh", "太仓四条孵化链"), ("de", "Die vier Ketten von Taicang")])
def test_the_map_is_told_in_the_language_asked_for(person, lang, title) -> None:
    said = main_of(person.opens(MAP, lang=lang))

    assert title in said
    assert not re.findall(r"\b(the|with|none)\b", said)
