"""Carriers of the registry: a list of many, and everything that is known of one."""

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.terminal.facts import basis, field_name, source_line
from api.terminal.match import standing_line
from api.terminal.plain import line
from api.terminal.values import parts_in_words
from api.terminal.voice import Voice
from api.terminal.words import CONFIDENCES, ROLES, STATUSES
from matcher.domain.carriers import Carrier
from matcher.domain.messages import Message

RECORD_FIELDS = (
    *("role", "kind", "specialised", "level", "status", "city", "district", "landing_in", "operator", "area_m2"),
    *("founded", "industries", "subfields", "services", "service_items", "capabilities", "site", "anchors"),
    *("finance", "tenants"),
)
WORTH_KNOWING = tuple(field for field in RECORD_FIELDS if field != "landing_in")  # most carriers are no enclave


def carrier_table(carriers: Iterable[Carrier], voice: Voice) -> Table:
    """One line a carrier: id, name, kind, place and state."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("id", no_wrap=True)
    for title, ratio in ((Message.of("Name"), 3), (Message.of("Kind"), 2), (Message.of("Place"), 2)):
        table.add_column(line(voice.say(title)), ratio=ratio, overflow="fold")
    table.add_column(line(voice.say(Message.of("State"))), ratio=2, overflow="fold")
    for carrier in carriers:
        kind = voice.label(carrier.kind) if carrier.kind else voice.say(ROLES[carrier.role])
        place = " · ".join(part for part in (voice.city(carrier.city), carrier.district) if part)
        status = line(voice.say(STATUSES[carrier.status]), "yellow" if carrier.status.not_open_yet else "")
        table.add_row(line(carrier.id, "dim"), line(voice.texts(carrier.name), "bold"), line(kind), line(place), status)
    return table


class CarrierRecord:
    """Each known field with its basis, source and date; then what is not known, and all sources."""

    def __init__(self, carrier: Carrier, voice: Voice) -> None:
        self._carrier = carrier
        self._voice = voice
        self._sources = carrier.fact("name").sources  # best first; a record's sources speak for all its fields

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        carrier, voice = self._carrier, self._voice
        yield line(voice.texts(carrier.name), "bold").append("  ").append_text(line(carrier.id, "dim"))
        yield line(" / ".join(dict.fromkeys(name for name in carrier.name if name)), "dim")
        yield standing_line(carrier, voice)
        if any(carrier.description):
            yield Padding(line(voice.texts(carrier.description)), (1, 0, 0, 0))
        yield self._facts()
        unknown = [field_name(field, voice) for field in WORTH_KNOWING if not self._value(field)]
        if unknown:
            yield line(voice.named(Message.of("Not known, worth asking"), voice.listed(unknown)), "cyan")
        confidence = voice.say(CONFIDENCES[carrier.confidence])
        yield line(voice.named(Message.of("Confidence in this record"), confidence))
        yield Text()
        yield line(voice.say(Message.of("Sources")), "bold underline")
        for number, source in enumerate(self._sources, 1):
            yield Padding(line(f"[{number}] ").append(" ").append_text(source_line(source, voice)), (0, 0, 0, 2))

    def _facts(self) -> Table:
        voice = self._voice
        table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, show_lines=False)
        table.add_column(line(voice.say(Message.of("Fact"))), overflow="fold")
        table.add_column(line(voice.say(Message.of("Value"))), overflow="fold", ratio=3)
        table.add_column(line(voice.say(Message.of("Basis, source and date"))), overflow="fold", ratio=4)
        for field in RECORD_FIELDS:
            value = self._value(field)
            if value:
                fact = self._carrier.fact(field)
                origin = " ".join(
                    part for part in (basis(fact, voice), "· [1]" if fact.sources else "", fact.as_of) if part
                )
                table.add_row(line(field_name(field, voice), "dim"), line(value), line(origin))
        return table

    def _value(self, field: str) -> str:
        """The field in words; empty where it is not known."""
        return self._voice.listed(parts_in_words(self._carrier, field, self._voice))
