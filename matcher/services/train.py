"""Learns a ranker from a network's own files, and measures it on the last round before it learns from that too."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np

from matcher.domain.errors import InvalidFile
from matcher.domain.ids import CarrierId
from matcher.domain.interactions import InteractionKind
from matcher.domain.networks import Network
from matcher.evaluation.metrics import expected_random_ndcg, ndcg
from matcher.features.lessons import (
    FEWEST_KNOWN,
    Lesson,
    choice_lessons,
    decision_lessons,
    gain_lessons,
    startup_grades,
    teaching_windows,
)
from matcher.features.network_pairs import IN_QUERY, direction, feature_names
from matcher.features.network_tables import NetworkTables, network_tables, startup_text
from matcher.features.past import Floats, Ints
from matcher.features.rounds import Events
from matcher.features.windows import window_length
from matcher.features.words import buckets, rarity
from matcher.ports import Encoder
from matcher.ranking.network import LearnedRanker, NetworkLearner, NetworkRanker, Utilities
from matcher.services.network_vectors import Told, network_vectors

FEWEST_REFUSALS = 100  # below it, learning from refusals would learn chance
N_DIGITS = 4


@dataclass(frozen=True)
class Train:
    """Learns from files; the same files, versions and seed give the same ranker."""

    encoder: Encoder
    learner: NetworkLearner

    def __call__(self, network: Network, *, until: date | None, told: Told = lambda _: None) -> NetworkRanker:
        """Learn from what happened up to a day.

        Args:
            network: as read.
            until: the last day that may be known; None: the day of the last interaction.
            told: hears how many more texts have been read.

        Raises:
            InvalidFile: too little happened to learn from.
        """
        last = until or max((one.on for one in network.interactions), default=date.min)
        network = network.until(last).with_startups()
        events = Events.of(network, last, window_length([one.on for one in network.interactions], last))
        windows = teaching_windows(events)
        if not windows:
            raise _too_little(len(events.windows))
        tables, rare = self._tables(network, told)
        learner = _Lessons(self.learner, tables, events)
        return NetworkRanker(
            utilities=learner.utilities(windows),
            rare=rare,
            months=events.months,
            encoder_id=self.encoder.id,
            features=tuple(learner.features),
            facts=_facts(network, events, windows)
            | _shown(network)
            | {"carriers_learn_from": "refusals" if learner.knows_refusals else "choices"}
            | {"check": learner.check(windows)},
        )

    def _tables(self, network: Network, told: Told) -> tuple[NetworkTables, Floats]:
        vectors = network_vectors(network, self.encoder, told)
        rare = rarity(buckets([startup_text(startup) for startup in network.startups]))
        return network_tables(network, vectors, rare), rare


@dataclass
class _Lessons:
    learner: NetworkLearner
    tables: NetworkTables
    events: Events

    @property
    def knows_refusals(self) -> bool:
        return int(self.events.of_kind(InteractionKind.DECLINED).sum()) >= FEWEST_REFUSALS

    @property
    def _carrier_lessons(self) -> Callable[[NetworkTables, Events, int], Iterator[Lesson]]:
        return decision_lessons if self.knows_refusals else choice_lessons

    @property
    def features(self) -> dict[str, str]:
        return {name: str(of) for name, of in feature_names(self.tables, self.events.moment(0)).items()}

    def utilities(self, windows: Sequence[int]) -> Utilities:
        lessons = list(chain.from_iterable(gain_lessons(self.tables, self.events, one) for one in windows))
        of_carriers = list(chain.from_iterable(self._carrier_lessons(self.tables, self.events, one) for one in windows))
        names = list(self.features)
        return Utilities(
            gain=self._learned(lessons),
            admits=self._learned(of_carriers) if of_carriers else None,
            choice=self.learner.choice(
                [lesson.block for lesson in lessons],
                [lesson.block_grades for lesson in lessons],
                criteria=list(self.features.values()),
                used=[number for number, name in enumerate(names) if not name.endswith(IN_QUERY)],
            ),
        )

    def check(self, windows: Sequence[int]) -> dict[str, object] | None:
        """How well a ranker without the last round ranks it, beside popularity and chance; None with one round."""
        if len(windows) < 2:
            return None
        *earlier, last = windows
        moment = self.events.moment(last)
        rows, grades = startup_grades(self.events, last)
        known = np.flatnonzero(moment.past.counts() > 0)
        utilities = self.utilities(earlier)
        scores = np.concatenate(
            [
                utilities.parts(lesson.block, np.ones(lesson.sizes[0], np.bool_)).sum(axis=-1)
                for lesson in gain_lessons(self.tables, self.events, last)
            ]
        )
        at = np.searchsorted(np.flatnonzero(moment.is_open), known)
        popular = np.broadcast_to(moment.past.counts()[known], (len(rows), len(known)))
        return {
            "measure": "ndcg@10",
            "on": "the last round, carriers known before it",
            "n_startups": int((grades[:, known].max(axis=1) > 0).sum()),
            "n_carriers": len(known),
            "ranker": _mean_ndcg(scores[:, at], grades[:, known]),
            "popularity": _mean_ndcg(popular, grades[:, known]),
            "random": _mean_random(grades[:, known]),
        }

    def _learned(self, lessons: list[Lesson]) -> LearnedRanker:
        lesson = Lesson.joined(lessons)
        names = self.features
        return self.learner.ranker(
            lesson.features,
            lesson.grades,
            lesson.sizes,
            criteria=list(names.values()),
            directions=[direction(name) for name in names],
        )


def _mean_ndcg(scores: Floats, grades: Ints) -> float:
    """Over the startups that chose any of these carriers; equal scores in the carriers' order."""
    values = [
        ndcg([CarrierId(str(one)) for one in np.argsort(-of_query, kind="stable")], _graded(own))
        for of_query, own in zip(scores, grades, strict=True)
    ]
    return round(float(np.nanmean(values)), N_DIGITS) if np.isfinite(values).any() else 0.0


def _mean_random(grades: Ints) -> float:
    carriers = [CarrierId(str(one)) for one in range(grades.shape[1])]
    values = [expected_random_ndcg(carriers, _graded(own)) for own in grades]
    return round(float(np.nanmean(values)), N_DIGITS) if np.isfinite(values).any() else 0.0


def _graded(grades: Ints) -> dict[CarrierId, int]:
    return {CarrierId(str(one)): int(grades[one]) for one in np.flatnonzero(grades)}


def _facts(network: Network, events: Events, windows: Sequence[int]) -> dict[str, object]:
    return {
        "until": events.until.isoformat(),
        "n_startups": len(network.startups),
        "n_carriers": len(network.carriers),
        "n_interactions": {
            kind.value: int(events.of_kind(kind).sum()) for kind in InteractionKind if events.of_kind(kind).any()
        },
        "rounds": len(windows),
        "months_in_a_round": events.months,
    }


def _shown(network: Network) -> dict[str, object]:
    """On which places of lists the outcomes stood, where that is on record: how far lists may have led to them."""
    ranks = [one.rank for one in network.interactions if one.rank is not None]
    if not ranks:
        return {}
    return {
        "found_on_lists": {
            "n": len(ranks),
            "mean_rank": round(float(np.mean(ranks)), N_DIGITS),
            "share_first": round(float(np.mean([rank == 1 for rank in ranks])), N_DIGITS),
        }
    }


def _too_little(n_interactions: int) -> InvalidFile:
    return InvalidFile(
        "{n} interactions up to this day are too few to learn from: at least {fewest} admissions must be known before "
        "the first round that teaches anything.",
        field="interactions",
        n=n_interactions,
        fewest=FEWEST_KNOWN,
    )
