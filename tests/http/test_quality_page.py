"""The page on quality: figures with intervals, baselines beside them, and what they rest on, said openly."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from babel.numbers import format_decimal

from models.released_evaluation import released_evaluation
from tests.http.paging import Person, main_of

PAGE, FURTHER = "/quality", "/quality/further"
SYSTEMS = ("released ranker", "documented prior", "popularity", "embedding only", "TF-IDF", "BM25", "random order")


@pytest.fixture
def person(client) -> Person:
    return Person(client)


def pictures(page: str) -> list[ElementTree.Element]:
    found = re.findall(r"<svg[^>]*role=.*?</svg>", page, re.DOTALL)
    return [ElementTree.fromstring(one) for one in found]


def test_the_released_ranker_stands_in_one_table_with_simpler_systems(person) -> None:
    page = person.opens(PAGE, lang="en").text
    table = page[page.index("<table") : page.index("</table>")]

    for system in SYSTEMS:
        assert re.search(rf"nDCG@5, {system}</th><td class=\"number\">0\.\d{{3}}</td>", table), system
    assert re.search(r"0\.\d{3} … 0\.\d{3}", table)
    assert "&lt; 0.001" in table


def test_figures_are_those_that_were_measured(person) -> None:
    report = released_evaluation().report
    said = main_of(person.opens(PAGE, lang="en"))

    chain = next(one for one in report.figures if one.name == "chain_acc").estimate
    assert f"Chain read right {chain.value:.2f} 95 % interval {chain.low:.2f} to {chain.high:.2f}, n = 108" in said
    for one in report.figures:
        assert format_decimal(one.estimate.value, "0.000", locale="en") in said, one.name


def test_it_says_that_the_judgements_are_invented_before_any_figure(person) -> None:
    said = main_of(person.opens(PAGE, lang="en"))

    before = said[: said.index("In short")]
    assert "All texts and firms are invented" in before
    assert "No practitioner has checked them" in before


def test_it_says_when_by_which_command_and_on_which_data_it_was_made(person) -> None:
    released = released_evaluation()
    said = main_of(person.opens(PAGE, lang="zh"))

    assert released.command in said
    assert released.report.models.ranker in said
    assert all(name in said and hash[:16] in said for name, hash in released.data.items())


def test_it_says_where_other_models_are_in_force(house) -> None:
    services, measured = house.services, released_evaluation().report.models
    with house.client() as client:
        other = main_of(Person(client).opens(PAGE, lang="en"))
    same = replace(services, feedback=replace(services.feedback, models=measured))
    with replace(house, services=same).client() as client:
        own = main_of(Person(client).opens(PAGE, lang="en"))

    assert services.feedback.models.ranker in other
    assert "Others are in force here" in other
    assert "Others are in force here" not in own


@pytest.mark.parametrize("path", [PAGE, FURTHER])
def test_every_plot_says_what_it_shows_and_has_its_table(person, path) -> None:
    page = person.opens(path, lang="en").text

    sections = re.findall(r'<section id="part-\d+">.*?</section>', page, re.DOTALL)
    assert len(sections) >= 5
    for section in sections:
        (picture,) = pictures(section)
        assert all((picture.find(tag).text or "").strip() for tag in ("title", "desc"))
        assert section.count("<table") == 1


def test_the_two_pages_together_show_every_curve_and_grid(person) -> None:
    report = released_evaluation().report
    page = person.opens(PAGE).text + person.opens(FURTHER).text

    n_bars = 5  # systems, chains, two by language, exposure
    assert len(re.findall(r'<section id="part-', page)) == len(report.curves) + len(report.grids) + n_bars


@pytest.mark.parametrize("path", [PAGE, FURTHER])
@pytest.mark.parametrize("lang", ["zh", "de"])
def test_all_of_it_is_in_the_language_asked_for(person, path, lang) -> None:
    said = main_of(person.opens(path, lang=lang))

    assert re.findall(r"\b(the|were|with|measured|released)\b", said.replace("measure_released", "")) == []
