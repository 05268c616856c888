"""What sharing an answer asks of the store."""

from typing import Protocol

from matcher.domain.shared_answers import SharedAnswer


class SharedAnswers(Protocol):
    """Answers that are shown to others; those whose time is over go with `Retention`."""

    def add(self, shared: SharedAnswer) -> None: ...

    def get(self, shared_id: str) -> SharedAnswer | None: ...

    def remove(self, shared_id: str) -> None: ...

    def count(self) -> int: ...
