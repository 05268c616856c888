"""What a carrier's name tells: the places and the themes that it contains."""

import unicodedata
from collections.abc import Sequence

import numpy as np

from matcher.features.past import Floats
from matcher.features.words import IS_HAN, STEM, words

SHORTEST_THEME = 3  # letters; "AI" and "of" alone say too little to be found inside other words
ADMINISTRATIVE = ("市", "省", "区", "县", " city")  # a place is named with and without


def places_in_names(places: Sequence[str], names: Sequence[str]) -> Floats:
    """1 where a carrier's name contains the place, shape (n_places, n_carriers); NaN without a name."""
    spaced = [_spaced(name) for name in names]
    found = np.zeros((len(places), len(names)))
    for row, place in enumerate(places):
        wanted = _spaced(_bare(place))
        found[row] = [
            bool(wanted.strip()) and (wanted.strip() if IS_HAN.search(wanted) else wanted) in name for name in spaced
        ]
    return np.where([bool(name) for name in names], found, np.nan)


def themes_in_names(tags: Sequence[str], names: Sequence[str]) -> Floats:
    """Summed rarity of the words in both a tag and a carrier's name, shape (n_tags, n_carriers); NaN without a name."""
    stems = [_stems(name) for name in names]
    n_with: dict[str, int] = {}
    for stem in (stem for of_name in stems for stem in of_name):
        n_with[stem] = n_with.get(stem, 0) + 1
    shared = np.zeros((len(tags), len(names)))
    for row, tag in enumerate(tags):
        of_tag = _stems(tag)
        for column, of_name in enumerate(stems):
            shared[row, column] = sum(np.log((len(names) + 1) / n_with[stem]) for stem in sorted(of_tag & of_name))
    return np.where([bool(name) for name in names], shared, np.nan)


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in words(text) if len(word) >= SHORTEST_THEME or IS_HAN.match(word)}


def _spaced(text: str) -> str:
    return f" {' '.join(unicodedata.normalize('NFKC', text).casefold().replace('-', ' ').replace(',', ' ').split())} "


def _bare(place: str) -> str:
    folded = place.casefold().strip()
    for ending in ADMINISTRATIVE:
        if len(folded) > len(ending) + 1:
            folded = folded.removesuffix(ending)
    return folded
