"""Broken files: every row that cannot be used is named with file, line and reason; nothing crashes."""

import json
from shutil import copytree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.seed import read_seed, seed_folder
from matcher.domain.errors import InvalidFile, SeedNotFound

GOOD = {
    "id": "x001",
    "name": {"zh": "一", "en": "One", "de": "Eins"},
    "role": "carrier",
    "kind": "kind.incubator",
    "industries": ["biomed"],
    "subfields": ["biomed.devices"],
    "services": ["service.site"],
    "sources": [{"publisher": "City", "date": "2024-02", "grade": "official"}],
}
FILES = ("taxonomy.yaml", "carriers.jsonl", "finance.jsonl", "places.yaml")


@pytest.fixture
def folder(tmp_path):
    return copytree(seed_folder(), tmp_path / "seed")


def write_carriers(folder, *lines) -> None:
    texts = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    (folder / "carriers.jsonl").write_bytes(b"\n".join(texts) + b"\n")


def edit(folder, old: str, new: str, file: str = "taxonomy.yaml") -> int:
    """Replace the first occurrence; the line where it stood."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def reasons(batch) -> list[tuple[str, int, str]]:
    return [(row.file, row.line, str(row.reason)) for row in batch.broken]


# A line of JSON


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": "x002", "name": {"zh"', "not JSON"),
        (b'["a", "list"]', "one JSON object"),
        (b"42", "one JSON object"),
        (b"null", "one JSON object"),
        (b'{"id": "\xff\xfe"}', "not UTF-8"),
        (b"\x00\x00\x00", "not JSON"),
        (b'{"id": "x", "id": "y"}', "twice"),
        (b'{"area_m2": NaN}', "NaN is not a number"),
        (b'{"area_m2": -Infinity}', "not a number"),
        (b'{"area_m2": 1' + b"0" * 5000 + b"}", "beyond all sense"),
        (b"[" * 100_000, "beyond all sense"),
        (b"{}", "id: expected a text"),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else value,
)
def test_a_line_that_is_no_record_costs_only_itself(folder, line, reason) -> None:
    write_carriers(folder, {**GOOD, "id": "x001"}, line, b"", {**GOOD, "id": "x003"})

    batch = read_seed(folder)

    assert [carrier.id for carrier in batch.carriers] == ["x001", "x003"]
    [(file, number, said)] = reasons(batch)
    assert (file, number) == ("carriers.jsonl", 2)
    assert reason in said


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": 7}, "id"),
        ({"id": "a b"}, "id"),
        ({"id": "../x"}, "id"),
        ({"id": "x" * 200}, "id"),
        ({"id": None}, "id"),
        ({"name": "One"}, "name"),
        ({"name": {"zh": "", "en": None}}, "name"),
        ({"name": {"fr": "Un"}}, "fr"),
        ({"name": {"en": "nul\x00"}}, "name.en"),
        ({"name": {"en": "half \ud83d"}}, "en"),
        ({"name": {"en": "x" * 50_000}}, "en"),
        ({"role": "boss"}, "role"),
        ({"role": ["carrier"]}, "role"),
        ({"kind": "kind.castle"}, "kind.castle"),
        ({"kind": "level.national"}, "kind"),
        ({"kind": {"id": "kind.incubator"}}, "kind"),
        ({"specialised": "yes"}, "specialised"),
        ({"specialised": 1}, "specialised"),
        ({"level": "kind.incubator"}, "level"),
        ({"status": "sleeping"}, "status"),
        ({"status_as_of": "02/02/2024"}, "status_as_of"),
        ({"status_as_of": "2024-02-30"}, "status_as_of"),
        ({"status_as_of": "9999-01-01"}, "status_as_of"),
        ({"status_as_of": 2024}, "status_as_of"),
        ({"status_as_of": "２０２４"}, "status_as_of"),
        ({"country": "China"}, "country"),
        ({"area_m2": "large"}, "area_m2"),
        ({"area_m2": -5}, "area_m2"),
        ({"area_m2": 0}, "area_m2"),
        ({"area_m2": 1e300}, "area_m2"),
        ({"area_m2": 10**400}, "area_m2"),
        ({"area_m2": True}, "area_m2"),
        ({"founded": 20123}, "founded"),
        ({"founded": 2012.5}, "founded"),
        ({"industries": "biomed"}, "industries"),
        ({"industries": ["biomed", "biomed"]}, "industries"),
        ({"industries": ["biomed.devices"]}, "industries"),
        ({"industries": [None]}, "industries"),
        ({"industries": [["biomed"]]}, "industries"),
        ({"industries": []}, "biomed.devices"),
        ({"services": ["service.magic"]}, "service.magic"),
        ({"services": ["cap.cmm"]}, "services"),
        ({"capabilities": ["service.site"]}, "capabilities"),
        ({"tenants": [1]}, "tenants"),
        ({"finance": [{"product": "service.site", "name": "F"}]}, "product"),
        ({"finance": [{"product": None}]}, "name"),
        ({"evidence": {"kind": ["stated"]}}, "kind"),
        ({"evidence": {"mood": "stated"}}, "mood"),
        ({"evidence": []}, "evidence"),
        ({"confidence": 0.9}, "confidence"),
        ({"sources": []}, "source"),
        ({"sources": ["City"]}, "sources"),
        ({"sources": [{"grade": "official"}]}, "source"),
        ({"sources": [{"publisher": "City", "grade": "rumour"}]}, "grade"),
        ({"sources": [{"publisher": "City", "date": "soon"}]}, "date"),
        ({"sources": [{"url": "javascript:alert(1)"}]}, "address"),
        ({"servces": ["service.site"]}, "servces"),
    ],
    ids=str,
)
def test_a_wrong_value_is_refused_by_the_name_of_its_field(folder, change, field) -> None:
    write_carriers(folder, {**GOOD, **change}, {**GOOD, "id": "x999"})

    batch = read_seed(folder)

    [(file, line, said)] = reasons(batch)
    assert (file, line) == ("carriers.jsonl", 1)
    assert field in said
    assert len(said) < 250
    assert [carrier.id for carrier in batch.carriers] == ["x999"]


def test_a_repeated_id_names_the_line_of_the_first(folder) -> None:
    write_carriers(folder, GOOD, {**GOOD, "id": "x002"}, {**GOOD, "area_m2": 10})

    assert reasons(read_seed(folder)) == [("carriers.jsonl", 3, "x001 stands already in line 1.")]


def test_what_a_record_does_not_say_is_unknown(folder) -> None:
    write_carriers(folder, {name: GOOD[name] for name in ("id", "name", "sources")})

    [carrier] = read_seed(folder).carriers

    assert carrier.kind is carrier.level is carrier.city is carrier.area_m2 is carrier.specialised is None
    assert carrier.status.value == "unknown"
    assert carrier.services == ()


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_of_records_is_told(folder, content) -> None:
    (folder / "carriers.jsonl").write_bytes(content)

    assert reasons(read_seed(folder)) == [("carriers.jsonl", 1, "The file is empty.")]


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(folder) -> None:
    for file in FILES:
        content = (folder / file).read_bytes()
        (folder / file).write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))

    batch = read_seed(folder)

    assert reasons(batch) == []
    assert batch == read_seed(seed_folder())


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_seed_not_found(folder, file) -> None:
    (folder / file).unlink()

    with pytest.raises(SeedNotFound, match=file):
        read_seed(folder)


def test_a_folder_in_place_of_a_file_is_seed_not_found(folder) -> None:
    (folder / "carriers.jsonl").unlink()
    (folder / "carriers.jsonl").mkdir()

    with pytest.raises(SeedNotFound):
        read_seed(folder)


@given(line=st.binary(max_size=60))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_stop_the_reading(folder, line) -> None:
    write_carriers(folder, line.replace(b"\n", b" "), GOOD)

    assert [carrier.id for carrier in read_seed(folder).carriers] == ["x001"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, "date"]), inner, max_size=4),
    max_leaves=6,
)


@given(field=st.sampled_from([*GOOD, "area_m2", "founded", "finance", "evidence", "status_as_of"]), value=JSON)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_json_value_stops_the_reading(folder, field, value) -> None:
    write_carriers(folder, {**GOOD, field: value}, {**GOOD, "id": "x999"})

    batch = read_seed(folder)

    assert batch.carriers[-1].id == "x999"
    assert len(batch.carriers) + len(batch.broken) == 2


# YAML


def test_a_broken_entry_of_the_vocabulary_is_named_by_its_line(folder) -> None:
    line = edit(folder, "  - {id: cap.cmm, parent: platform.testing,", "  - {id: cap.cmm, parent: platform.tasting,")

    batch = read_seed(folder)

    assert ("taxonomy.yaml", line, "parent: platform.tasting is not one of technical_platforms.") in reasons(batch)
    assert "cap.cmm" not in batch.vocabulary.by_id
    assert all("cap.cmm" in said for file, _, said in reasons(batch) if file == "carriers.jsonl")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("  - id: equipment.machine_tools\n    parent: equipment\n", "  - id: equipment.machine_tools\n", "parent"),
        ("  - {id: anchor.usp,", "  - {id: anchor.seed_centre,", "stands already in line"),
        ("  - {id: req.power,", "  - {id: [1],", "id"),
        ("  - {id: actor.bank,", "  - {id: 'actor bank',", "id"),
        ('zh: "用电容量"', "zh: 5", "zh"),
        ("source: torch-2017-120}", "source: hearsay}", "hearsay is not among the sources"),
        ('near: ["equipment", "aerospace"]', 'near: ["robots"]', "robots is not one of industries"),
        ("core_park: anchor.zhihuigu", "core_park: service.site", "service.site is not one of anchors"),
        ('    date: "2018-12-14"', '    date: "Christmas"', "date"),
        ("    grade: official", "    grade: great", "grade"),
        ("subfield: biomed.cgt, context", "subfield: biomed.magic, context", "biomed.magic"),
        ('  - term: "CRO"', '  - trem: "CRO"', "term"),
        ("handover_chain: [kind.makerspace", "handover_chain: [stage.seed", "handover_chain"),
        ('vocabulary_version: "2026-11"', "vocabulary_version: ", "vocabulary_version"),
        ("    default: explain", "    default: forbid", "default"),
        ("    default: explain", "    default: exclude", "excludes, but is no carrier's own rule"),
        ('    op: "between"', '    op: "roughly"', "roughly"),
        ("    value: 36", "    value: ", "value"),
        ('    carrier_kinds: ["kind.accelerator"]', "    carrier_kinds: []", "kinds of carrier, or for one carrier"),
        ('    carrier_kinds: ["kind.accelerator"]', "    carrier_id: cn999", "cn999"),
        ("    source: seu-park-2017", "    valid_to: 2016-12-31\n    source: seu-park-2017", "before"),
        ("    source: seu-park-2017", "    valid_to: '2027'\n    source: seu-park-2017", "whole date"),
        ("    value: 36", "    value: 36\n    value: 48", "stands once"),
        ("    value: 36", '    value: "\\0"', "control characters"),
        ("    value: 36", "    value: [[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]", "too deeply"),
        ("    value: 36", "    value: !!python/object:os.system {}", "cannot be read"),
        ("    value: 36", "    value: !!int many", "cannot be read"),
    ],
    ids=lambda value: value.strip()[:40],
)
def test_a_broken_entry_is_told_by_its_line(folder, old, new, reason) -> None:
    line = edit(folder, old, new)

    told = [(number, said) for file, number, said in reasons(read_seed(folder)) if file == "taxonomy.yaml"]

    assert any(reason in said for _, said in told)
    assert any(abs(number - line) <= 8 for number, _ in told)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"just words", 1),
        (b"- a\n- list", 1),
        (b"a: 1\nb: [1, 2\nc: 3", 3),
        (b"a: 1\n\tb: 2", 2),
        (b"a: 1\nb: \xff", 2),
        (b"a: 1\nb: \x00", 2),
        (b"a: 1\na: 2", 1),
        (b"a: &x [1]\nb: *x", 2),
        (b"a: &x [*x]", 1),
        (b"? [a]\n: 1", 1),
        (b"[" * 100_000, 1),
        (b"---\na: 1\n---\nb: 2", 3),
    ],
    ids=lambda value: value[:14] if isinstance(value, bytes) else str(value),
)
def test_a_file_that_is_not_yaml_is_named_with_the_line(folder, content, line) -> None:
    (folder / "taxonomy.yaml").write_bytes(content)
    with pytest.raises(InvalidFile, match=rf"taxonomy\.yaml, line {line}: "):
        read_seed(folder)

    (folder / "taxonomy.yaml").write_bytes((seed_folder() / "taxonomy.yaml").read_bytes())
    (folder / "places.yaml").write_bytes(content)
    batch = read_seed(folder)
    assert batch.places == ()
    assert [(file, number) for file, number, _ in reasons(batch)] == [("places.yaml", line)]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("latitude: 31.46", "latitude: 131.46", "latitude"),
        ("longitude: 121.13", "longitude: east", "longitude"),
        ("delta: true", "delta: maybe", "delta"),
        ("{id: 太仓, zh: 太仓, en: Taicang,", "{id: 太仓, zh: 太仓,", "en"),
        ("  - {id: 苏州", "  - {id: 太仓", "stands already in line 5"),
        ("  - {id: 太仓", "  - 太仓\n  - {id: 太仓", "names and values"),
    ],
)
def test_a_broken_place_is_named_by_its_line(folder, old, new, reason) -> None:
    edit(folder, old, new, "places.yaml")

    batch = read_seed(folder)

    [(file, line, said)] = reasons(batch)
    assert file == "places.yaml"
    assert line in (5, 6)
    assert reason in said
    assert len(batch.places) >= 32


def test_places_that_are_no_list_are_told(folder) -> None:
    (folder / "places.yaml").write_text("places: many\n", encoding="utf-8")

    assert reasons(read_seed(folder)) == [("places.yaml", 1, "places is a list of entries.")]


def test_a_rule_of_one_carrier_may_exclude(folder) -> None:
    edit(
        folder,
        "    default: explain",
        "    default: exclude\n    carrier_id: cn001\n    valid_from: 2025-03-01\n    area: north",
    )
    edit(folder, '    carrier_kinds: ["kind.specialised_incubator"]\n    field: "share', '    field: "share')

    batch = read_seed(folder)

    assert reasons(batch) == []
    [rule] = [rule for rule in batch.entry_rules if rule.carrier_id]
    assert (rule.carrier_id, str(rule.valid_from), rule.extra) == ("cn001", "2025-03-01", {"area": "north"})
