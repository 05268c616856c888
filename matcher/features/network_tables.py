"""Startups and carriers of a network as columns of numbers, apart from what happened between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.domain.networks import Member, Network, Place
from matcher.features.names import places_in_names, themes_in_names
from matcher.features.past import Floats, Ints
from matcher.features.words import buckets, rarity, weighted

Vectors = NDArray[np.float32]
NEVER = date.max.toordinal()


@dataclass(frozen=True)
class TextVectors:
    """Centred embeddings; zero where there are no words."""

    startups: Vectors  # of text and tags together, shape (n_startups, n_dims)
    carriers: Vectors  # of their own texts, shape (n_carriers, n_dims)
    names: Vectors  # of the carriers' names, shape (n_carriers, n_dims)


@dataclass(frozen=True)
class NetworkTables:
    """One row for each startup, and one for each carrier."""

    vectors: TextVectors
    words: Vectors  # of text and tags, hashed, shape (n_startups, N_BUCKETS)
    name_words: Vectors  # shape (n_carriers, N_BUCKETS)
    tags: Floats  # 1 where a startup has it, shape (n_startups, n_tags)
    carrier_tags: Floats  # shape (n_carriers, n_tags)
    services: Floats  # needed, shape (n_startups, n_services)
    carrier_services: Floats  # offered, shape (n_carriers, n_services)
    stages: Floats  # shape (n_startups, n_stages), one 1 or none
    places: Ints  # codes of country, region, city, -1 where unknown, shape (n_startups, 3)
    carrier_places: Ints  # shape (n_carriers, 3)
    places_in_names: tuple[Floats, Floats, Floats]  # by level, shape (n_codes, n_carriers)
    themes_in_names: Floats  # shape (n_tags, n_carriers)
    written: Ints  # day (ordinal) since which a carrier's text and tags hold, NEVER if unknown, shape (n_carriers,)


def startup_text(startup: Member) -> str:
    """What is encoded of it: its words, then its tags."""
    return " ".join(part for part in (startup.text, ", ".join(startup.tags)) if part)


def network_tables(network: Network, vectors: TextVectors, rare: Floats | None = None) -> NetworkTables:
    """Both sides as numbers.

    Args:
        network: as read.
        vectors: of the texts of both sides.
        rare: weights of the hashed words as learned; None: learned from these startups.
    """
    startups, carriers = network.startups, network.carriers
    names = [carrier.name for carrier in carriers]
    tags = _numbers(tag for member in (*startups, *carriers) for tag in member.tags)
    services = _numbers(service for member in (*startups, *carriers) for service in member.services)
    stages = _numbers(startup.stage for startup in startups if startup.stage)
    levels = [
        _numbers(key for member in (*startups, *carriers) if (key := _keys(member.place)[level])) for level in range(3)
    ]
    counts = buckets([startup_text(startup) for startup in startups])
    rare = rarity(counts) if rare is None else rare
    countries, regions, cities = (
        places_in_names([key.rpartition("|")[2] for key in of_level], names) for of_level in levels
    )
    return NetworkTables(
        vectors=vectors,
        words=weighted(counts, rare),
        name_words=weighted(buckets(names), rare),
        tags=_marks([member.tags for member in startups], tags),
        carrier_tags=_marks([member.tags for member in carriers], tags),
        services=_marks([member.services for member in startups], services),
        carrier_services=_marks([member.services for member in carriers], services),
        stages=_marks([[member.stage] if member.stage else [] for member in startups], stages),
        places=_codes(startups, levels),
        carrier_places=_codes(carriers, levels),
        places_in_names=(countries, regions, cities),
        themes_in_names=themes_in_names(list(tags), names),
        written=np.array([carrier.as_of.toordinal() if carrier.as_of else NEVER for carrier in carriers], np.int64),
    )


def _numbers(values: Iterable[str]) -> dict[str, int]:
    """Each value once, numbered in their order, whichever order they came in."""
    return {value: number for number, value in enumerate(sorted(set(values)))}


def _marks(rows: Sequence[Sequence[str]], numbers: dict[str, int]) -> Floats:
    marks = np.zeros((len(rows), len(numbers)))
    for row, values in enumerate(rows):
        marks[row, [numbers[value] for value in values]] = 1
    return marks


def _keys(place: Place) -> tuple[str, str, str]:
    """Country, region, city; the narrower ones within their country, as a name may occur in several."""
    country, region, city = (" ".join(part.casefold().split()) for part in (place.country, place.region, place.city))
    return country, f"{country}|{region}" if region else "", f"{country}|{city}" if city else ""


def _codes(members: Sequence[Member], levels: Sequence[dict[str, int]]) -> Ints:
    keys = [_keys(member.place) for member in members]
    codes = [[levels[level].get(key[level], -1) for level in range(3)] for key in keys]
    return np.array(codes, np.int64).reshape(len(members), 3)
