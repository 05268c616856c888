"""`matcher carriers` on the real registry."""

import json

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.bootstrap import build_services
from api.settings import Settings


def test_all_carriers_are_listed(run) -> None:
    listed = json.loads(run("carriers", "--json").stdout)

    assert listed["total"] == len(listed["carriers"]) == 240


def test_filters_are_joined(run) -> None:
    listed = json.loads(
        run("carriers", "--city", "太仓", "--kind", "incubator", "--status", "operating", "--json").stdout
    )

    assert listed["carriers"]
    for carrier in listed["carriers"]:
        assert (carrier["city"], carrier["kind"], carrier["status"]) == ("太仓", "kind.incubator", "operating")


def test_the_list_is_a_table_for_people(run) -> None:
    text = run("carriers", "--city", "太仓", "--lang", "zh").stdout

    assert "太仓大学科技园" in text
    assert "规划中" in text


def test_a_filter_that_nothing_passes_says_so(run) -> None:
    result = run("carriers", "--name", "no such house")

    assert result.exit_code == 0
    assert "Carriers and partners: 0" in result.stdout


def test_one_record_shows_sources_and_what_is_not_known(run) -> None:
    text = " ".join(run("carriers", "cn001").stdout.split())

    assert "Taicang University Science Park" in text
    assert "2024-02-02" in text
    assert "Not known, worth asking: Specialised, Operator, Area" in text


def test_json_of_one_record_has_its_facts(run) -> None:
    record = json.loads(run("carriers", "cn001", "--json").stdout)

    assert record["id"] == "cn001"
    assert "operator" in record["unknown"]
    assert all({"field", "basis", "source", "as_of"} <= set(fact) for fact in record["facts"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["carriers", "nobody"], "There is no carrier nobody."),
        (["carriers", "--kind", "castle"], "kind.castle is not in the vocabulary."),
        (["carriers", "--industry", "stage.seed"], "stage.seed is not one of industries."),
        (["carriers", "--city", ""], "city: At least 1 characters are expected."),
    ],
)
def test_wrong_input_gets_one_clear_sentence(run, arguments, words) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


def test_json_is_what_the_api_answers(run, filled) -> None:
    with build_services(Settings(data_dir=filled)) as services, TestClient(create_app(services)) as client:
        record = client.get("/v1/carriers/cn001", params={"lang": "de"}).json()
        listed = client.get("/v1/carriers", params={"city": "太仓", "limit": 100, "lang": "de"}).json()

    record_here = json.loads(run("carriers", "cn001", "--lang", "de", "--json").stdout)
    listed_here = json.loads(run("carriers", "--city", "太仓", "--lang", "de", "--json").stdout)

    assert record_here | {"request_id": ""} == record | {"request_id": ""}
    assert listed_here | {"request_id": ""} == listed | {"request_id": ""}
