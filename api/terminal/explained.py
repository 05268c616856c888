"""The exact parts of one score, and the facts and sources behind them."""

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from api.terminal.facts import fact_table
from api.terminal.plain import clipped, line
from api.terminal.voice import Voice
from api.terminal.words import CRITERIA
from matcher.domain.matches import BeforeNext, CriterionPart, Match
from matcher.domain.messages import Message

N_QUOTED_CHARACTERS = 60


class Explained:
    """The parts, which add up to the score exactly, what puts it before the next, and each fact with its source."""

    def __init__(self, match: Match, voice: Voice) -> None:
        self._match = match
        self._voice = voice

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self._parts()
        if self._match.before_next:
            yield self._before_next(self._match.before_next)
        facts = {fact.field: fact for part in self._match.criteria for fact in part.facts}
        if facts:
            yield fact_table(facts.values(), self._voice)

    def _parts(self) -> Table:
        match, voice = self._match, self._voice
        table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, show_footer=True)
        table.add_column(
            line(voice.say(Message.of("Criterion"))), line(voice.say(Message.of("Score"))), overflow="fold"
        )
        table.add_column(
            line(voice.say(Message.of("Exact part"))), Text(repr(match.score)), justify="right", no_wrap=True
        )
        utilities = Message.of(
            "what you gain {startup}, what speaks for admission {carrier}",
            startup=f"{match.startup_utility:.2f}",
            carrier=f"{match.carrier_utility:.2f}",
        )
        table.add_column(
            line(voice.say(Message.of("Because of"))), line(voice.say(utilities)), ratio=1, overflow="fold"
        )
        for part in match.criteria:
            table.add_row(line(voice.say(CRITERIA[part.criterion])), Text(repr(part.part)), self._because(part))
        return table

    def _before_next(self, before: BeforeNext) -> Text:
        """The sentence, then the exact differences that are not zero, and their sum."""
        voice = self._voice
        parts = [f"{voice.say(CRITERIA[name])} {part:+}" for name, part in before.parts.items() if part]
        text = line(voice.say(before.sentence))
        return text.append("\n").append_text(line(f"{voice.listed(parts)} = {before.difference:+}", "dim")).append("\n")

    def _because(self, part: CriterionPart) -> Text:
        voice = self._voice
        groups = (
            (Message.of("covered"), part.covered),
            (Message.of("missing"), part.missing),
            (Message.of("unknown"), part.unknown),
        )
        lines = [
            voice.named(name, voice.listed(voice.label(term) for term in terms)) for name, terms in groups if terms
        ]
        words = dict.fromkeys(clipped(span.text, N_QUOTED_CHARACTERS) for span in part.evidence)
        if words:
            lines.append(voice.named(Message.of("your words"), voice.quoted(words)))
        return Text("\n").join(line(one) for one in lines)
