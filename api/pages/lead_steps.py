"""The way of a lead so far, as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from api.pages.desk import Desk
from api.pages.desk_words import REASONS
from api.pages.lead_words import STATUSES
from matcher.domain.leads import LeadStep


@dataclass(frozen=True, slots=True)
class StepTaken:
    """Empty where nothing was said, or the account is gone."""

    at: datetime
    status: str
    reason: str
    note: str
    by: str


def step_lines(steps: Iterable[LeadStep], desk: Desk) -> list[StepTaken]:
    """The latest first."""
    taken = [
        StepTaken(
            step.made_at,
            desk.voice.say(STATUSES[step.status]),
            desk.voice.say(REASONS[step.reason]) if step.reason else "",
            step.note or "",
            desk.leads.login(step.made_by),
        )
        for step in steps
    ]
    return taken[::-1]
