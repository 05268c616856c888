"""The policy's targets: dated, with a source, and none half known."""

import pytest

from data.reading.files import Unreadable
from data.targets import read_targets
from matcher.domain.errors import InvalidField, InvalidInput, SeedNotFound
from matcher.domain.targets import LEVELS_OF, Measure, Unit

SOURCE = 'source:\n  - {id: s, title: Briefing, date: "2024-02-02"}\n'
TARGET = '{id: t, zh: "甲", en: A, de: B, at_least: 5, unit: firms, year: 2025}'


def in_file(tmp_path, text: str):
    (tmp_path / "targets.yaml").write_text(text, encoding="utf-8")
    return read_targets(tmp_path)


def test_the_targets_of_2025_come_with_date_and_source_in_three_languages() -> None:
    targets = {one.id: one for one in read_targets()}

    assert targets["carriers.provincial"].at_least == 40
    assert targets["carriers.national"].at_least == 10
    assert targets["area.built"].at_least == 2_000_000
    assert targets["area.used"].at_least == 1_200_000
    assert targets["firms.incubated"].at_least == 2_000
    assert targets["talents.leading"].at_least == 500
    assert (targets["funds.incubation"].at_least, targets["funds.incubation"].unit) == (10**9, Unit.YUAN)
    assert {(one.year, one.source.date) for one in targets.values()} == {(2025, "2024-02-02")}
    assert all(all(one.name) for one in targets.values())
    assert set(LEVELS_OF) == set(Measure)


def test_a_target_of_ones_own_is_read(tmp_path) -> None:
    (target,) = in_file(tmp_path, f"{SOURCE}targets:\n  - {TARGET}\n")

    assert (target.at_least, target.unit, target.measure, target.source.title) == (5, Unit.FIRMS, None, "Briefing")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (f"targets:\n  - {TARGET}\n", InvalidField),  # no source
        (SOURCE + "targets:\n  - " + TARGET.replace("at_least: 5, ", ""), InvalidField),
        (SOURCE + "targets:\n  - " + TARGET.replace("year: 2025", "year: soon"), InvalidInput),
        (SOURCE + "targets:\n  - " + TARGET.replace("firms", "apples"), InvalidInput),
        (SOURCE + "targets:\n  - " + TARGET.replace("unit", "kind: x, unit"), InvalidInput),
        (SOURCE + "targets:\n  - not a target\n", Unreadable),
    ],
)
def test_a_broken_one_is_refused(tmp_path, text, error) -> None:
    with pytest.raises(error):
        in_file(tmp_path, text)


def test_a_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(SeedNotFound):
        read_targets(tmp_path)
