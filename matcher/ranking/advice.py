"""What would raise a startup's fit: realistic changes, each scored again as proof."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from matcher.domain.matches import Advice, AdviceKind
from matcher.domain.messages import Message
from matcher.domain.startups import Outcome, Profile
from matcher.ranking.changes import Change, changes
from matcher.ranking.restating import restated
from matcher.ranking.standings import Standing, Standings

MOST = 3
LEAST_GAIN = 0.125  # an eighth of the way from one band to the next
WITHIN = 3  # a change helps where the carrier then stands among the first three


def advice(profile: Profile, standings: Standings) -> tuple[Advice, ...]:
    """At most three, those that raise a score most; first what to describe better, then what to become."""
    if profile.outcome is Outcome.OUT_OF_SCOPE or not len(standings.rows):
        return ()
    registry = standings.board.registry
    possible = changes(profile, registry.taxonomy, standings.carriers, registry.carriers)
    wanted = [{}, *(one.stated for one in possible), *(one.now for one in possible if one.now)]
    before, *after = standings.of([restated(profile, stated, registry.taxonomy) for stated in wanted])
    as_it_is = iter(after[len(possible) :])
    found = [
        piece
        for change, then in zip(possible, after, strict=False)
        if (piece := _by_change(change, standings, before, next(as_it_is) if change.now else before, then))
    ]
    found += _by_waiting(profile, standings, before)
    found.sort(key=_gain, reverse=True)
    return tuple(sorted(found[:MOST], key=lambda one: (one.kind is AdviceKind.BECOME, -_gain(one))))


def _gain(one: Advice) -> float:
    return one.score_after - one.score_before


def _by_change(
    change: Change, standings: Standings, before: Standing, as_it_is: Standing, after: Standing
) -> Advice | None:
    """The change with the best carrier that gains enough by it, and more than by making certain what is so already.

    Below the medium band a carrier is not worth a change.
    """
    least = np.maximum(np.maximum(before.scores, as_it_is.scores) + LEAST_GAIN, standings.ranker.bands[1])
    then, now = after.ranks, before.ranks
    for place in after.order[:WITHIN].tolist():
        rises = place in now and (then[place] < now[place] if change.must_rise else then[place] <= now[place])
        if rises and after.scores[place] >= least[place]:
            return _advice(change.kind, change.sentence, change.stated, standings, place, before, after)
    return None


def _by_waiting(profile: Profile, standings: Standings, before: Standing) -> Iterable[Advice]:
    """The carrier changes: the best of those that are not open yet, once it is."""
    closed = [n for n, carrier in enumerate(standings.carriers) if carrier.status.not_open_yet]
    if not closed:
        return
    openness = standings.table.openness.copy()
    openness[closed] = 1.0
    (opened,) = standings.of([profile], replace(standings.table, openness=openness))
    least = np.maximum(before.scores + LEAST_GAIN, standings.ranker.bands[1])
    for place in sorted(closed, key=lambda one: -opened.scores[one]):
        after = before.with_score(place, float(opened.scores[place]))
        if opened.scores[place] >= least[place] and after.ranks.get(place, len(after.scores)) <= WITHIN:
            sentence = Message.of("It is not open yet. If you can wait until it opens, it fits you better.")
            yield _advice(AdviceKind.BECOME, sentence, {}, standings, place, before, after)
            return


def _advice(
    kind: AdviceKind,
    sentence: Message,
    change: Mapping[str, object],
    standings: Standings,
    place: int,
    before: Standing,
    after: Standing,
) -> Advice:
    return Advice(
        kind=kind,
        sentence=sentence,
        carrier=standings.carriers[place],
        change=change,
        score_before=float(before.scores[place]),
        score_after=float(after.scores[place]),
        rank_before=before.ranks[place],
        rank_after=after.ranks[place],
    )
