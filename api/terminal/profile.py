"""What was understood of a description, with how sure that is and the words that show it."""

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from api.terminal.bars import bar
from api.terminal.plain import clipped, line
from api.terminal.voice import Voice
from api.terminal.words import likelihood
from matcher.domain.messages import Message
from matcher.domain.startups import Finding, Profile, Span
from matcher.domain.taxonomy import NO_CHAIN

N_SUBFIELDS = 3  # the most probable ones; the rest is in the JSON answer
POSSIBLE = 0.25  # beside the most probable one, only what is at least this likely
N_QUOTES = 3
N_QUOTED_CHARACTERS = 32


class Understood:
    """A table with one line per finding."""

    def __init__(self, profile: Profile, voice: Voice) -> None:
        self._profile = profile
        self._voice = voice

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        profile, voice = self._profile, self._voice
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        table.expand = True
        table.add_row(self._name(Message.of("Chain")), self._chain(profile.chain))
        if profile.industry.id != profile.chain.id:
            table.add_row(self._name(Message.of("Industry")), self._finding(profile.industry))
        self._add(table, Message.of("Field"), self._likely_subfields())
        stage = self._finding(profile.stage) if profile.stage else line(voice.say(Message.of("cannot be told")))
        table.add_row(self._name(Message.of("Stage")), stage)
        if profile.company_age_months is not None:
            table.add_row(self._name(Message.of("Company age")), self._age(profile.company_age_months))
        self._add(table, Message.of("Needs"), (*profile.services, *profile.capabilities, *profile.site))
        if profile.foreign_invested is not None:
            table.add_row(self._name(Message.of("Capital")), self._capital(foreign=profile.foreign_invested))
        yield table

    def _likely_subfields(self) -> list[Finding]:
        subfields = self._profile.subfields
        return [*subfields[:1], *(one for one in subfields[1:N_SUBFIELDS] if one.probability >= POSSIBLE)]

    def _name(self, name: Message) -> Text:
        return line(self._voice.say(name))

    def _add(self, table: Table, name: Message, findings: Iterable[Finding]) -> None:
        for position, finding in enumerate(findings):
            table.add_row(self._name(name) if position == 0 else "", self._finding(finding))

    def _chain(self, chain: Finding) -> Text:
        if chain.id != NO_CHAIN:
            return self._finding(chain)
        return self._described(self._voice.say(Message.of("none of the four")), chain)

    def _finding(self, finding: Finding) -> Text:
        return self._described(self._voice.label(finding.id), finding)

    def _described(self, label: str, finding: Finding) -> Text:
        text = line(label, "bold")
        if finding.stated:
            return text.append("  ").append_text(line(self._voice.say(Message.of("as you stated"))))
        text.append("  ").append(bar(finding.probability, 5), "cyan")
        text.append(" ").append_text(line(self._voice.say(likelihood(finding.probability))))
        quotes = self._quotes(finding.evidence)
        return text.append("  ").append_text(quotes) if quotes else text

    def _quotes(self, evidence: Iterable[Span]) -> Text:
        words = dict.fromkeys(clipped(span.text, N_QUOTED_CHARACTERS) for span in evidence)
        return line(self._voice.quoted(list(words)[:N_QUOTES]), "italic dim")

    def _age(self, months: int) -> Text:
        text = line(self._voice.say(Message.of("{months} months", months=months)), "bold")
        quotes = self._quotes(self._profile.age_evidence)
        return text.append("  ").append_text(quotes) if quotes else text

    def _capital(self, *, foreign: bool) -> Text:
        kind = Message.of("foreign-invested") if foreign else Message.of("not foreign-invested")
        return line(self._voice.say(kind), "bold")
