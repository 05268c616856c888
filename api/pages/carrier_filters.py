"""The filters of the list of carriers as a form: what can be chosen, what is chosen, and how to take it back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pydantic import ConfigDict, Field, model_validator

from api.pages.city_plan import district_label
from api.schemas.carrier_query import MAX_LIMIT, CarrierQuery
from api.terminal.voice import Voice
from api.terminal.words import FIELDS, ROLES, STATUSES
from matcher.domain.carriers import Role, Status
from matcher.domain.messages import Message
from matcher.domain.taxonomy import CHAINS
from matcher.services.carrier_choices import Choices

LIST = "/carriers"
FIRST = ("industry", "kind")  # always in sight; the others are folded away
LABELS: Mapping[str, Message] = {
    "name": Message.of("Part of the name"),
    "industry": Message.of("Industry"),
    "kind": FIELDS["kind"],
    "subfield": Message.of("Sub-field"),
    "service": Message.of("Service"),
    "capability": Message.of("Platform or equipment"),
    "level": FIELDS["level"],
    "city": FIELDS["city"],
    "district": FIELDS["district"],
    "status": FIELDS["status"],
    "role": FIELDS["role"],
}
FOUR_CHAINS, OTHERS = Message.of("The four chains"), Message.of("Other industries")


class ListQuery(CarrierQuery):
    """As a form sends it: fields left blank ask nothing, and what else stands in the address belongs to others."""

    model_config = ConfigDict(extra="ignore")

    limit: int = Field(24, ge=1, le=MAX_LIMIT)

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, sent: Any) -> Any:  # noqa: ANN401 - whatever was sent
        return {name: value for name, value in sent.items() if value != ""} if isinstance(sent, Mapping) else sent

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set, in the order of the form."""
        return {name: value for name in LABELS if (value := getattr(self, name)) is not None}


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    n: int  # carriers that it would leave


@dataclass(frozen=True, slots=True)
class Select:
    """One filter: groups of options, each with its heading or none."""

    name: str
    label: str
    groups: Sequence[tuple[str, Sequence[Option]]]
    value: str  # empty where nothing is chosen


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and where the list without it is."""

    label: str
    value: str
    href: str
    n_without: int
    n_silent: int  # carriers that it hides because their records do not say


def address_of_list(chosen: Mapping[str, str], **more: str) -> str:
    """The address at which these filters are set, and nothing else."""
    query = urlencode({**chosen, **more})
    return f"{LIST}?{query}" if query else LIST


@dataclass(frozen=True, slots=True)
class Filters:
    """The form, in one language."""

    query: ListQuery
    found: Choices
    voice: Voice

    @property
    def selects(self) -> list[Select]:
        return [self._select(name) for name in LABELS if name != "name"]

    @property
    def chips(self) -> list[Chip]:
        chosen = self.query.chosen
        return [
            Chip(
                self.voice.say(LABELS[name]),
                self.said(name, value),
                address_of_list({other: kept for other, kept in chosen.items() if other != name}),
                self.found.without[name],
                self.found.silent[name],
            )
            for name, value in chosen.items()
        ]

    def said(self, name: str, value: str) -> str:
        """A filter's value in words."""
        voice = self.voice
        special: Mapping[str, Callable[[], str]] = {
            "name": lambda: value,
            "city": lambda: voice.city(value),
            "district": lambda: voice.texts(district_label(value)),
            "status": lambda: voice.say(STATUSES[Status(value)]),
            "role": lambda: voice.say(ROLES[Role(value)]),
        }
        return special[name]() if name in special else voice.label(value)

    def _select(self, name: str) -> Select:
        counts = dict(self.found.values[name])
        value = self.query.chosen.get(name, "")
        if value:
            counts.setdefault(value, 0)  # what is chosen stays to be seen
        options = [Option(one, self.said(name, one), counts[one]) for one in self._ordered(name, counts)]
        return Select(name, self.voice.say(LABELS[name]), self._groups(name, options), value)

    def _ordered(self, name: str, values: Iterable[str]) -> list[str]:
        """As the vocabulary has it; cities and districts with most carriers first."""
        if name in ("city", "district"):
            counts = self.found.values[name]
            return sorted(values, key=lambda one: (-counts.get(one, 0), one))
        if name == "industry":
            return sorted(values, key=lambda one: (CHAINS.index(one) if one in CHAINS else len(CHAINS), one))
        order = {str(term): number for number, term in enumerate(self.voice.registry.taxonomy.by_id)}
        return sorted(values, key=lambda one: (order.get(one, -1), one))

    def _groups(self, name: str, options: Sequence[Option]) -> list[tuple[str, Sequence[Option]]]:
        if name == "industry":
            heads = [self.voice.say(FOUR_CHAINS if one.value in CHAINS else OTHERS) for one in options]
        elif name in ("subfield", "capability"):
            heads = [self._parent(one.value) for one in options]
        else:
            return [("", options)]
        named = list(zip(heads, options, strict=True))
        return [(head, [one for own, one in named if own == head]) for head in dict.fromkeys(heads)]

    def _parent(self, term_id: str) -> str:
        taxonomy = self.voice.registry.taxonomy
        parent = taxonomy.get(term_id).parent
        return self.voice.label(parent) if parent else ""
