"""What each filter of a list of carriers could be set to, and how many carriers each value would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from matcher.domain.carriers import Carrier, Status
from matcher.domain.registry import CarrierFilter, Registry
from matcher.services.carrier_pages import EXACT, LISTED, conditions_of

UNKNOWN = (None, (), "", Status.UNKNOWN)
DISTRICT, NAME = "district", "name"
FIELDS = {name: name for name in (*EXACT, DISTRICT, NAME)} | LISTED  # by filter: what it looks at
BRACKET = "（"  # begins what stands after a district's name


@dataclass(frozen=True, slots=True)
class Choices:
    """Counts of carriers; those of one filter are taken under all others."""

    n_all: int  # in the registry
    n_found: int
    values: Mapping[str, Mapping[str, int]]  # by filter: how many carriers each value would leave
    without: Mapping[str, int]  # by filter that is set: how many there would be if it were not
    silent: Mapping[str, int]  # by filter that is set: how many of these have a record that does not say


def choices(registry: Registry, wanted: CarrierFilter) -> Choices:
    """Values that no carrier has are left out; districts go by their names, without what stands in brackets behind."""
    conditions = conditions_of(wanted)
    found: list[Carrier] = []
    nearly: dict[str, list[Carrier]] = {name: [] for name in conditions}  # by the one filter that keeps them out
    for carrier in registry.carriers:
        failed = [name for name, holds in conditions.items() if not holds(carrier)]
        if not failed:
            found.append(carrier)
        elif len(failed) == 1:
            nearly[failed[0]].append(carrier)
    return Choices(
        n_all=len(registry.carriers),
        n_found=len(found),
        values={name: _counted(name, chain(found, nearly.get(name, ()))) for name in FIELDS if name != NAME},
        without={name: len(found) + len(some) for name, some in nearly.items()},
        silent={name: sum(getattr(one, FIELDS[name]) in UNKNOWN for one in some) for name, some in nearly.items()},
    )


def _counted(name: str, carriers: Iterable[Carrier]) -> Mapping[str, int]:
    values = map(attrgetter(FIELDS[name]), carriers)
    if name in LISTED:
        return Counter(chain.from_iterable(map(set, values)))
    known = (value for value in values if value is not None)
    return Counter(value.partition(BRACKET)[0] for value in known) if name == DISTRICT else Counter(map(str, known))
