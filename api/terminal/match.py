"""One ranked carrier: how well it fits, why, what is not known, and what to do next."""

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.terminal.bars import bar
from api.terminal.plain import line
from api.terminal.voice import Voice
from api.terminal.words import BANDS, CRITERIA, STATUSES, VERDICTS
from matcher.domain.carriers import Carrier
from matcher.domain.matches import Band, CriterionPart, Match, RuleVerdict, Verdict
from matcher.domain.messages import Message

BAR_WIDTH = 10
BAND_STYLES = {Band.HIGH: "green", Band.MEDIUM: "yellow", Band.LOW: "dim"}
VERDICT_MARKS = {Verdict.PASS: "✓", Verdict.WARN: "!", Verdict.ASK: "?", Verdict.EXCLUDE: "✗"}


class MatchBlock:
    """A heading, one line of facts, the parts with their sentences, and the open points."""

    def __init__(self, match: Match, voice: Voice, largest_part: float) -> None:
        self._match = match
        self._voice = voice
        self._largest_part = largest_part  # of the whole list, so that bars can be compared

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        match, voice = self._match, self._voice
        yield Text()
        yield self._heading()
        yield Padding(standing_line(match.carrier, voice), (0, 0, 0, 3))
        yield Padding(self._parts(), (0, 0, 0, 3))
        open_points = self._open_points()
        if open_points.row_count:
            yield Padding(open_points, (0, 0, 0, 3))

    def _heading(self) -> Text:
        match, voice = self._match, self._voice
        text = line(f"{match.rank}. {voice.texts(match.carrier.name)}", "bold")
        text.append("  ").append_text(line(voice.say(BANDS[match.band]), BAND_STYLES[match.band]))
        if match.carrier.status.not_open_yet:
            text.append("  ").append_text(line(f"[{voice.say(STATUSES[match.carrier.status])}]", "bold yellow"))
        return text

    def _parts(self) -> Table:
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(no_wrap=True, style="dim")
        table.add_column(no_wrap=True, width=BAR_WIDTH)
        table.add_column(no_wrap=True, justify="right")
        table.add_column(ratio=1, overflow="fold")
        table.expand = True
        for part in self._match.criteria:
            if part.part or part.covered or part.missing:
                table.add_row(*self._part(part))
        return table

    def _part(self, part: CriterionPart) -> tuple[Text, Text, Text, Text]:
        voice = self._voice
        style = "red" if part.part < 0 else "green"
        share = abs(part.part) / self._largest_part if self._largest_part else 0.0
        return (
            line(voice.say(CRITERIA[part.criterion])),
            Text(bar(share, BAR_WIDTH), style),
            Text(signed(part.part), style),
            line(voice.say(part.sentence)),
        )

    def _open_points(self) -> Table:
        """What is unknown, the entry rules, warnings and the next step, each line with its mark."""
        match, voice = self._match, self._voice
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        table.expand = True
        unknown = dict.fromkeys(term for part in match.criteria for term in part.unknown)
        if unknown:
            names = voice.listed(voice.label(term) for term in unknown)
            table.add_row(Text("?", "cyan"), line(voice.named(Message.of("Not known, worth asking"), names)))
        for verdict in match.eligibility:
            table.add_row(Text(VERDICT_MARKS[verdict.verdict], "cyan"), verdict_line(verdict, voice))
        for flag in match.flags:
            table.add_row(Text("!", "yellow"), line(voice.say(flag)))
        table.add_row(Text("→", "bold"), line(voice.say(match.next_step), "bold"))
        return table


def standing_line(carrier: Carrier, voice: Voice) -> Text:
    """Kind, level, state with its date, and place, as far as known."""
    known = [voice.label(term) for term in (carrier.kind, carrier.level) if term]
    status = voice.say(STATUSES[carrier.status])
    known.append(f"{status} ({carrier.status_as_of})" if carrier.status_as_of else status)
    known.extend(place for place in (voice.city(carrier.city), carrier.district) if place)
    return line(" · ".join(known), "dim")


def verdict_line(verdict: RuleVerdict, voice: Voice) -> Text:
    """The verdict and its sentence, then the rule's source and date."""
    text = line(voice.named(VERDICTS[verdict.verdict], voice.say(verdict.sentence)))
    source = " · ".join(part for part in (verdict.source.label, verdict.as_of) if part)
    return text.append(" ").append_text(line(f"({source})", "dim"))


def signed(part: float) -> str:
    """Two digits and always a sign; the exact value is in `--explain`."""
    return f"{part:+.2f}".replace("-", "−")
