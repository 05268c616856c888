"""Fills the store and says what was done, by kind of thing, and which rows could not be used."""

import os
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from api.bootstrap import build_registry, build_services
from api.commands.conflicts import conflict_message
from api.commands.first_admin import make_first_admin
from api.commands.language import spoken
from api.commands.opened import settings
from api.sentences import Sentences
from api.terminal import console
from api.terminal.plain import line
from api.terminal.progress import waiting
from data.seed import read_seed, seed_folder
from matcher.domain.corrections import Conflict
from matcher.domain.messages import Language, Message
from matcher.domain.seed import BrokenRow
from matcher.services.initialise import InitReport

KINDS = {
    "vocabulary": Message.of("vocabulary"),
    "places": Message.of("places"),
    "carriers": Message.of("carriers and partners"),
    "entry_rules": Message.of("entry rules"),
    "finance": Message.of("finance products"),
}


def fill(seed: Path | None, *, strict: bool, lang: str | None) -> bool:
    """Whether nothing stood in the way: False where rows are broken and `strict` is asked for."""
    chosen = settings()
    report = _Report(Sentences.load(), spoken(lang, os.environ))
    batch = read_seed(seed or seed_folder())
    report.broken(batch.broken)
    if strict and batch.broken:
        report.say(Message.of("Nothing was written."), "red")
        return False
    with build_registry(chosen, fill=False) as registry:
        done = registry.initialise(batch)
        report.done(done)
        report.conflicts(done.conflicts)
        make_first_admin(registry, lang)
    with waiting(report.sentence(Message.of("Reading the carriers"))), build_services(chosen) as services:
        services.recommend.warm()
    report.say(Message.of("Ready."), "green")
    return True


class _Report:
    def __init__(self, sentences: Sentences, language: Language) -> None:
        self._sentences = sentences
        self._language = language

    def sentence(self, message: Message) -> str:
        return self._sentences.say(message, self._language)

    def say(self, message: Message, style: str = "") -> None:
        console.out().print(line(self.sentence(message), style))

    def broken(self, rows: tuple[BrokenRow, ...]) -> None:
        for row in rows:
            message = Message.of("{file}, line {line}: {reason}", file=row.file, line=str(row.line), reason=row.reason)
            console.err().print(line(self.sentence(message), "yellow"))
        if rows:
            console.err().print(line(self.sentence(Message.of("Rows that cannot be used: {n}", n=len(rows))), "yellow"))

    def conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        for one in conflicts:
            console.err().print(line(self.sentence(conflict_message(one)), "yellow"))

    def done(self, report: InitReport) -> None:
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        table.add_column("")
        for title in (Message.of("added"), Message.of("changed"), Message.of("unchanged")):
            table.add_column(line(self.sentence(title)), justify="right")
        for kind in report.added:
            name = self.sentence(KINDS[kind]) if kind in KINDS else kind
            counts = (report.added[kind], report.changed[kind], report.unchanged[kind])
            table.add_row(line(name), *(str(count) for count in counts))
        console.out().print(table)
        version = report.version
        self.say(Message.of("Registry {version} as of {date}", version=version.version, date=version.as_of), "dim")
