"""What is known of one carrier, fact by fact, with what each rests on; and what is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from api.pages.carrier_lines import Field, district_text, fields_of
from api.terminal.values import parts_in_words
from api.terminal.voice import Voice
from api.terminal.words import BASES, FIELDS, GRADES
from matcher.domain.carriers import CORRECTED, Carrier
from matcher.domain.facts import Source
from matcher.domain.messages import Message
from matcher.ranking.next_steps import PLACES_HOLD

GROUPS: Sequence[tuple[Message, Sequence[str]]] = (
    (Message.of("What it is"), ("kind", "specialised", "level", "status", "operator", "founded", "area_m2")),
    (Message.of("Where it is"), ("city", "district", "landing_in")),
    (Message.of("What it works in"), ("industries", "subfields", "wanted", "anchors")),
    (Message.of("What it offers"), ("services", "service_items", "capabilities", "site", "finance")),
    (Message.of("Who is there"), ("tenants", "places_left")),
)
NOT_MISSED = ("landing_in",)  # most carriers are no enclave
BASES_HERE: Mapping[str, Message] = BASES | {CORRECTED: Message.of("put right by the carrier")}


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact in words."""

    name: str
    parts: Sequence[str]
    fields: Sequence[Field]  # instead of the parts, where they are industries
    basis: str
    note: str  # in the words of the record
    source: int  # its number in the list of sources; 0 where none is named
    as_of: str | None
    is_corrected: bool
    may_be_past: bool = False


@dataclass(frozen=True, slots=True)
class SourceLine:
    number: int
    label: str
    grade: str
    date: str | None
    url: str | None  # None where the address is no link


@dataclass(frozen=True)
class CarrierFacts:
    """Of one carrier, in one language."""

    carrier: Carrier
    voice: Voice
    today: date

    @property
    def groups(self) -> list[tuple[str, list[FactLine]]]:
        """Headings with their facts; a group of which nothing is known is left out."""
        named = [(self.voice.say(heading), [self._line(one) for one in names]) for heading, names in GROUPS]
        return [(heading, known) for heading, lines in named if (known := [line for line in lines if line.parts])]

    @property
    def unknown(self) -> list[str]:
        say, names = self.voice.say, [name for _, names in GROUPS for name in names if name not in NOT_MISSED]
        silent = [name for name in names if not parts_in_words(self.carrier, name, self.voice)]
        return [self.voice.named(FIELDS[name], say(Message.of("unknown"))) for name in silent]

    @property
    def sources(self) -> list[SourceLine]:
        return [
            SourceLine(
                number,
                one.label,
                self.voice.say(GRADES[one.grade]),
                one.date,
                one.url if one.url and one.url.startswith(("https://", "http://")) else None,
            )
            for number, one in enumerate(self._sources, 1)
        ]

    @cached_property
    def _sources(self) -> list[Source]:
        """Those of the record, best first, then those of single facts that were put right."""
        return list(dict.fromkeys([*self.carrier.fact("name").sources, *self.carrier.corrected.values()]))

    def _line(self, name: str) -> FactLine:
        fact, voice = self.carrier.fact(name), self.voice
        parts = parts_in_words(self.carrier, name, voice)
        if name == "district" and parts:
            parts = [district_text(self.carrier, voice)]
        return FactLine(
            name=voice.say(FIELDS[name]),
            parts=parts,
            fields=fields_of(self.carrier, voice) if name == "industries" else (),
            basis=voice.say(BASES_HERE[fact.basis]) if fact.basis in BASES_HERE else fact.basis,
            note=fact.note or "",
            source=self._sources.index(fact.sources[0]) + 1 if fact.sources else 0,
            as_of=fact.as_of,
            is_corrected=fact.basis == CORRECTED,
            may_be_past=name == "places_left" and self._is_past(fact.as_of),
        )

    def _is_past(self, as_of: str | None) -> bool:
        """A day that lies further back than a count of places holds, or no day at all."""
        try:
            return as_of is None or self.today - date.fromisoformat(as_of) > PLACES_HOLD
        except ValueError:
            return True
