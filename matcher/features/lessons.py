"""What each side teaches: which pairs of a round are compared, and with which grades.

The kinds of interaction decide. Startups teach what they gain: whatever they asked for, visited or entered is better
than what else was open to them. Carriers teach whom they admit: where they declined requests, an admission is better
than those; where refusals are not on record, better than the others that were admitted anywhere at that time. An
impression teaches nothing by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.domain.interactions import InteractionKind
from matcher.features.network_tables import NetworkTables
from matcher.features.past import Ints
from matcher.features.rounds import Events, pair_features

GAIN = {  # a declined startup had asked
    InteractionKind.LEAD: 1,
    InteractionKind.DECLINED: 1,
    InteractionKind.VISIT: 2,
    InteractionKind.ADMISSION: 3,
}
FIRST_SHARE = 0.05  # of all admissions must be known before a round teaches anything
FEWEST_KNOWN = 10  # admissions, the same


@dataclass(frozen=True)
class Lesson:
    """Queries of graded pairs."""

    features: NDArray[np.float32]  # shape (n_pairs, n_features)
    grades: Ints  # shape (n_pairs,)
    sizes: tuple[int, ...]  # pairs of each query

    @classmethod
    def joined(cls, lessons: Sequence["Lesson"]) -> Self:
        """Raises ValueError where there is none."""
        return cls(
            np.concatenate([one.features for one in lessons]),
            np.concatenate([one.grades for one in lessons]),
            tuple(size for one in lessons for size in one.sizes),
        )

    @property
    def block(self) -> NDArray[np.float32]:
        """Shape (n_queries, n_candidates, n_features), where all queries have as many candidates."""
        return self.features.reshape(len(self.sizes), -1, self.features.shape[-1])

    @property
    def block_grades(self) -> Ints:
        """Shape (n_queries, n_candidates), the same."""
        return self.grades.reshape(len(self.sizes), -1)


def teaching_windows(events: Events) -> list[int]:
    """The windows before which enough was known, oldest first."""
    admissions = events.of_kind(InteractionKind.ADMISSION)
    fewest = max(FEWEST_KNOWN, FIRST_SHARE * admissions.sum())
    oldest = int(events.windows.max(initial=0))
    return [one for one in range(oldest, 0, -1) if (admissions & (events.windows > one)).sum() >= fewest]


def gain_lessons(tables: NetworkTables, events: Events, window: int) -> Iterator[Lesson]:
    """One query for each startup that did something in this window and was admitted nowhere before."""
    rows, grades = startup_grades(events, window)
    moment = events.moment(window)
    is_open = np.flatnonzero(moment.is_open)
    done = 0
    for features in pair_features(tables, moment, rows):
        own = grades[done : done + len(features)][:, is_open]
        done += len(features)
        yield Lesson(_flat(features[:, is_open]), own.ravel(), (len(is_open),) * len(features))


def startup_grades(events: Events, window: int) -> tuple[Ints, Ints]:
    """Rows of these startups, and their grades for all carriers, shape (n_rows, n_carriers)."""
    earlier = events.startups[events.of_kind(InteractionKind.ADMISSION) & (events.windows > window)]
    wanted = np.isin(events.kinds, [kind.value for kind in GAIN]) & (events.windows == window)
    wanted &= ~np.isin(events.startups, earlier)
    rows, query = np.unique(events.startups[wanted], return_inverse=True)
    grades = np.zeros((len(rows), events.n_carriers), np.int64)
    worth = np.array([GAIN[InteractionKind(kind)] for kind in events.kinds[wanted]], np.int64)
    np.maximum.at(grades, (query, events.carriers[wanted]), worth)
    return rows, grades


def decision_lessons(tables: NetworkTables, events: Events, window: int) -> Iterator[Lesson]:
    """One query for each carrier that both admitted and declined in this window, over those that it decided on."""
    admitted, declined = (events.of_kind(kind) for kind in (InteractionKind.ADMISSION, InteractionKind.DECLINED))
    decided = (admitted | declined) & (events.windows == window)
    both = np.intersect1d(events.carriers[decided & admitted], events.carriers[decided & declined])
    decided &= np.isin(events.carriers, both)
    rows, query = np.unique(events.startups[decided], return_inverse=True)
    if not len(rows):
        return
    carriers, grades = events.carriers[decided], admitted[decided].astype(np.int64)
    features = _all_features(tables, events, window, rows)[query, carriers]
    order = np.argsort(carriers, kind="stable")
    sizes = np.unique(carriers, return_counts=True)[1]
    yield Lesson(features[order], grades[order], tuple(int(size) for size in sizes))


def choice_lessons(tables: NetworkTables, events: Events, window: int) -> Iterator[Lesson]:
    """One query for each carrier that admitted before and in this window, over all admitted anywhere in it."""
    rows, grades = startup_grades(events, window)
    taken = grades == GAIN[InteractionKind.ADMISSION]
    somewhere = taken.any(axis=1)
    rows, taken = rows[somewhere], taken[somewhere]
    carriers = np.flatnonzero(taken.any(axis=0) & (events.moment(window).past.counts() > 0))
    if not len(rows) or not len(carriers):
        return
    features = _all_features(tables, events, window, rows)[:, carriers].transpose(1, 0, 2)
    yield Lesson(_flat(features), taken[:, carriers].T.astype(np.int64).ravel(), (len(rows),) * len(carriers))


def _all_features(tables: NetworkTables, events: Events, window: int, rows: Ints) -> NDArray[np.float32]:
    return np.concatenate(list(pair_features(tables, events.moment(window), rows)))


def _flat(features: NDArray[np.float32]) -> NDArray[np.float32]:
    return features.reshape(-1, features.shape[-1])
