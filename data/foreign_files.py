"""Reads any network's files: startups and carriers as JSON lines, interactions as CSV."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import TypeVar

from data.reading.checking import Checking
from data.reading.files import Unreadable, decode
from data.reading.json_lines import json_rows
from data.reading.rows import Row
from matcher.domain.errors import InvalidField, InvalidFile
from matcher.domain.interactions import Interaction, InteractionKind, last_day
from matcher.domain.networks import Member, Network, Place

LANGUAGES = ("en", "zh", "de")
TAGS = ("categories", "industries", "subfields")
SERVICES = ("services", "capabilities", "site", "needs")
AS_OF = ("as_of", "profile_cutoff_year")
KNOWN = {"id", "name", "description", "text", *TAGS, *SERVICES, "stage", "city", "region", "country", *AS_OF}
COLUMNS = ("startup_id", "carrier_id", "date")
KIND = "kind"
SEPARATORS = ",;\t"
CONTROL = re.compile(r"[\x00-\x1f\x7f]|[\ud800-\udfff]")
MAX_CHARACTERS = 100_000  # a long document; more is a file in the wrong field
Read = TypeVar("Read")


def read_network(startups: Path, carriers: Path, interactions: Path, *, until: date | None) -> Network:
    """Everything in the files that can be used, and every row that cannot.

    Args:
        startups: JSON lines.
        carriers: JSON lines.
        interactions: CSV.
        until: interactions after this day are passed over unread; None takes all.

    Raises:
        InvalidFile: a file cannot be opened, is not text, or has no heading with the three columns.
    """
    checking = Checking()
    found_startups, found_carriers = _members(startups, checking), _members(carriers, checking)
    known = (frozenset(one.id for one in found_startups), frozenset(one.id for one in found_carriers))
    return Network(
        startups=found_startups,
        carriers=found_carriers,
        interactions=tuple(_interactions(interactions, *known, until, checking)),
        broken=tuple(checking.broken),
    )


def read_ids(path: Path) -> tuple[str, ...]:
    """Ids, one a line, each once, in their order.

    Raises:
        InvalidFile: the file cannot be opened or is not text.
    """
    lines = (line.strip() for line in _text_of(path).splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _members(path: Path, checking: Checking) -> tuple[Member, ...]:
    _opened(path, lambda: path.open("rb").close())
    rows = (_with_text_id(row) for row in json_rows(path))
    return tuple(checking.each(rows, _member))


def _with_text_id(row: Row | Unreadable) -> Row | Unreadable:
    """Whole numbers are ids too."""
    if isinstance(row, Row) and type(row.values.get("id")) is int:
        return replace(row, values={**row.values, "id": str(row.values["id"])})
    return row


def _member(row: Row) -> Member:
    return Member(
        id=row.text("id").strip(),
        name=_words(row, "name"),
        text=_words(row, "description") or _words(row, "text"),
        tags=_all_tags(row, TAGS),
        services=_all_tags(row, SERVICES),
        stage=_folded(_words(row, "stage")),
        place=Place(**{name: _words(row, name) for name in ("country", "region", "city")}),
        as_of=_as_of(row),
        more={name: value for name, value in row.values.items() if name not in KNOWN},
    )


def _words(row: Row, name: str) -> str:
    """A text, or the first language of an object that has one; nothing where it is null, empty or missing."""
    value = row.values.get(name)
    if isinstance(value, dict):
        value = next((value[language] for language in LANGUAGES if value.get(language)), None)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > MAX_CHARACTERS:
        raise InvalidField("{name}: a text is expected, or an object with en, zh or de.", field=name, name=name)
    return CONTROL.sub(" ", value).strip()


def _all_tags(row: Row, names: Sequence[str]) -> tuple[str, ...]:
    """The tags of all these fields, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(_tags(row.values.get(name), name) for name in names)))


def _tags(value: object, name: str) -> list[str]:
    """A list of texts, one text, or an object of lists."""
    if value is None:
        return []
    if isinstance(value, str):
        return [_folded(value)] if value.strip() else []
    if isinstance(value, dict):
        value = [tag for tags in value.values() for tag in _tags(tags, name)]
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise InvalidField("{name}: a list of texts is expected.", field=name, name=name)
    return [_folded(tag) for tag in value if tag.strip()]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", CONTROL.sub(" ", text)).casefold().split())


def _as_of(row: Row) -> date | None:
    for name in AS_OF:
        value = row.values.get(name)
        if value is not None:
            return last_day(str(value), name)
    return None


def _interactions(
    path: Path, startups: frozenset[str], carriers: frozenset[str], until: date | None, checking: Checking
) -> Iterator[Interaction]:
    text = _text_of(path)
    separator = max(SEPARATORS, key=text.partition("\n")[0].count)
    table = csv.DictReader(StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        missing = tuple(name for name in COLUMNS if name not in (table.fieldnames or ()))
        if missing:
            raise InvalidFile(
                "{file} has no column {missing} in its first line.",
                field="interactions",
                file=path.name,
                missing=missing,
            )
        for record in table:
            try:
                found = _interaction(record, startups, carriers, until)
            except InvalidField as error:
                checking.report(path.name, table.line_num, error.message)
                continue
            if found is not None:
                yield found
    except csv.Error as error:
        raise InvalidFile(
            "{file}, line {line}: this is not CSV: {reason}.",
            field="interactions",
            file=path.name,
            line=table.line_num,
            reason=error,
        ) from None


def _interaction(
    record: dict[str, str | None], startups: frozenset[str], carriers: frozenset[str], until: date | None
) -> Interaction | None:
    """None where it lies after `until`: then nothing else of it is looked at."""
    startup, carrier, when = ((record[name] or "").strip() for name in COLUMNS)
    on = last_day(when)
    if until is not None and on > until:
        return None
    if startup not in startups:
        raise InvalidField("There is no startup {id} in the file of startups.", field="startup_id", id=startup[:60])
    if carrier not in carriers:
        raise InvalidField("There is no carrier {id} in the file of carriers.", field="carrier_id", id=carrier[:60])
    kind = (record.get(KIND) or InteractionKind.ADMISSION).strip().lower()
    if kind not in list(InteractionKind):
        known = tuple(one.value for one in InteractionKind)
        raise InvalidField("{value} is none of {known}.", field=KIND, value=kind[:60], known=known)
    return Interaction(startup=startup, carrier=carrier, on=on, kind=InteractionKind(kind))


def _text_of(path: Path) -> str:
    content = _opened(path, path.read_bytes)
    return decode(content.removeprefix(b"\xef\xbb\xbf"), path.name)


def _opened(path: Path, read: Callable[[], Read]) -> Read:
    try:
        return read()
    except OSError as error:
        raise InvalidFile(
            "The file {file} cannot be read: {reason}.", field="input", file=path, reason=error.strerror
        ) from None
