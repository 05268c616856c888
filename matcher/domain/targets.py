"""What a policy set out to reach by a year: a target of its day, never a fact of today."""

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.facts import Source
from matcher.domain.messages import Texts


class Unit(StrEnum):
    """What a target counts."""

    CARRIERS = "carriers"
    SQUARE_METRES = "m2"
    FIRMS = "firms"  # and teams
    PEOPLE = "people"
    YUAN = "yuan"


class Measure(StrEnum):
    """What of the registry stands beside a target."""

    PROVINCIAL_LEVEL = "provincial_level"  # carriers of provincial level or above
    NATIONAL_LEVEL = "national_level"  # carriers of national level


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One number that a policy names."""

    id: str
    name: Texts
    at_least: float
    unit: Unit
    year: int  # by the end of which it is to be reached
    measure: Measure | None = None  # None: the registry holds nothing that compares
    source: Source


LEVELS_OF = {
    Measure.NATIONAL_LEVEL: frozenset({"level.national", "level.standard_2025", "level.excellent_2025"}),
    Measure.PROVINCIAL_LEVEL: frozenset(
        {"level.provincial", "level.national", "level.standard_2025", "level.excellent_2025"}
    ),
}
