"""Who moved between two runs, and what moved it: the startup, a carrier, the model, or what was asked for.

A pair's score rests on its startup, its carrier and the models alone. So a list of the same models for the same startup
moves only through carriers that stand in one of the two lists and have changed, come or gone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.run_records import RunCarrier, RunInputs, RunList, RunRecord


class Cause(StrEnum):
    """What moved a list."""

    STARTUP = "startup"  # what it says, or what is read from it
    CARRIERS = "carriers"  # their records, rules among them
    MODEL = "model"
    ASKED = "asked"  # another scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One startup whose list has other carriers, or the same in another order."""

    startup: StartupId
    causes: tuple[Cause, ...]
    before: tuple[CarrierId, ...]
    after: tuple[CarrierId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDifference:
    """What differs between two runs as a whole; the moves tell the rest."""

    n_same: int
    n_came: int  # startups that only the later run saw
    n_gone: int
    moves: tuple[Move, ...]
    n_carriers_changed: int  # changed, come or gone
    n_places_changed: int  # carriers with another number of places left; no list rests on it

    @property
    def by_cause(self) -> Mapping[str, int]:
        """How many moved for what; several causes are joined by a plus."""
        return dict(sorted(Counter("+".join(move.causes) for move in self.moves).items()))


Carriers = Mapping[CarrierId, RunCarrier]


@dataclass(frozen=True)
class Comparison:
    """Two runs whose lists are kept."""

    before: RunRecord
    after: RunRecord
    carriers_before: Carriers
    carriers_after: Carriers

    def __call__(self, lists_before: Iterable[RunList], lists_after: Iterable[RunList]) -> RunDifference:
        """Both in the order of the startups' ids."""
        moves, n_same, n_came, n_gone = [], 0, 0, 0
        changed = self._changed()
        for before, after in _side_by_side(lists_before, lists_after):
            if before is None or after is None:
                n_came, n_gone = n_came + (before is None), n_gone + (after is None)
                continue
            move = self._move(before, after, changed)
            if move is None:
                n_same += 1
            else:
                moves.append(move)
        places = [self.carriers_before[one].places_left != self.carriers_after[one].places_left for one in self._both()]
        return RunDifference(
            n_same=n_same,
            n_came=n_came,
            n_gone=n_gone,
            moves=tuple(moves),
            n_carriers_changed=len(changed),
            n_places_changed=sum(places),
        )

    def _both(self) -> set[CarrierId]:
        return set(self.carriers_before) & set(self.carriers_after)

    def _changed(self) -> set[CarrierId]:
        differing = {
            one for one in self._both() if self.carriers_before[one].record_hash != self.carriers_after[one].record_hash
        }
        return differing | (set(self.carriers_before) ^ set(self.carriers_after))

    def _move(self, before: RunList, after: RunList, changed: set[CarrierId]) -> Move | None:
        k = min(self.before.wish.k, self.after.wish.k)  # a longer list alone moves nobody
        lists = [tuple(place.carrier for place in one.places[:k]) for one in (before, after)]
        if lists[0] == lists[1]:
            return None
        causes = []
        is_read_alike, is_seen_alike = self._reads_alike()
        if is_read_alike and before.content_hash != after.content_hash:
            causes.append(Cause.STARTUP)
        if is_seen_alike and not changed.isdisjoint((*lists[0], *lists[1])):
            causes.append(Cause.CARRIERS)
        if self._models() != self._models(later=True):
            causes.append(Cause.MODEL)
        if self.before.wish.scope is not self.after.wish.scope:
            causes.append(Cause.ASKED)
        return Move(startup=before.startup, causes=tuple(causes), before=lists[0], after=lists[1])

    def _reads_alike(self) -> tuple[bool, bool]:
        """Whether hashes of startups, and of carriers, can be compared: another model changes all of them."""
        (old, new) = (self._inputs(self.before), self._inputs(self.after))
        seen = (old.models.encoder, old.vocabulary) == (new.models.encoder, new.vocabulary)
        return seen and old.models.reader == new.models.reader, seen

    def _models(self, *, later: bool = False) -> tuple[object, str]:
        inputs = self._inputs(self.after if later else self.before)
        return inputs.models, inputs.vocabulary

    def _inputs(self, run: RunRecord) -> RunInputs:
        if run.inputs is None:
            raise ValueError(f"the run {run.id} is not whole")
        return run.inputs


def _side_by_side(
    before: Iterable[RunList], after: Iterable[RunList]
) -> Iterator[tuple[RunList | None, RunList | None]]:
    """Lists of the same startup together; None where the other run did not see it."""
    left, right = iter(before), iter(after)
    old, new = next(left, None), next(right, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old.startup < new.startup):
            yield old, None
            old = next(left, None)
        elif old is None or new.startup < old.startup:
            yield None, new
            new = next(right, None)
        else:
            yield old, new
            old, new = next(left, None), next(right, None)
