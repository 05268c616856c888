"""The figures of an evaluation as tables, with intervals and what must be known to read them."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from api.terminal.plain import line
from api.terminal.voice import Voice
from matcher.domain.messages import Message
from matcher.evaluation.report import EvaluationReport

GROUPS = {
    "reading": Message.of("Reading"),
    "outcomes": Message.of("Outcomes"),
    "ranking": Message.of("Ranking"),
    "languages": Message.of("By language"),
    "chains": Message.of("By chain"),
    "promises": Message.of("Promises"),
    "exposure": Message.of("Exposure"),
    "calibration": Message.of("Calibration"),
    "comparison": Message.of("Compared with simpler systems"),
}

SMALLEST_P = 0.001  # below it the digits say nothing more


class EvaluationPage:
    """One table a group of figures."""

    def __init__(self, report: EvaluationReport, voice: Voice) -> None:
        self._report = report
        self._voice = voice

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        report, voice = self._report, self._voice
        registry = Message.of(
            "Registry {version} as of {date}", version=report.registry.version, date=report.registry.as_of
        )
        models = report.models
        yield line(f"{voice.say(registry)} · {models.encoder} · {models.reader} · {models.ranker}", "dim")
        counts = Message.of(
            "{n_texts} judged texts, {n_graded} with grades, {n_carriers} carriers; ages counted on {date}",
            n_texts=report.n_texts,
            n_graded=report.n_graded,
            n_carriers=report.n_carriers,
            date=report.on,
        )
        yield line(voice.say(counts))
        for group, rows in groupby(report.report_rows(), key=lambda row: str(row["group"])):
            yield Text()
            yield line(voice.say(GROUPS[group]) if group in GROUPS else group, "bold underline")
            yield self._table(rows)
        for note in report.notes:
            yield line(voice.say(note), "dim")

    def _table(self, rows: Iterable[dict[str, Any]]) -> Table:
        voice = self._voice
        table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
        table.add_column(line(voice.say(Message.of("Figure"))), ratio=1, overflow="fold")
        table.add_column(line(voice.say(Message.of("Measured"))), justify="right", no_wrap=True)
        table.add_column(line(voice.say(Message.of("95 % interval"))), justify="right", no_wrap=True)
        table.add_column("n", justify="right", no_wrap=True)
        table.add_column("p", justify="right", no_wrap=True)
        for row in rows:
            interval = "" if row["low"] is None else f"{row['low']:.3f} … {row['high']:.3f}"
            table.add_row(
                line(voice.say(row["label"])), _number(row["value"]), interval, str(row["n"]), _p_value(row["p"])
            )
        return table


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _p_value(value: float | None) -> str:
    return "< 0.001" if value is not None and value < SMALLEST_P else _number(value)
