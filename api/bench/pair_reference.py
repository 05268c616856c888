"""Pair features in plain Python, one pair and one term at a time: what the vectorised ones must equal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from math import isnan, nan
from typing import Any

from matcher.features.pairs import FEATURE_NAMES, N_YOUNG_STAGES
from matcher.features.tables import FURTHER_INDUSTRY, CarrierTable, StartupTable

Row = Mapping[str, Any]  # one row of a table, by column; numbers and lists of numbers


def rows_of(table: StartupTable | CarrierTable) -> list[Row]:
    columns = {field.name: getattr(table, field.name).tolist() for field in fields(table)}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def plain_pair_features(startup: Row, carrier: Row, chain_columns: Sequence[int]) -> list[float]:
    """The features of one pair without a wish for a place and without a past, in the order of `PAIR_FEATURES`."""
    chains = [startup["industries"][column] for column in chain_columns]
    special = {
        "core_park": _expected(chains, carrier["core_park_of"]),
        "open_to_others": (1 - sum(chains)) * carrier["general_home"],
        **dict.fromkeys(("in_wished_place", "rated_in_field_and_stage", "rated_in_industry"), nan),
    }
    return [special[name] if name in special else PLAIN_FEATURES[name](startup, carrier) for name in FEATURE_NAMES]


def _expected(probabilities: Sequence[float], values: Sequence[float]) -> float:
    return sum(probability * value for probability, value in zip(probabilities, values, strict=True))


def _coverage(asked: int, offered: int) -> float:
    if not asked or not offered:
        return nan
    return (asked & offered).bit_count() / asked.bit_count()


def _similarity(startup: Sequence[float], carrier: Sequence[float]) -> float:
    return _expected(startup, carrier) if any(startup) and any(carrier) else nan


def _off_field(startup: Row, carrier: Row) -> float:
    match = _expected(startup["industries"], carrier["serves_industry"])
    if carrier["specialised"] != 1 or isnan(match):
        return nan
    return 1 - min(1.0, match / FURTHER_INDUSTRY)


def _space_not_ready(startup: Row, carrier: Row) -> float:
    young = sum(startup["stages"][:N_YOUNG_STAGES])
    return (1.0 if isnan(young) else young) if startup["site"] > 0 and carrier["openness"] < 1 else 0.0


PLAIN_FEATURES: Mapping[str, Callable[[Row, Row], float]] = {
    "subfield_match": lambda startup, carrier: _expected(startup["subfields"], carrier["serves_subfield"]),
    "industry_match": lambda startup, carrier: _expected(startup["industries"], carrier["serves_industry"]),
    "near_field": lambda startup, carrier: _expected(startup["industries"], carrier["near_industry"]),
    "general_home": lambda startup, carrier: carrier["general_home"],
    "text_similarity": lambda startup, carrier: _similarity(startup["embedding"], carrier["embedding"]),
    "stage_fit": lambda startup, carrier: _expected(startup["stages"], carrier["stage_fit"]),
    "service_coverage": lambda startup, carrier: _coverage(startup["services"], carrier["services"]),
    "capability_coverage": lambda startup, carrier: _coverage(startup["capabilities"], carrier["capabilities"]),
    "site_coverage": lambda startup, carrier: _coverage(startup["site"], carrier["site"]),
    "off_field": _off_field,
    "openness": lambda startup, carrier: carrier["openness"],
    "space_not_ready": _space_not_ready,
    "level": lambda startup, carrier: carrier["level"],
}
