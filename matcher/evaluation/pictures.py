"""Tables of two sides that a page draws: what was read as what, quality by chain and language, and who is seen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import nan

import numpy as np

from matcher.domain.carriers import Carrier
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.judgements import JudgedStartup
from matcher.domain.messages import Language
from matcher.domain.taxonomy import CHAINS, NO_CHAIN, Taxonomy
from matcher.evaluation import wording
from matcher.evaluation.exposure import appearances
from matcher.evaluation.intervals import FloatVector
from matcher.evaluation.reading import Reading
from matcher.evaluation.report import Grid, Seen

MOST_CONFUSED = 6  # sub-fields shown with what they were read as
ALL_CHAINS = (*CHAINS, NO_CHAIN)


def chain_confusion(startups: Sequence[JudgedStartup], readings: Sequence[Reading], taxonomy: Taxonomy) -> Grid:
    """How many texts of each chain were read as which, over the texts that say what the startup does."""
    pairs = Counter(
        (startup.labels.chain, reading.chain)
        for startup, reading in zip(startups, readings, strict=True)
        if startup.labels.readable
    )
    names = tuple(wording.chain_name(chain, taxonomy) for chain in ALL_CHAINS)
    counts = tuple(tuple(pairs[wanted, said] for said in ALL_CHAINS) for wanted in ALL_CHAINS)
    return Grid(
        name="chain_confusion",
        label=wording.CHAIN_CONFUSION,
        rows=names,
        columns=names,
        values=_as_values(counts),
        counts=counts,
    )


def subfield_confusion(startups: Sequence[JudgedStartup], readings: Sequence[Reading], taxonomy: Taxonomy) -> Grid:
    """The main sub-fields that are most often read as another one, and all that these were read as."""
    pairs = Counter(
        (startup.labels.subfields[0], reading.subfields[0])
        for startup, reading in zip(startups, readings, strict=True)
        if startup.labels.readable and startup.labels.subfields and reading.subfields
    )
    missed = Counter[TermId]()
    for (wanted, said), n in pairs.items():
        missed[wanted] += n * (wanted != said)
    rows = sorted((one for one, n in missed.items() if n), key=lambda one: (-missed[one], one))[:MOST_CONFUSED]
    found = {said for wanted, said in pairs if wanted in rows}
    columns = [*(one for one in rows if one in found), *sorted(found - set(rows))]
    counts = tuple(tuple(pairs[wanted, said] for said in columns) for wanted in rows)
    return Grid(
        name="subfield_confusion",
        label=wording.SUBFIELD_CONFUSION,
        rows=tuple(taxonomy.label(one) for one in rows),
        columns=tuple(taxonomy.label(one) for one in columns),
        values=_as_values(counts),
        counts=counts,
    )


def by_chain_and_language(startups: Sequence[JudgedStartup], values: FloatVector, taxonomy: Taxonomy) -> Grid:
    """The mean of values, one for each text, in each cell; texts of NaN are left out."""

    def cell(chain: str, language: Language) -> FloatVector:
        is_in = [one.labels.chain == chain and one.language is language for one in startups]
        inside: FloatVector = values[np.array(is_in, dtype=bool) & ~np.isnan(values)]
        return inside

    cells = [[cell(chain, language) for language in wording.LANGUAGES] for chain in ALL_CHAINS]
    return Grid(
        name="ndcg5_by_chain_and_language",
        label=wording.BY_CHAIN_AND_LANGUAGE,
        rows=tuple(wording.chain_name(chain, taxonomy) for chain in ALL_CHAINS),
        columns=tuple(wording.LANGUAGES.values()),
        values=tuple(tuple(float(one.mean()) if len(one) else nan for one in row) for row in cells),
        counts=tuple(tuple(len(one) for one in row) for row in cells),
    )


def seen_most(lists: Iterable[Sequence[CarrierId]], carriers: Sequence[Carrier], k: int) -> tuple[Seen, ...]:
    """All carriers with how often each is among the first k, most often first, then by id."""
    times = appearances(lists, [carrier.id for carrier in carriers], k).tolist()
    seen = [Seen(carrier=one.id, name=one.name, n=n) for one, n in zip(carriers, times, strict=True)]
    return tuple(sorted(seen, key=lambda one: (-one.n, one.carrier)))


def _as_values(counts: Sequence[Sequence[int]]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(count) for count in row) for row in counts)
