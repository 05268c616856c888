"""What a list promises beside a good order: the same for the same content, the core park, nobody shut out wrongly."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import nan

from matcher.domain.ids import CarrierId
from matcher.domain.judgements import Grades, JudgedStartup, Run
from matcher.domain.matches import Answer
from matcher.domain.taxonomy import CHAINS


def twin_overlaps(run: Run, startups: Iterable[JudgedStartup], k: int) -> list[float]:
    """For each pair of texts that say the same in other languages, the shared part of their first k, in [0, 1]."""
    twins: defaultdict[str, list[Sequence[CarrierId]]] = defaultdict(list)
    for startup in startups:
        if startup.twin and startup.labels.readable:
            twins[startup.twin].append(run.get(startup.id, ())[:k])
    pairs = (pair for lists in twins.values() for pair in combinations(lists, 2))
    return [len(set(one) & set(other)) / max(1, len(one), len(other)) for one, other in pairs]


def core_park_found(startup: JudgedStartup, answer: Answer, parks: Mapping[str, CarrierId], first: int) -> float:
    """Whether the core park of the chain is among the first; NaN where the promise does not hold.

    It holds where the chain was read right, has a core park, and no rule or wish takes the park off the list.
    """
    chain = startup.labels.chain
    park = parks.get(chain)
    excluded = {one.carrier.id for one in answer.not_eligible}
    if not startup.labels.readable or chain not in CHAINS or answer.profile.chain.id != chain:
        return nan
    if park is None or park in excluded:
        return nan
    return float(park in answer.carrier_ids[:first])


def n_excluded_wrongly(answer: Answer, grades: Grades, relevant: int = 1) -> int:
    """How many carriers with at least this grade were taken off the list by a rule or wish."""
    return sum(grades.get(one.carrier.id, 0) >= relevant for one in answer.not_eligible)
