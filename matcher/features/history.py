"""What a carrier's past admissions say about the next startup: pure functions over arrays.

Each takes the admissions known at one moment (`Past`) and gives one value for each pair of a block of startups with
all carriers, shape (n_startups, n_carriers), or one for each carrier, shape (n_carriers,). NaN is unknown: a carrier
that has admitted nobody says nothing. Nothing later than the moment can reach them, because `Past` does not hold it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.features.past import Floats, Past

N_NEAREST = 5
SHARPNESS = 8.0  # of the kernel in `density`: e-fold for an eighth in cosine
PULL = 2.0  # admissions' worth of the average startup in a carrier's mean
RIDGE = 1.0  # on the scatter of unit vectors: as if one more had been seen in each direction
TAG_PULL = 4.0  # admissions' worth of the base rate in a share of tags
PLACE_PULL = 3.0  # the same for places, at each level towards the wider one
Vectors = NDArray[np.float32]  # rows of unit length, or zero where nothing is known


@dataclass(frozen=True)
class Similarities:
    """How like a carrier's past startups a new one is, by four measures."""

    mean: Floats  # cosine to their mean, pulled towards everybody's mean
    nearest: Floats  # cosine to the nearest
    nearest_five: Floats  # mean cosine to the five nearest
    density: Floats  # log of the kernel density among them over that among all


def similarities(queries: Vectors, past: Past, vectors: Vectors) -> Similarities:
    """Of new startups to each carrier's past ones.

    Args:
        queries: shape (n_startups, n_dims).
        past: admissions; rows of `vectors`.
        vectors: shape (n_all_startups, n_dims).
    """
    shape = (len(queries), past.n_carriers)
    nearest, nearest_five, density = (np.full(shape, np.nan) for _ in range(3))
    if not len(past):
        return Similarities(nearest, nearest, nearest_five, density)
    each = exact_cosines(queries, vectors[past.startups])
    kernel = np.exp(SHARPNESS * each)
    base = kernel.mean(axis=1)
    for carrier, rows in past.groups():
        own = each[:, rows]
        k = min(N_NEAREST, own.shape[1])
        best = np.partition(own, own.shape[1] - k, axis=1)[:, -k:]
        nearest[:, carrier], nearest_five[:, carrier] = best.max(axis=1), best.mean(axis=1)
        density[:, carrier] = np.log(kernel[:, rows].mean(axis=1) / base)
    known = np.any(queries, axis=1, keepdims=True)
    return Similarities(
        mean=np.where(known, similarity_to_mean(queries, past, vectors), np.nan),
        nearest=np.where(known, nearest, np.nan),
        nearest_five=np.where(known, nearest_five, np.nan),
        density=np.where(known, density, np.nan),
    )


def exact_cosines(queries: Vectors, vectors: Vectors) -> Floats:
    """In double precision, so that what is ranked together with a startup does not change its last digits."""
    cosines: Floats = queries.astype(np.float64) @ vectors.astype(np.float64).T
    return cosines


def similarity_to_mean(queries: Vectors, past: Past, vectors: Vectors, weights: Floats | None = None) -> Floats:
    """Cosine to the (weighted) mean of each carrier's past startups, pulled towards the mean of all."""
    counts = past.counts(weights)
    if not len(past):
        return np.full((len(queries), past.n_carriers), np.nan)
    everybody = vectors[past.startups].mean(axis=0).astype(np.float64)
    means = (past.sums(vectors, weights) + PULL * everybody) / (counts[:, None] + PULL)
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    means = np.divide(means, lengths, out=np.zeros_like(means), where=lengths > 0)
    return np.where(counts > 0, queries @ means.T, np.nan)


def learned_affinity(queries: Vectors, past: Past, vectors: Vectors) -> Floats:
    """How much more than average a linear model expects each carrier to take a startup, in its standard deviations.

    Ridge regression of "was this carrier's" on the past startups' vectors: unlike a mean, it looks at what tells a
    carrier's startups from those of the others, and passes over what all have in common.

    Source: Hoerl & Kennard, Technometrics 12(1), 1970; as a classifier, Hastie, Tibshirani & Friedman, 2009, §4.2.
    """
    counts = past.counts()
    if not len(past):
        return np.full((len(queries), past.n_carriers), np.nan)
    seen = vectors[past.startups].astype(np.float64)
    centre = seen.mean(axis=0)
    share = counts / len(past)
    together = past.sums(vectors - centre)  # (n_carriers, n_dims); the sum over a carrier's own, less the centre
    seen -= centre
    scatter = seen.T @ seen + RIDGE * np.eye(seen.shape[1])
    weights = np.linalg.solve(scatter, together.T)  # (n_dims, n_carriers)
    expected = (queries - centre) @ weights / np.sqrt(np.maximum(share, 1e-9))
    return np.where((counts > 0) & np.any(queries, axis=1, keepdims=True), expected, np.nan)


def tag_log_odds(past: Past, tags: Floats, weights: Floats | None = None) -> Floats:
    """Log of each tag's share among a carrier's past startups over its share among all, shape (n_carriers, n_tags).

    Args:
        past: admissions; rows of `tags`.
        tags: 1 where a startup has the tag, shape (n_all_startups, n_tags).
        weights: of the admissions.
    """
    base = (tags[past.startups].sum(axis=0) + 0.5) / (len(past) + 1)
    share = (past.sums(tags, weights) + TAG_PULL * base) / (past.counts(weights)[:, None] + TAG_PULL)
    odds: Floats = np.log(share / base)
    return odds


def mean_of_tags(queries: Floats, odds: Floats, known: NDArray[np.bool_]) -> Floats:
    """The mean over a startup's tags; NaN without tags, and where the carrier is not `known`."""
    n_tags = queries.sum(axis=1, keepdims=True)
    total = queries @ odds.T
    mean = np.divide(total, n_tags, out=np.full_like(total, np.nan), where=n_tags > 0)
    return np.where(known, mean, np.nan)


def best_of_tags(queries: Floats, odds: Floats, known: NDArray[np.bool_]) -> Floats:
    """The largest over a startup's tags; NaN as in `mean_of_tags`."""
    best = np.full((len(queries), len(odds)), -np.inf)
    for tag in np.flatnonzero(queries.any(axis=0)):
        having = np.flatnonzero(queries[:, tag])
        best[having] = np.maximum(best[having], odds[:, tag])
    return np.where(np.isfinite(best) & known, best, np.nan)


def place_log_odds(
    queries: NDArray[np.int64], past: Past, places: NDArray[np.int64], weights: Floats | None = None
) -> Floats:
    """Log of a place's share among a carrier's past startups over its share among all, level by level.

    A level starts from the wider one: where a carrier has taken nobody from the city but many from the country, the
    city gets its part of the country's share.

    Args:
        queries: codes of the new startups' country, region and city, -1 where unknown, shape (n_startups, n_levels).
        past: admissions; rows of `places`.
        places: codes of all startups, shape (n_all_startups, n_levels).
        weights: of the admissions.

    Returns:
        Shape (n_levels, n_startups, n_carriers); NaN where the level is unknown, or nobody was ever admitted from it.
    """
    counts = past.counts(weights)
    of_all = np.ones(len(queries))
    of_carrier = np.ones((len(queries), past.n_carriers))
    odds = np.full((queries.shape[1], *of_carrier.shape), np.nan)
    for level in range(queries.shape[1]):
        code, base, own = _shares(queries[:, level], past, places[:, level], weights)
        known = (code >= 0) & (base > 0)
        part = np.where(known, base / of_all, 1.0)[:, None]
        pulled = (own + PLACE_PULL * of_carrier * part) / (counts + PLACE_PULL)
        of_carrier = np.where(known[:, None], pulled, of_carrier)
        of_all = np.where(known, base, of_all)
        ratio = np.log(of_carrier / of_all[:, None])
        odds[level] = np.where(known[:, None] & (counts > 0), ratio, np.nan)
    return odds


def n_from_place(queries: NDArray[np.int64], past: Past, places: NDArray[np.int64]) -> Floats:
    """How many of a carrier's past startups came from the same place, at one level; NaN where it is unknown."""
    code, _, own = _shares(queries, past, places, None)
    return np.where((code >= 0)[:, None], own, np.nan)


def _shares(
    queries: NDArray[np.int64], past: Past, places: NDArray[np.int64], weights: Floats | None
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Codes; share of each query's place among all admissions; (weighted) count of it with each carrier."""
    n_codes = int(max(queries.max(initial=-1), places.max(initial=-1))) + 1
    codes = places[past.startups]
    known = codes >= 0
    weight = None if weights is None else weights[known]
    table = np.bincount(past.carriers[known] * n_codes + codes[known], weight, past.n_carriers * n_codes)
    by_place = table.reshape(past.n_carriers, n_codes).T.astype(np.float64)  # (n_codes, n_carriers)
    base = np.bincount(codes[known], minlength=n_codes) / max(1, len(past))
    if not n_codes:
        return queries, np.zeros(len(queries)), np.zeros((len(queries), past.n_carriers))
    return queries, base[queries], by_place[queries]  # the last code's row for unknown ones: masked by the callers


def concentration(past: Past, places: NDArray[np.int64]) -> Floats:
    """Share of a carrier's past startups that came from its most frequent place, at one level; shape (n_carriers,)."""
    share = np.full(past.n_carriers, np.nan)
    for carrier, rows in past.groups():
        codes = places[past.startups[rows]]
        share[carrier] = np.bincount(codes[codes >= 0], minlength=1).max() / len(codes)
    return share
