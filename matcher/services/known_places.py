"""How many places each carrier has left, and where that is known from: unknown is neither none nor many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from matcher.domain.carriers import Carrier
from matcher.domain.errors import CarrierNotFound, InvalidField


class PlacesFrom(StrEnum):
    """What says how many places are left."""

    FILE = "file"
    RECORD = "record"  # of the carrier, as of a day
    ASSUMED = "assumed"  # nobody has told: a number that was asked for instead
    NOWHERE = "unknown"


@dataclass(frozen=True, slots=True)
class Places:
    """Of one carrier; `n` is None where they are not known."""

    n: int | None
    known_from: PlacesFrom
    as_of: str | None = None


def known_places(
    carriers: Iterable[str], records: Mapping[str, Carrier], file: Mapping[str, int | None], assumed: int | None
) -> dict[str, Places]:
    """Of these carriers, and of those in the file: the file comes before the record, the record before the number.

    Args:
        carriers: ids.
        records: by id, as far as there are any.
        file: by id; None says that the places are unknown, whatever the record says.
        assumed: places where they are unknown; None assumes nothing.
    """
    return {one: _of(one, records.get(one), file, assumed) for one in sorted({*carriers, *file})}


def with_more(places: Mapping[str, Places], more: Mapping[str, int]) -> dict[str, Places]:
    """With so many more places for some carriers.

    Raises:
        CarrierNotFound: nobody may go there.
        InvalidField: how many it has now is not known.
    """
    added = dict(places)
    for carrier, n in more.items():
        if carrier not in added:
            raise CarrierNotFound("There is no carrier {id}.", field="add_places", id=carrier[:60])
        now = added[carrier]
        if now.n is None:
            raise InvalidField(
                "How many places {id} has is not known, so none can be added: give its places in a file, or a number "
                "to assume.",
                field="add_places",
                id=carrier,
            )
        added[carrier] = replace(now, n=now.n + n)
    return added


def _of(carrier: str, record: Carrier | None, file: Mapping[str, int | None], assumed: int | None) -> Places:
    told = file.get(carrier)
    if told is not None:
        return Places(told, PlacesFrom.FILE)
    if carrier not in file and record is not None and record.places_left is not None:
        return Places(record.places_left, PlacesFrom.RECORD, record.places_left_as_of)
    return Places(assumed, PlacesFrom.NOWHERE if assumed is None else PlacesFrom.ASSUMED)
