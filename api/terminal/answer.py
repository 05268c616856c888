"""A whole answer, from what was understood to the general notes."""

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.terminal.explained import Explained
from api.terminal.match import MatchBlock, standing_line
from api.terminal.plain import line
from api.terminal.profile import Understood
from api.terminal.voice import Voice
from api.terminal.words import ADVICE_KINDS, OUTCOMES, SCOPES
from matcher.domain.matches import Advice, Answer, Question
from matcher.domain.messages import Message

OPTIONS_BY_FIELD = {
    "stage": "--stage",
    "company_age_months": "--age-months",
    "foreign_invested": "--foreign",
    "districts": "--district",
    "exclude": "--exclude",
}


class AnswerPage:
    """Everything that one request got, for reading."""

    def __init__(self, answer: Answer, voice: Voice, *, explain: bool = False) -> None:
        self._answer = answer
        self._voice = voice
        self._explain = explain

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        answer, voice = self._answer, self._voice
        yield self._head()
        yield Text()
        yield self._title(Message.of("What was understood"))
        yield Padding(Understood(answer.profile, voice), (0, 0, 0, 2))
        yield from self._list("?", Message.of("Questions whose answers would change the list"), self._questions())
        yield Text()
        scope = line(f"({voice.say(SCOPES[answer.scope])})", "dim")
        yield line(voice.say(OUTCOMES[answer.outcome]), "bold underline").append("  ").append_text(scope)
        yield from self._matches()
        yield from self._list("↑", Message.of("What would raise your fit"), self._advice())
        yield from self._list("·", Message.of("Partners that help"), self._partners())
        yield from self._list("✗", Message.of("Not eligible"), self._not_eligible())
        yield from self._list("!", Message.of("Notes"), [line(voice.say(note)) for note in answer.general])

    def _head(self) -> Text:
        answer, voice = self._answer, self._voice
        registry = Message.of(
            "Registry {version} as of {date}", version=answer.registry.version, date=answer.registry.as_of
        )
        models = answer.models
        return line(f"{voice.say(registry)} · {models.encoder} · {models.reader} · {models.ranker}", "dim")

    def _title(self, title: Message) -> Text:
        return line(self._voice.say(title), "bold underline")

    def _matches(self) -> Iterable[RenderableType]:
        matches = self._answer.matches
        largest = max((abs(part.part) for match in matches for part in match.criteria), default=0.0)
        for match in matches:
            yield MatchBlock(match, self._voice, largest)
            if self._explain:
                yield Padding(Explained(match, self._voice), (0, 0, 0, 3))
        if not matches:
            yield Padding(line(self._voice.say(Message.of("No carrier is listed.")), "dim"), (0, 0, 0, 2))

    def _list(self, mark: str, title: Message, entries: list[Text]) -> Iterable[RenderableType]:
        if not entries:
            return
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        table.expand = True
        for entry in entries:
            table.add_row(mark, entry)
        yield Text()
        yield self._title(title)
        yield Padding(table, (0, 0, 0, 2))

    def _questions(self) -> list[Text]:
        return [self._question(question) for question in self._answer.questions]

    def _question(self, question: Question) -> Text:
        text = line(self._voice.say(question.sentence))
        option = OPTIONS_BY_FIELD.get(question.field)
        return text.append(" ").append(f"({option})", "dim") if option else text

    def _advice(self) -> list[Text]:
        voice = self._voice
        return [
            line(voice.named(ADVICE_KINDS[piece.kind], voice.say(piece.sentence)))
            .append("\n")
            .append_text(line(voice.say(_gain(piece)), "dim"))
            for piece in self._answer.advice
        ]

    def _partners(self) -> list[Text]:
        voice = self._voice
        return [
            line(voice.texts(hint.carrier.name), "bold")
            .append("  ")
            .append_text(standing_line(hint.carrier, voice))
            .append("\n")
            .append_text(line(voice.say(hint.sentence)))
            for hint in self._answer.partners
        ]

    def _not_eligible(self) -> list[Text]:
        voice = self._voice
        return [
            line(voice.texts(refused.carrier.name), "bold")
            .append("  ")
            .append_text(line(voice.say(refused.sentence)))
            .append(" ")
            .append_text(line(f"({refused.rule})", "dim"))
            for refused in self._answer.not_eligible
        ]


def _gain(piece: Advice) -> Message:
    return Message.of(
        "{carrier}: score {score_before} → {score_after}, place {rank_before} → {rank_after}",
        carrier=piece.carrier.name,
        score_before=f"{piece.score_before:.2f}",
        score_after=f"{piece.score_after:.2f}",
        rank_before=piece.rank_before,
        rank_after=piece.rank_after,
    )
