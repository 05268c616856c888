"""Says sentences to who runs a command."""

import os
from dataclasses import dataclass, field

from api.commands.language import spoken
from api.sentences import Sentences
from api.terminal import console
from api.terminal.plain import line
from matcher.domain.messages import Language, Message
from matcher.domain.seed import BrokenRow

MOST_SHOWN = 20  # broken rows; a wrong file has as many as it has lines


@dataclass(frozen=True)
class Voice:
    """Says sentences on the two consoles."""

    lang: str | None
    sentences: Sentences = field(default_factory=Sentences.load)

    @property
    def language(self) -> Language:
        return spoken(self.lang, os.environ)

    def sentence(self, message: Message) -> str:
        return self.sentences.say(message, self.language)

    def out(self, message: Message, style: str = "") -> None:
        console.out().print(line(self.sentence(message), style))

    def err(self, message: Message, style: str = "yellow") -> None:
        console.err().print(line(self.sentence(message), style))

    def broken(self, rows: tuple[BrokenRow, ...]) -> None:
        """The first rows that could not be used, and how many there are."""
        for row in rows[:MOST_SHOWN]:
            self.err(Message.of("{file}, line {line}: {reason}", file=row.file, line=str(row.line), reason=row.reason))
        if rows:
            self.err(Message.of("Rows that cannot be used: {n}", n=len(rows)))
