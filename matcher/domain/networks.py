"""The startups, carriers and interactions of any network, as far as its files tell."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from matcher.domain.interactions import Interaction
from matcher.domain.seed import BrokenRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody is; an empty text is unknown."""

    country: str = ""
    region: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A startup or a carrier; what is empty is unknown."""

    id: str
    name: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()  # in any vocabulary
    services: tuple[str, ...] = ()  # needed by a startup, offered by a carrier
    stage: str = ""
    place: Place = field(default_factory=Place)
    as_of: date | None = None  # since when a carrier's text and tags hold; None: not known for any past day
    more: Mapping[str, object] = field(default_factory=dict)  # what the file says beyond this


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Both sides and what happened between them."""

    startups: tuple[Member, ...]
    carriers: tuple[Member, ...]
    interactions: tuple[Interaction, ...]
    broken: tuple[BrokenRow, ...] = ()  # rows that could not be used

    def until(self, day: date) -> "Network":
        """The same without later interactions."""
        return replace(self, interactions=tuple(one for one in self.interactions if one.on <= day))

    def with_startups(self, wanted: Collection[str] = ()) -> "Network":
        """The same without startups that are neither wanted nor known to have done anything."""
        kept = {one.startup for one in self.interactions}.union(wanted)
        return replace(self, startups=tuple(startup for startup in self.startups if startup.id in kept))
