"""Facts with the basis they stand on, their sources and their dates."""

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from api.terminal.plain import line
from api.terminal.voice import Voice
from api.terminal.words import BASES, FIELDS, GRADES
from matcher.domain.facts import Fact, Source
from matcher.domain.messages import Message


def fact_table(facts: Iterable[Fact], voice: Voice) -> Table:
    """One line a fact: its field, basis and note, best source and date."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column(line(voice.say(Message.of("Fact"))), overflow="fold")
    table.add_column(line(voice.say(Message.of("Basis"))), overflow="fold", ratio=1)
    table.add_column(line(voice.say(Message.of("Source and date"))), overflow="fold", ratio=2)
    for fact in facts:
        table.add_row(line(field_name(fact.field, voice)), line(basis(fact, voice)), best_source(fact, voice))
    return table


def field_name(field: str, voice: Voice) -> str:
    """The field's name in this language, or as the record calls it."""
    return voice.say(FIELDS[field]) if field in FIELDS else field


def basis(fact: Fact, voice: Voice) -> str:
    """On what the fact stands, and the note beside it."""
    said = voice.say(BASES[fact.basis]) if fact.basis in BASES else fact.basis
    return f"{said}; {fact.note}" if fact.note else said


def best_source(fact: Fact, voice: Voice) -> Text:
    if not fact.sources:
        return line(voice.say(Message.of("no source named")), "dim")
    return source_line(fact.sources[0], voice, as_of=fact.as_of)


def source_line(source: Source, voice: Voice, *, as_of: str | None = None) -> Text:
    """Publisher and title, grade, date and address."""
    date = as_of or source.date or voice.say(Message.of("undated"))
    text = line(f"{source.label} ({voice.say(GRADES[source.grade])}, {date})")
    if source.url and source.url != source.label:
        text.append(" ").append_text(line(source.url, "dim"))
    return text
