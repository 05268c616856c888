"""What happened between a startup and a carrier, and when, as precisely as it was recorded."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.domain.errors import InvalidField

WHEN = re.compile(r"([12]\d{3})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


class InteractionKind(StrEnum):
    """In the order in which they happen; a declined one ends there."""

    IMPRESSION = "impression"  # the startup saw the carrier on a list
    LEAD = "lead"  # it asked, or was asked
    VISIT = "visit"
    ADMISSION = "admission"
    DECLINED = "declined"  # the carrier said no


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One thing that happened."""

    startup: str
    carrier: str
    on: date  # where only a month or a year is known, its last day
    kind: InteractionKind = InteractionKind.ADMISSION
    rank: int | None = None  # of the carrier on the list that it was found on, from 1


def last_day(text: str, field: str = "date") -> date:
    """The last day of a year, a month or a day, so that "known by then" is never claimed too early.

    Raises:
        InvalidField: it is none of the three.
    """
    matched = WHEN.fullmatch(text.strip())
    if matched is not None:
        year, month = int(matched[1]), int(matched[2] or 12)
        try:
            return date(year, month, int(matched[3] or monthrange(year, month)[1]))
        except ValueError:  # no such month or day
            pass
    raise InvalidField("{value} is no date such as 2024, 2024-02 or 2024-02-02.", field=field, value=text[:60])
