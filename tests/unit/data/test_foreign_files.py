"""A network's own files: tolerant where nothing is lost, and every row that cannot be used is named in place."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.foreign_files import read_ids, read_network
from matcher.domain.errors import InvalidField, InvalidFile
from matcher.domain.interactions import InteractionKind, last_day
from matcher.domain.networks import Network, Place

STARTUPS = [
    {
        "id": "s1",
        "description": {"en": "Robots.", "zh": "机器人。"},
        "categories": ["Robotics ", "IoT"],
        "city": "Bonn",
    },
    {"id": 7, "text": "Drones.", "stage": "Seed", "needs": {"services": ["Lab"]}, "founded": 2019},
]
CARRIERS = [
    {
        "id": "c1",
        "name": "Hub",
        "as_of": 2020,
        "subfields": "drones",
        "services": ["lab"],
        "country": "DE",
        "region": "",
    },
    {"id": "c2", "description": None, "categories": None},
]
LINKS = "startup_id,carrier_id,date,kind\ns1,c1,2020,\n7,c2,2021-02,visit\n7,c1,2021-03-05,declined\n"


@pytest.fixture
def read(tmp_path):
    def reader(startups=STARTUPS, carriers=CARRIERS, links=LINKS, until=None) -> Network:
        paths = [tmp_path / name for name in ("startups.jsonl", "carriers.jsonl", "links.csv")]
        for path, content in zip(paths, (startups, carriers, links), strict=True):
            rows = content if isinstance(content, (str, bytes)) else "".join(json.dumps(row) + "\n" for row in content)
            path.write_bytes(rows.encode() if isinstance(rows, str) else rows)
        return read_network(*paths, until=until)

    return reader


def reasons(network: Network) -> list[tuple[str, int, str]]:
    return [(row.file, row.line, str(row.reason)) for row in network.broken]


def test_what_is_there_is_read_and_what_is_missing_is_unknown(read) -> None:
    network = read()

    robots, drones = network.startups
    assert (robots.text, robots.tags, robots.place) == ("Robots.", ("robotics", "iot"), Place(city="Bonn"))
    assert (drones.id, drones.text, drones.stage, drones.services) == ("7", "Drones.", "seed", ("lab",))
    assert drones.more == {"founded": 2019}
    hub, bare = network.carriers
    assert (hub.tags, hub.services, hub.as_of) == (("drones",), ("lab",), date(2020, 12, 31))
    assert (bare.name, bare.text, bare.tags, bare.as_of) == ("", "", (), None)
    assert [(one.startup, one.carrier, one.on.isoformat(), one.kind) for one in network.interactions] == [
        ("s1", "c1", "2020-12-31", InteractionKind.ADMISSION),
        ("7", "c2", "2021-02-28", InteractionKind.VISIT),
        ("7", "c1", "2021-03-05", InteractionKind.DECLINED),
    ]
    assert network.broken == ()


def test_nothing_after_the_last_day_is_looked_at(read) -> None:
    links = LINKS + "nobody,c1,2022,\n7,nobody,2022-01-01,what\n"

    assert [one.on for one in read(links=links, until=date(2020, 12, 31)).interactions] == [date(2020, 12, 31)]
    assert read(links=links, until=date(2021, 12, 31)).broken == ()
    assert len(read(links=links).broken) == 2


def test_a_year_is_known_only_when_it_is_over(read) -> None:
    assert read(until=date(2020, 12, 30)).interactions == ()


def test_every_broken_row_is_named_and_the_rest_is_read(read) -> None:
    startups = '{"id": "s1"}\n{"id": "s1"}\nnot json\n{"text": "no id"}\n{"id": "s2", "categories": [1]}\n'
    links = "startup_id,carrier_id,date\ns1,c1,20x1\nsx,c1,2020\ns1,cx,2020\ns1,c1,2020-13\ns1,c1\ns1,c1,2020\n"

    network = read(startups=startups, links=links)

    assert [one.id for one in network.startups] == ["s1"]
    assert len(network.interactions) == 1
    assert [(file, line) for file, line, _ in reasons(network)] == [
        *(("startups.jsonl", line) for line in (2, 3, 4, 5)),
        *(("links.csv", line) for line in (2, 3, 4, 5, 6)),
    ]
    assert reasons(network)[3][2] == "categories: a list of texts is expected."
    assert reasons(network)[4][2] == "20x1 is no date such as 2024, 2024-02 or 2024-02-02."
    assert reasons(network)[5][2] == "There is no startup sx in the file of startups."


def test_an_unknown_kind_of_interaction_is_named(read) -> None:
    network = read(links="startup_id,carrier_id,date,kind\ns1,c1,2020,hired\n")

    assert "hired is none of impression, lead" in reasons(network)[0][2]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_may_be_separated_as_a_spreadsheet_does_and_stand_in_any_order(read, separator) -> None:
    links = "\ufeff" + separator.join(("date", "note", "carrier_id", "startup_id")) + "\n"
    links += separator.join(("2020-05", '"a, b"', "c1", "s1")) + "\r\n"

    (one,) = read(links=links).interactions

    assert (one.startup, one.carrier, one.on) == ("s1", "c1", date(2020, 5, 31))


@pytest.mark.parametrize("links", ["", "startup_id,carrier_id\n", "\n\n"])
def test_a_file_without_the_three_columns_is_refused(read, links) -> None:
    with pytest.raises(InvalidFile, match="has no column"):
        read(links=links)


def test_a_file_that_is_no_text_is_refused(read) -> None:
    with pytest.raises(InvalidFile, match=r"links\.csv, line 2: The text is not UTF-8"):
        read(links=b"startup_id,carrier_id,date\n\xff\xfe,c,2020\n")


def test_a_file_that_is_not_there_is_named(tmp_path) -> None:
    with pytest.raises(InvalidFile, match="cannot be read"):
        read_network(tmp_path / "no.jsonl", tmp_path / "no.jsonl", tmp_path / "no.csv", until=None)
    with pytest.raises(InvalidFile, match="cannot be read"):
        read_ids(tmp_path)


def test_ids_stand_one_a_line_and_count_once(tmp_path) -> None:
    (tmp_path / "ids.txt").write_text("s2\n\n s1 \ns2\n", encoding="utf-8")

    assert read_ids(tmp_path / "ids.txt") == ("s2", "s1")


@given(st.text(max_size=12))
def test_a_date_is_one_of_three_forms_or_refused(text) -> None:
    try:
        day = last_day(text)
    except InvalidField:
        return
    assert day.isoformat().startswith(text.strip())


@pytest.mark.parametrize("anything", [b"[]", b"\x00", b'{"id": NaN}', b'{"id": "s", "id": "s"}', b'{"id": {}}'])
def test_a_line_of_anything_is_reported_and_costs_only_itself(read, anything) -> None:
    network = read(startups=anything + b'\n{"id": "s1"}\n', links="startup_id,carrier_id,date\n")

    assert [one.id for one in network.startups] == ["s1"]
    assert [line for _, line, _ in reasons(network)] == [1]
