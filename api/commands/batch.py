"""Answers many lines, in their order; a broken one gets its error and the rest its answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from uuid import uuid4

from api.commands.asking import Asked
from api.commands.lines import Line
from api.services import Services
from matcher.domain.errors import InvalidInput
from matcher.domain.matches import Answer
from matcher.services.recommend import Query

LINES_AT_ONCE = 64  # enough to encode in full batches, few enough to show progress


@dataclass(frozen=True, slots=True)
class Answered:
    """A line, and its answer or what is wrong with it."""

    line: Line
    request_id: str
    result: Answer | InvalidInput


@dataclass
class Batch:
    """One run over a file; the request id of an answer is the run's, and the number of its line."""

    services: Services
    asked: Asked
    run: str = field(default_factory=lambda: uuid4().hex)

    def answers(self, lines: Iterable[Line]) -> Iterator[Answered]:
        waiting = iter(lines)
        while block := list(islice(waiting, LINES_AT_ONCE)):
            yield from self._block(block)

    def _block(self, lines: list[Line]) -> list[Answered]:
        asked = [(line, self._query(line)) for line in lines]
        queries = [query for _, query in asked if isinstance(query, Query)]
        answers = iter(self._many(queries))
        return [
            Answered(line, self._request_id(line), next(answers) if isinstance(query, Query) else query)
            for line, query in asked
        ]

    def _request_id(self, line: Line) -> str:
        return f"{self.run}-{line.number}"

    def _query(self, line: Line) -> Query | InvalidInput:
        if line.error is not None:
            return line.error
        registry = self.services.registry.snapshot()
        try:
            request = self.asked.request(line.content.get("text"), line.content)
            return request.query(registry, request_id=self._request_id(line), language=None)
        except InvalidInput as error:
            return error

    def _many(self, queries: list[Query]) -> list[Answer | InvalidInput]:
        try:
            return list(self.services.recommend.many(queries, on=self.services.today()))
        except InvalidInput:
            return [self._one(query) for query in queries]  # one of them cannot be answered: find out which

    def _one(self, query: Query) -> Answer | InvalidInput:
        try:
            return self.services.recommend(query, on=self.services.today())
        except InvalidInput as error:
            return error
