"""Says where a file and a carrier's staff differ."""

from matcher.domain.corrections import Conflict
from matcher.domain.messages import Message


def conflict_message(conflict: Conflict) -> Message:
    """Where a file and a carrier's staff differ, and which of them stands."""
    gaps = {"carrier": conflict.carrier, "name": conflict.field}
    if conflict.file_won:
        return Message.of("{carrier}, {name}: the file's newer fact replaces the carrier's own correction.", **gaps)
    return Message.of("{carrier}, {name}: the carrier's own correction stays, the file says something else.", **gaps)
