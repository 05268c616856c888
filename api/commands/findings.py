"""What a check found, and whether that is good."""

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.messages import Message


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Found:
    """The state of one thing; `advice` says what to do where it is not ok."""

    thing: Message
    state: State
    what: Message
    advice: Message | None = None


def ok(thing: Message, what: Message) -> Found:
    return Found(thing, State.OK, what)


def warning(thing: Message, what: Message, advice: Message | None = None) -> Found:
    return Found(thing, State.WARNING, what, advice)


def failure(thing: Message, what: Message, advice: Message | None = None) -> Found:
    return Found(thing, State.FAILURE, what, advice)
