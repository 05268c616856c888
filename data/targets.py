"""The policy's dated targets, from the file that comes with this program."""

from functools import partial
from pathlib import Path

from data.reading.rows import Row
from data.reading.sources import read_named_source
from data.reading.yaml_lists import YamlLists
from data.seed import seed_folder
from matcher.domain.errors import InvalidField
from matcher.domain.facts import Source
from matcher.domain.messages import Texts
from matcher.domain.targets import Measure, Target, Unit

FILE = "targets.yaml"
FIELDS = ("id", "zh", "en", "de", "at_least", "unit", "year", "measure")
MOST = 1e12


def read_targets(folder: Path | None = None) -> tuple[Target, ...]:
    """All of them, in the order of the file.

    Raises:
        SeedNotFound: there is no such file.
        InvalidInput: a row is broken; a target that is half known is none.
    """
    lists = YamlLists((folder or seed_folder()) / FILE)
    source = next(map(read_named_source, map(_whole, lists.rows("source"))), None)
    if source is None:
        raise InvalidField("A target has a source.", field="source")
    return tuple(map(partial(_target, source=source), map(_whole, lists.rows("targets"))))


def _target(row: Row, source: Source) -> Target:
    row.known_fields(FIELDS)
    at_least, year = row.number("at_least", 0, MOST), row.year("year")
    if at_least is None or year is None:
        raise InvalidField("A target has a number and a year.", field="targets")
    return Target(
        id=row.text("id"),
        name=Texts(row.text("zh"), row.text("en"), row.text("de")),
        at_least=at_least,
        unit=row.choice("unit", Unit),
        year=year,
        measure=row.choice("measure", Measure) if row.optional_text("measure") else None,
        source=source,
    )


def _whole(row: Row | Exception) -> Row:
    if isinstance(row, Exception):
        raise row
    return row
