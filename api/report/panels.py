"""What stands on the page: each plot with its heading, what it shows, and the same figures as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan

from babel.numbers import format_decimal
from markupsafe import Markup

from api.charts import plots
from api.charts.plots import Bar, Dot, Row
from api.terminal.voice import Voice
from matcher.domain.messages import Message, Texts
from matcher.evaluation.report import Comparison, Curve, EvaluationReport, Figure, Grid, Seen
from matcher.evaluation.wording import Label

TWO, THREE = "0.00", "0.000"  # digits of numbers in plots and in tables
UNKNOWN = "–"
SMALLEST_P = 0.001
CONFUSIONS = ("chain_confusion", "subfield_confusion")


@dataclass(frozen=True, slots=True)
class Table:
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    n_words: int = 1  # the first columns, which hold words and not numbers


@dataclass(frozen=True, slots=True)
class Panel:
    heading: str
    words: str
    picture: Markup
    table: Table
    wide: bool = False  # the table stands below the plot


@dataclass(frozen=True, slots=True)
class Panels:
    """Makes them in one language."""

    report: EvaluationReport
    voice: Voice

    def all(self) -> Iterator[Panel]:
        """In the order of the page."""
        yield from self.ranking()
        yield from self.further()

    def ranking(self) -> Iterator[Panel]:
        """Beside simpler systems, by chain and by language."""
        by_language = Message.of("Texts that say the same should fare the same in every language.")
        languages = {
            "ndcg5": Message.of("Ranking by language"),
            "chain_acc": Message.of("Chain read right, by language"),
        }
        yield self._systems()
        yield self._bars(
            Message.of("Ranking by chain"),
            Message.of("nDCG@5 of the released ranker; lines show the 95 % interval."),
            self._group("chains"),
            "chain",
        )
        yield from (self._grid(grid) for grid in self.report.grids if grid.name not in CONFUSIONS)
        for name, heading in languages.items():
            figures = [one for one in self._group("languages") if one.name.startswith(name)]
            yield self._bars(heading, by_language, figures, "language")

    def further(self) -> Iterator[Panel]:
        """Whether probabilities hold, what is read as what, and who is seen."""
        yield from (self._curve(curve) for curve in self.report.curves)
        yield from (self._confusion(grid) for grid in self.report.grids if grid.name in CONFUSIONS)
        yield self._exposure(self.report.exposure)

    def figures(self) -> Table:
        """All of them, as in the terminal."""
        rows = [self._row(one) for one in self.report.figures]
        return Table(self._head, rows)

    def _systems(self) -> Panel:
        systems = [one for one in self._group("ranking") if one.name.startswith("ndcg5")]
        against = {one.baseline: one for one in self.report.comparisons}
        say = self.voice.say
        rows = [[*self._row(one), *self._gain(against.get(one.name.removeprefix("ndcg5_")))] for one in systems]
        head = [*self._head, say(Message.of("Gain of the released ranker")), "p"]
        panel = self._bars(
            Message.of("Ranking beside simpler systems"),
            Message.of("nDCG@5 of each system; lines show the 95 % interval."),
            systems,
            "system",
        )
        return Panel(panel.heading, panel.words, panel.picture, Table(head, rows), wide=True)

    def _bars(self, heading: Message, words: Message, figures: Sequence[Figure], gap: str) -> Panel:
        """One bar a figure, called as this gap of its label is filled."""
        title, description = self.voice.say(heading), self.voice.say(words)
        rows = [
            Bar(self._gap(one.label, gap), one.estimate.value, one.estimate.low, one.estimate.high, one.name == "ndcg5")
            for one in figures
        ]
        picture = plots.bars(title, description, rows, self._two, largest=1.0)
        return Panel(title, description, picture, Table(self._head, [self._row(one) for one in figures]))

    def _curve(self, curve: Curve) -> Panel:
        say = self.voice.say
        promised, true = say(Message.of("Promised probability")), say(Message.of("Share that came true"))
        error = next((one.estimate.value for one in self.report.figures if one.name == curve.name), float("nan"))
        words = say(
            Message.of(
                "On the diagonal, probabilities hold. {figure}: {value}.", figure=curve.label, value=self._three(error)
            )
        )
        dots = [Dot(one.probability, one.share, one.n) for one in curve.bins]
        heading = say(Message.of("Reliability: {figure}", figure=CURVES[curve.name]))
        picture = plots.reliability(heading, words, (promised, true), dots, self._two)
        rows = [[self._three(one.probability), self._three(one.share), str(one.n)] for one in curve.bins]
        return Panel(heading, words, picture, Table([promised, true, "n"], rows))

    def _grid(self, grid: Grid) -> Panel:
        """Means: the table has the same two sides."""
        words = self.voice.say(Message.of("In the cell: mean, and number of texts in brackets."))
        heading, columns = self.voice.say(grid.label), [self._label(one) for one in grid.columns]
        rows = [
            Row(
                self._label(label),
                [(value, f"{self._two(value)} ({n})" if n else "") for value, n in zip(values, counts, strict=True)],
            )
            for label, values, counts in zip(grid.rows, grid.values, grid.counts, strict=True)
        ]
        picture = plots.heat_map(heading, words, rows, columns)
        table = [[row.label, *(said or UNKNOWN for _, said in row.cells)] for row in rows]
        return Panel(heading, words, picture, Table(["", *columns], table), wide=True)

    def _confusion(self, grid: Grid) -> Panel:
        """Counts: the table lists the cells that are not empty, most texts first."""
        say = self.voice.say
        heading, words = (
            say(grid.label),
            say(Message.of("Row: as judged; column: as read; in the cell: number of texts.")),
        )
        rows, columns = [self._label(one) for one in grid.rows], [self._label(one) for one in grid.columns]
        cells = [[(float(n), str(n) if n else "") for n in counts] for counts in grid.counts]
        picture = plots.heat_map(heading, words, [Row(*row) for row in zip(rows, cells, strict=True)], columns)
        filled = [
            (n, wanted, said)
            for wanted, counts in zip(rows, grid.counts, strict=True)
            for said, n in zip(columns, counts, strict=True)
            if n
        ]
        table = [[wanted, said, str(n)] for n, wanted, said in sorted(filled, key=lambda one: -one[0])]
        head = [say(Message.of("As judged")), say(Message.of("As read")), "n"]
        return Panel(heading, words, picture, Table(head, table, n_words=2), wide=True)

    def _exposure(self, seen: Sequence[Seen]) -> Panel:
        say = self.voice.say
        heading = say(Message.of("Exposure of carriers"))
        words = say(Message.of("How often each carrier is among the first ten of a list."))
        names = [self.voice.texts(one.name) for one in seen]
        bars = [Bar(name, one.n, float("nan"), float("nan")) for name, one in zip(names, seen, strict=True)]
        picture = plots.bars(heading, words, bars, self._whole, largest=max((one.n for one in seen), default=1))
        rows = [[name, one.carrier, str(one.n)] for name, one in zip(names, seen, strict=True)]
        return Panel(heading, words, picture, Table([say(Message.of("Carrier")), "id", "n"], rows, n_words=2))

    @property
    def _head(self) -> list[str]:
        named = (Message.of("Figure"), Message.of("Measured"), Message.of("95 % interval"))
        return [*map(self.voice.say, named), "n"]

    def _row(self, one: Figure) -> list[str]:
        estimate = one.estimate
        interval = "" if isnan(estimate.low) else f"{self._three(estimate.low)} … {self._three(estimate.high)}"
        return [self.voice.say(one.label), self._three(estimate.value), interval, str(one.n)]

    def _gain(self, comparison: Comparison | None) -> list[str]:
        if comparison is None:
            return ["", ""]
        one = comparison.difference
        p = f"< {self._three(SMALLEST_P)}" if comparison.p < SMALLEST_P else self._three(comparison.p)
        return [f"{self._three(one.value)} ({self._three(one.low)} … {self._three(one.high)})", p]

    def _group(self, group: str) -> list[Figure]:
        return [one for one in self.report.figures if one.group == group]

    def _label(self, label: Label) -> str:
        return self.voice.texts(label) if isinstance(label, Texts) else self.voice.say(label)

    def _gap(self, message: Message, gap: str) -> str:
        filled = message.params.get(gap)
        return self._label(filled) if isinstance(filled, (Message, Texts)) else self.voice.say(message)

    def _two(self, value: float) -> str:
        return self._number(value, TWO)

    def _three(self, value: float) -> str:
        return self._number(value, THREE)

    def _whole(self, value: float) -> str:
        return self._number(value, "0")

    def _number(self, value: float, digits: str) -> str:
        return UNKNOWN if isnan(value) else format_decimal(value, format=digits, locale=self.voice.language.spoken)


CURVES = {
    "ece_matches": Message.of("matches"),
    "ece_bands": Message.of("bands"),
    "ece_chain": Message.of("chain"),
    "ece_subfield": Message.of("main sub-field"),
    "ece_stage": Message.of("stage"),
}
