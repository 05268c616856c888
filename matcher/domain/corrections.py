"""A fact of a carrier's record put right by those who know: the old value is kept, with who and when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from matcher.domain.accounts import AccountId
from matcher.domain.carriers import Carrier, Status
from matcher.domain.facts import Source
from matcher.domain.ids import CarrierId
from matcher.domain.messages import Texts

CORRECTABLE = (
    "status", "places_left", "area_m2", "founded", "operator", "district", "description", "industries", "subfields",
    "wanted", "services", "service_items", "capabilities", "site", "tenants",
)  # fmt: skip
DATED = ("status", "places_left")  # facts with a date of their own beside them


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One entry of a carrier's history; values are plain JSON as files write them, None is unknown."""

    carrier: CarrierId
    field: str
    old: object
    new: object
    source: Source
    made_by: AccountId | None  # None: the seed or an import of the registry
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A file says something else of a carrier than its staff did: which of the two stands now."""

    carrier: CarrierId
    field: str
    file_won: bool  # its fact bears a later date


def fact_value(carrier: Carrier, name: str) -> object:
    """One fact as files write it; None is unknown."""
    value = getattr(carrier, name)
    if isinstance(value, Texts):
        words = {"zh": value.zh, "en": value.en, "de": value.de}
        return {language: text for language, text in words.items() if text} or None
    if isinstance(value, tuple):
        return [str(one) for one in value] or None
    if isinstance(value, Status):
        return None if value is Status.UNKNOWN else value.value
    return value


def merged(fresh: Carrier, stored: Carrier, repeated: Collection[str]) -> tuple[Carrier, tuple[str, ...]]:
    """A record from a file, with those corrections of the stored one that it does not outdate.

    A correction gives way only to another value than the one it replaced, and only if that bears a later date; a year
    alone is never later than a day of that year.

    Args:
        fresh: as the file has it.
        stored: as the store has it, with corrections.
        repeated: fields in which the file only says again what the correction put right.

    Returns:
        The record to keep, and the fields whose correction stays.
    """
    kept = tuple(
        name
        for name, source in stored.corrected.items()
        if name in repeated or (source.date or "") >= (fresh.fact(name).as_of or "")
    )
    return with_facts(fresh, stored, {name: stored.corrected[name] for name in kept}), kept


def with_facts(record: Carrier, facts: Carrier, corrected: Mapping[str, Source]) -> Carrier:
    """The record with the named facts of another one, and their sources."""
    values = {name: getattr(facts, name) for name in corrected}
    values |= {f"{name}_as_of": getattr(facts, f"{name}_as_of") for name in DATED if name in corrected}
    return replace(record, **values, corrected=dict(corrected))
