"""Says which rows of a file cannot be used, by line, and what was assumed of it."""

from collections.abc import Sequence

from api.commands.voice import MOST_SHOWN, Voice
from matcher.domain.errors import RowFault
from matcher.domain.messages import Message


def say_faults(voice: Voice, faults: Sequence[RowFault], notes: Sequence[Message]) -> None:
    for note in notes:
        voice.err(note)
    for one in faults[:MOST_SHOWN]:
        line = str(one.line)
        if one.column is None:
            message = Message.of("Line {line}: {reason}", line=line, reason=one.reason)
        else:
            message = Message.of("Line {line}, {column}: {reason}", line=line, column=one.column, reason=one.reason)
        voice.err(message, "yellow")
    if len(faults) > MOST_SHOWN:
        voice.err(Message.of("And {n} more.", n=len(faults) - MOST_SHOWN), "yellow")
