"""Which of the three languages a caller wants to read."""

from functools import lru_cache

from matcher.domain.messages import Language

SPOKEN = (Language.ZH, Language.EN, Language.DE)
MAX_HEADER_CHARACTERS = 1_000


def accepted_language(header: str | None) -> Language | None:
    """The best language that an Accept-Language header names and that is spoken here.

    None where there is none: an unreadable header, or one that names only other languages, is no reason to refuse.
    """
    return _best((header or "")[:MAX_HEADER_CHARACTERS])


@lru_cache(maxsize=1024)  # a thousand callers have a dozen headers between them
def _best(header: str) -> Language | None:
    best, best_weight = None, 0.0
    for part in header.split(","):
        tag, _, parameter = part.partition(";")
        language = _spoken(tag)
        weight = _weight(parameter)
        if language is not None and weight > best_weight:  # of equals the first one wins
            best, best_weight = language, weight
    return best


def chosen_language(lang: str | None) -> Language | None:
    """The language of a `lang` parameter, or None where it names no spoken one."""
    return next((language for language in SPOKEN if language.value == lang), None)


def _spoken(tag: str) -> Language | None:
    return chosen_language(tag.strip().lower().partition("-")[0])


def _weight(parameter: str) -> float:
    """In [0, 1]; 1 where no weight is given, 0 where it cannot be read."""
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if name.strip() == "q" and 0.0 <= weight <= 1.0 else 0.0
