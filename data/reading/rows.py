"""One record of a file, asked for its fields by type: what is missing is unknown, what is wrong is named."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NoReturn, TypeVar

from data.fingerprints import frozen
from matcher.domain.errors import InvalidField
from matcher.domain.ids import TermId
from matcher.domain.messages import Message, Texts
from matcher.domain.taxonomy import Facet, Taxonomy

Choice = TypeVar("Choice", bound=StrEnum)
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
YEARS = range(1800, 2101)
MAX_CHARACTERS = 20_000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")


@dataclass(frozen=True)
class Row:
    """A record; every method raises InvalidField that names the field and what was expected."""

    values: Mapping[str, object]
    file: str
    line: int
    path: str = ""  # of an object inside another: "name."

    def known_fields(self, allowed: Collection[str]) -> None:
        """A misspelt field would silently be an unknown fact."""
        for name in self.values:
            if name not in allowed:
                raise InvalidField("There is no field {name}.", field=name, name=self.path + _shown(name))

    def rest(self, known: Collection[str]) -> dict[str, object]:
        """All fields but these, as they are, with lists as tuples."""
        return {name: self.value(name) for name in self.values if name not in known}

    def value(self, field: str) -> object:
        """Whatever stands there, with lists as tuples."""
        _refuse_control(self.values.get(field), field)
        return frozen(self.values.get(field))

    def id(self, field: str = "id") -> str:
        value = self.text(field)
        if ID.fullmatch(value) is None:
            self._fail(field, Message("an id of letters, digits, dots, dashes and underscores"))
        return value

    def optional_text(self, field: str) -> str | None:
        return None if self.values.get(field) is None else self.text(field)

    def text(self, field: str) -> str:
        value = self.values.get(field)
        if not isinstance(value, str) or not value.strip():
            self._fail(field, Message("a text that is not empty"))
        if len(value) > MAX_CHARACTERS or CONTROL.search(value):
            self._fail(field, Message("a text without control characters, not longer than a few pages"))
        return value

    def texts(self, field: str) -> Texts:
        """Words by language: at least one of zh, en and de."""
        inner = self.inner(field)
        inner.known_fields(("zh", "en", "de"))
        words = Texts(*(inner.text(name) if inner.values.get(name) else "" for name in ("zh", "en", "de")))
        if not any(words):
            self._fail(field, Message("words in at least one of zh, en and de"))
        return words

    def optional_texts(self, field: str) -> Texts | None:
        return None if self.values.get(field) is None else self.texts(field)

    def items(self, field: str) -> Sequence[object]:
        """Its items; a missing list is empty."""
        value = self.values.get(field)
        if value is None:
            return []
        if not isinstance(value, list):
            self._fail(field, Message("a list"))
        return value

    def text_list(self, field: str) -> tuple[str, ...]:
        return tuple(self._alone(field, item).text(field) for item in self.items(field))

    def inner(self, field: str) -> "Row":
        return self._as_row(field, self.values.get(field))

    def inner_list(self, field: str) -> "list[Row]":
        return [self._as_row(field, item) for item in self.items(field)]

    def flag(self, field: str) -> bool:
        value = self.values.get(field)
        if not isinstance(value, bool):
            self._fail(field, Message("true or false"))
        return value

    def optional_flag(self, field: str) -> bool | None:
        return None if self.values.get(field) is None else self.flag(field)

    def number(self, field: str, low: float, high: float) -> float | None:
        value = self.values.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            self._fail(field, Message.of("a number from {low} to {high}", low=low, high=high))
        return float(value)

    def year(self, field: str) -> int | None:
        value = self.values.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value not in YEARS:
            self._fail(field, Message.of("a year from {first} to {last}", first=str(YEARS[0]), last=str(YEARS[-1])))
        return value

    def date(self, field: str) -> str | None:
        """A year, month or day as ISO 8601 writes it, and one that exists."""
        value = self.values.get(field)
        if value is None:
            return None
        if not isinstance(value, str) or not _is_date(value):
            self._fail(field, Message("a date such as 2024, 2024-02 or 2024-02-02"))
        return value

    def choice(self, field: str, choices: type[Choice], default: Choice | None = None) -> Choice:
        value = self.values.get(field)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or value not in [choice.value for choice in choices]:
            self._fail(field, Message.of("one of {known}", known=tuple(choice.value for choice in choices)))
        return choices(value)

    def term(self, field: str, taxonomy: Taxonomy, *facets: Facet) -> TermId | None:
        value = self.values.get(field)
        if value is None:
            return None
        if not isinstance(value, str):
            self._fail(field, Message("an id of the vocabulary"))
        if taxonomy.get(value, field).facet not in facets:
            self._fail(field, Message.of("one of {known}", known=tuple(facet.value for facet in facets)))
        return TermId(value)

    def terms(self, field: str, taxonomy: Taxonomy, *facets: Facet) -> tuple[TermId, ...]:
        """Ids of these facets, each once."""
        found = []
        for item in self.items(field):
            term = self._alone(field, item).term(field, taxonomy, *facets)
            if term is None or term in found:
                self._fail(field, Message("ids of the vocabulary, each once"))
            found.append(term)
        return tuple(found)

    def _as_row(self, field: str, value: object) -> "Row":
        if not isinstance(value, dict):
            self._fail(field, Message("an object with named values"))
        return replace(self, values=value, path=f"{self.path}{field}.")

    def _alone(self, field: str, item: object) -> "Row":
        """One item of a list, as if it stood in the field by itself."""
        return replace(self, values={field: item})

    def _fail(self, field: str, expected: Message) -> NoReturn:
        raise InvalidField(
            "{name}: expected {expected}, not {value}.",
            field=field,
            name=self.path + field,
            expected=expected,
            value=_shown(self.values.get(field)),
        )


def _is_date(text: str) -> bool:
    matched = DATE.fullmatch(text)
    if matched is None or not text.isascii() or int(matched[1]) not in YEARS:
        return False
    try:
        date(int(matched[1]), int(matched[2] or 1), int(matched[3] or 1))
    except ValueError:
        return False
    return True


def _shown(value: object) -> str:
    """A value as a reason may show it: short, on one line, printable."""
    text = "nothing" if value is None else repr(value)
    printable = "".join(character if character.isprintable() else "?" for character in text[:60])
    return printable + ("…" if len(text) > 60 else "")


def _refuse_control(value: object, field: str) -> None:
    if isinstance(value, str) and CONTROL.search(value):
        raise InvalidField("{name}: control characters are not text.", field=field, name=field)
    if isinstance(value, dict):
        for name, inner in value.items():
            _refuse_control(name, field)
            _refuse_control(inner, field)
    if isinstance(value, list):
        for inner in value:
            _refuse_control(inner, field)
