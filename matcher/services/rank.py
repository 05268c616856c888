"""Ranks a network's carriers for its startups with a ranker that was learned from its own files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

import numpy as np

from matcher.domain.errors import InvalidField, ModelNotFound
from matcher.domain.networks import Network
from matcher.features.network_pairs import feature_names
from matcher.features.network_tables import network_tables
from matcher.features.rounds import Events
from matcher.ports import Encoder
from matcher.ranking.network import NetworkRanker
from matcher.services.network_vectors import Told, network_vectors
from matcher.services.rank_blocks import NetworkWorld, RankInBlocks


@dataclass(frozen=True, slots=True)
class RankedPair:
    """One line of a run."""

    startup: str
    carrier: str
    score: float  # only its order and differences within a startup mean anything
    parts: tuple[float, ...]  # by criterion; they sum to the score


@dataclass(frozen=True)
class Rank:
    """One ranker on one network; the same files give the same lines."""

    encoder: Encoder
    ranker: NetworkRanker
    blocks: RankInBlocks = field(default_factory=RankInBlocks)  # where they are computed, and whether they are kept

    def __call__(
        self,
        network: Network,
        *,
        until: date,
        startups: Sequence[str] | None = None,
        k: int = 100,
        told: Told = lambda _: None,
    ) -> Iterator[RankedPair]:
        """The best carriers of each startup, best first, equal scores by id.

        Args:
            network: as read; interactions after `until` are not looked at.
            until: the last day that is known.
            startups: ids of those to rank for, all of the file by default.
            k: most carriers of a startup.
            told: hears how many more texts have been read.

        Raises:
            InvalidField: k is not positive, or an id is unknown.
            ModelNotFound: the model was learned with another encoder or another version of this program.
            RunStopped: somebody asked it to stop.
        """
        if k < 1:
            raise InvalidField("k: a whole number of at least 1 is expected.", field="k")
        known = dict.fromkeys(startup.id for startup in network.startups)
        wanted = list(known if startups is None else startups)
        for one in wanted:
            if one not in known:
                raise InvalidField("There is no startup {id} in the file of startups.", field="queries", id=one)
        if self.encoder.id != self.ranker.encoder_id:
            raise ModelNotFound(
                "The model was learned with the encoder {learned}, not with {present}.",
                learned=self.ranker.encoder_id,
                present=self.encoder.id,
            )
        return self._pairs(network.until(until).with_startups(wanted), until, wanted, k, told)

    def _pairs(self, network: Network, until: date, wanted: Sequence[str], k: int, told: Told) -> Iterator[RankedPair]:
        tables = network_tables(network, network_vectors(network, self.encoder, told), self.ranker.rare)
        events = Events.of(network, until, self.ranker.months)
        if tuple(feature_names(tables, events.moment(0))) != self.ranker.features:
            raise ModelNotFound("The model was learned by another version of this program, with other features.")
        ids = [carrier.id for carrier in network.carriers]
        by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
        rows = {startup.id: row for row, startup in enumerate(network.startups)}
        world = NetworkWorld(self.ranker, tables, events, by_id, k)
        blocks = self.blocks(world, [rows[one] for one in wanted])
        lists = chain.from_iterable(zip(one.carriers, one.scores, one.parts, strict=True) for one in blocks)
        for startup, (carriers, scores, parts) in zip(wanted, lists, strict=True):
            best = zip(carriers.tolist(), scores.tolist(), parts.tolist(), strict=True)
            for carrier, score, of_criteria in best:
                yield RankedPair(startup, ids[carrier], score, tuple(of_criteria))
