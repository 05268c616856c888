"""Builds one thing from each row, and keeps the reason where that is not possible."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from data.reading.files import Unreadable
from data.reading.rows import Row
from matcher.domain.errors import InvalidField, InvalidInput
from matcher.domain.messages import Message
from matcher.domain.seed import BrokenRow

Thing = TypeVar("Thing")


@dataclass
class Checking:
    """What was broken so far, in the order in which it was met."""

    broken: list[BrokenRow] = field(default_factory=list)

    def each(
        self,
        rows: Iterable[Row | Unreadable],
        build: Callable[[Row], Thing],
        *,
        name: str = "id",
        seen: dict[str, int] | None = None,
    ) -> list[Thing]:
        """What could be built.

        Args:
            rows: as read.
            build: raises InvalidInput where a row is broken.
            name: the field that tells rows apart.
            seen: names and their lines, where several lists share one set of names.
        """
        lines = {} if seen is None else seen
        built = []
        for row in rows:
            if isinstance(row, Unreadable):
                self.unreadable(row)
                continue
            try:
                _once(row, name, lines)
                built.append(build(row))
            except InvalidInput as error:
                self.report(row.file, row.line, error.message)
        return built

    def one(self, row: Row, build: Callable[[Row], Thing]) -> list[Thing]:
        """What could be built of a single row: one thing or none."""
        try:
            return [build(row)]
        except InvalidInput as error:
            self.report(row.file, row.line, error.message)
            return []

    def unreadable(self, error: Unreadable) -> None:
        self.report(error.file, error.line, error.reason)

    def report(self, file: str, line: int, reason: Message) -> None:
        self.broken.append(BrokenRow(file=file, line=line, reason=reason))


def _once(row: Row, name: str, lines: dict[str, int]) -> None:
    value = row.text(name)
    if value in lines:
        raise InvalidField("{value} stands already in line {line}.", field=name, value=value, line=lines[value])
    lines[value] = row.line
