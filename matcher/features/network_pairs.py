"""Named columns over all pairs of a block of startups with all carriers, each belonging to one criterion."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matcher.features import activity, history
from matcher.features.network_tables import NetworkTables
from matcher.features.past import Floats, Ints, Past

IN_QUERY = "_in_query"  # ends the name of a column that is standardised within each startup's candidates
LEVELS = ("country", "region", "city")
Column = tuple[str, Floats]


class NetworkCriterion(StrEnum):
    """What a part of a score is about."""

    TEXT = "text"
    TAGS = "tags"
    NAME = "name"
    PLACE = "place"
    HISTORY = "history"
    STAGE = "stage"
    SERVICES = "services"


@dataclass(frozen=True)
class Moment:
    """What is known at one moment."""

    past: Past
    is_open: NDArray[np.bool_]  # carriers that may be chosen, shape (n_carriers,)
    day: int  # ordinal


def pair_columns(tables: NetworkTables, moment: Moment, rows: Ints) -> dict[NetworkCriterion, dict[str, Floats]]:
    """Columns by criterion and name, each of shape (n_rows, n_carriers); NaN is unknown.

    Args:
        tables: both sides.
        moment: what is known.
        rows: of the startups that are asked for.
    """
    shape = (len(rows), moment.past.n_carriers)
    return {
        criterion: {name: np.broadcast_to(values, shape) for name, values in columns(tables, moment, rows)}
        for criterion, columns in COLUMNS.items()
    }


def feature_names(tables: NetworkTables, moment: Moment) -> dict[str, NetworkCriterion]:
    """Every column with its criterion, in their order; the same for all networks."""
    columns = pair_columns(tables, moment, np.zeros(0, np.int64))
    return {name: criterion for criterion, of_criterion in columns.items() for name in of_criterion}


def standardised(values: Floats, is_open: NDArray[np.bool_]) -> Floats:
    """Within each startup: less the mean over the open carriers whose value is known, in standard deviations."""
    known = ~np.isnan(values) & is_open
    n_known = np.maximum(known.sum(axis=1, keepdims=True), 1)
    filled = np.where(known, values, 0)
    mean = filled.sum(axis=1, keepdims=True) / n_known
    spread = np.sqrt((np.where(known, values - mean, 0) ** 2).sum(axis=1, keepdims=True) / n_known)
    alike: Floats = np.where(np.isnan(values), np.nan, 0.0)
    np.divide(values - mean, spread, out=alike, where=spread > 1e-9)
    return alike


def _both(name: str, values: Floats, moment: Moment) -> Iterator[Column]:
    yield name, values
    yield f"{name}{IN_QUERY}", standardised(values, moment.is_open)


def _text(tables: NetworkTables, moment: Moment, rows: Ints) -> Iterator[Column]:
    past = moment.past
    queries = tables.vectors.startups[rows]
    found = history.similarities(queries, past, tables.vectors.startups)
    yield from _both("similarity_to_mean", found.mean, moment)
    yield from _both("nearest", found.nearest, moment)
    yield from _both("nearest_five", found.nearest_five, moment)
    yield "density", found.density
    affinity = history.learned_affinity(queries, past, tables.vectors.startups)
    yield from _both("learned_affinity", affinity, moment)
    lately = history.similarity_to_mean(queries, past, tables.vectors.startups, past.recency)
    yield f"similarity_to_recent_mean{IN_QUERY}", standardised(_where_text(lately, queries), moment.is_open)
    words = tables.words[rows]
    yield from _both(
        "words_like_past", _where_text(history.similarity_to_mean(words, past, tables.words), words), moment
    )
    own = _where_text(history.exact_cosines(queries, tables.vectors.carriers), queries)
    described = _known_rows(tables.vectors.carriers) & (tables.written <= moment.day)
    yield from _both("similarity_to_description", np.where(described, own, np.nan), moment)


def _tags(tables: NetworkTables, moment: Moment, rows: Ints) -> Iterator[Column]:
    past, queries, active = moment.past, tables.tags[rows], moment.past.counts() > 0
    odds = history.tag_log_odds(past, tables.tags)
    yield from _both("tags_log_odds", history.mean_of_tags(queries, odds, active), moment)
    yield "best_tag_log_odds", history.best_of_tags(queries, odds, active)
    lately = history.tag_log_odds(past, tables.tags, past.recency)
    yield "tags_log_odds_lately", history.mean_of_tags(queries, lately, active)
    described = _known_rows(tables.carrier_tags) & (tables.written <= moment.day)
    yield "tags_shared", history.mean_of_tags(queries, tables.carrier_tags, described)


def _name(tables: NetworkTables, moment: Moment, rows: Ints) -> Iterator[Column]:
    queries = tables.vectors.startups[rows]
    named = _known_rows(tables.vectors.names)
    alike = _where_text(history.exact_cosines(queries, tables.vectors.names), queries)
    yield from _both("text_like_name", np.where(named, alike, np.nan), moment)
    tags = tables.tags[rows]
    themes = np.where(_known_rows(tags)[:, None], tags @ tables.themes_in_names, np.nan)
    yield "tags_in_name", np.where(named, themes, np.nan)
    words = tables.words[rows]
    yield "words_in_name", np.where(named, _where_text(history.exact_cosines(words, tables.name_words), words), np.nan)


def _place(tables: NetworkTables, moment: Moment, rows: Ints) -> Iterator[Column]:
    past, queries, places = moment.past, tables.places[rows], tables.places
    of_past = history.place_log_odds(queries, past, places)
    lately = history.place_log_odds(queries, past, places, past.recency)
    counts = past.counts()
    in_name = np.full((len(rows), past.n_carriers), np.nan)
    for level, name in enumerate(LEVELS):
        code = queries[:, level]
        known = (code >= 0)[:, None]
        yield f"{name}_log_odds", of_past[level]
        yield f"{name}_log_odds_lately", lately[level]
        n_from = history.n_from_place(code, past, places[:, level])
        yield f"n_from_{name}", n_from
        yield f"share_from_{name}", np.divide(n_from, counts, out=np.full_like(n_from, np.nan), where=counts > 0)
        carriers = tables.carrier_places[:, level]
        yield f"same_{name}", np.where(known & (carriers >= 0), code[:, None] == carriers, np.nan)
        if known.any():
            here = tables.places_in_names[level][code] * (level + 1)
            in_name = np.where(known, np.fmax(in_name, here), in_name)
    yield "place_in_name", in_name
    for name, level in (("country", 0), ("city", 2)):
        yield f"most_from_one_{name}", history.concentration(past, places[:, level])


def _history(tables: NetworkTables, moment: Moment, rows: Ints) -> Iterator[Column]:
    for measure in ACTIVITY:
        yield measure.__name__, measure(moment.past)


def _stage(tables: NetworkTables, moment: Moment, rows: Ints) -> Iterator[Column]:
    odds = history.tag_log_odds(moment.past, tables.stages)
    yield "stage_log_odds", history.mean_of_tags(tables.stages[rows], odds, moment.past.counts() > 0)


def _services(tables: NetworkTables, moment: Moment, rows: Ints) -> Iterator[Column]:
    needed = tables.services[rows]
    offers = _known_rows(tables.carrier_services)
    yield "services_offered", history.mean_of_tags(needed, tables.carrier_services, offers)
    odds = history.tag_log_odds(moment.past, tables.services)
    yield "services_log_odds", history.mean_of_tags(needed, odds, moment.past.counts() > 0)


def _known_rows(values: Floats | NDArray[np.float32]) -> NDArray[np.bool_]:
    known: NDArray[np.bool_] = np.asarray(np.any(values, axis=1))
    return known


def _where_text(values: Floats | NDArray[np.float32], queries: NDArray[np.float32]) -> Floats:
    return np.where(np.any(queries, axis=1, keepdims=True), values, np.nan)


ACTIVITY = (
    activity.admitted,
    activity.admitted_lately,
    activity.admitted_last,
    activity.idle,
    activity.age,
    activity.regularity,
    activity.intake,
)
COLUMNS: dict[NetworkCriterion, Callable[[NetworkTables, Moment, Ints], Iterator[Column]]] = {
    NetworkCriterion.TEXT: _text,
    NetworkCriterion.TAGS: _tags,
    NetworkCriterion.NAME: _name,
    NetworkCriterion.PLACE: _place,
    NetworkCriterion.HISTORY: _history,
    NetworkCriterion.STAGE: _stage,
    NetworkCriterion.SERVICES: _services,
}
FREE = {measure.__name__ for measure in ACTIVITY} | {"most_from_one_country", "most_from_one_city"}


def direction(name: str) -> int:
    """1 where more of a column must not lower a score, 0 where it may do either.

    The more alike, the nearer and the more from the same place the better; how often a carrier admitted may speak for
    it or tell that it is full, closed or not after this kind.
    """
    return 0 if name in FREE else 1
