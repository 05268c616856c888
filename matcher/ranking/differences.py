"""Why one match stands before the next: the exact difference of their scores, by criterion, and in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.domain.matches import BeforeNext, Criterion, Match
from matcher.domain.messages import Message

MOST_NAMED, HALF = 2, 0.5
NARROW = 0.125  # an eighth of the way from one band to the next: less is said to be narrow
CRITERION_WORDS = {
    Criterion.FIELD: Message.of("the field"),
    Criterion.STAGE: Message.of("the stage"),
    Criterion.SERVICES: Message.of("the services"),
    Criterion.FACILITIES: Message.of("platforms and premises"),
    Criterion.PLACE: Message.of("the place"),
    Criterion.WISH: Message.of("what the carrier looks for"),
    Criterion.STANDING: Message.of("openness and recognition"),
    Criterion.HISTORY: Message.of("past admissions"),
}


def with_differences(matches: Sequence[Match], lifted: int | None) -> tuple[Match, ...]:
    """The same list, each match but the last with its reason to stand before the next.

    Args:
        matches: best first.
        lifted: place, from 0, of the core park where a rule put it there and not its score; else None.
    """
    compared = [
        replace(match, before_next=_before(match, following, is_lifted=place == lifted))
        for place, (match, following) in enumerate(pairwise(matches))
    ]
    return (*compared, *matches[-1:])


def _before(match: Match, following: Match, *, is_lifted: bool) -> BeforeNext:
    theirs = {entry.criterion: entry.part for entry in following.criteria}
    parts = {entry.criterion: entry.part - theirs[entry.criterion] for entry in match.criteria}
    difference = match.score - following.score
    other = following.carrier.name
    if is_lifted:
        sentence = Message.of(
            "Before {other} as the core park of your chain is kept among the first three, not because of its score.",
            other=other,
        )
    elif difference == 0:
        sentence = Message.of("Level with {other}: equal scores stand in the order of the carriers' ids.", other=other)
    else:
        criteria = tuple(CRITERION_WORDS[criterion] for criterion in deciding(parts))
        sentence = (
            Message.of("Narrowly before {other} because of {criteria}.", other=other, criteria=criteria)
            if difference < NARROW
            else Message.of("Before {other} because of {criteria}.", other=other, criteria=criteria)
        )
    return BeforeNext(carrier=following.carrier.id, difference=difference, parts=parts, sentence=sentence)


def deciding(parts: Mapping[Criterion, float]) -> list[Criterion]:
    """The criterion that speaks most for a match, and the second one where it adds at least half as much."""
    in_favour = sorted((criterion for criterion in parts if parts[criterion] > 0), key=lambda one: -parts[one])
    return [one for one in in_favour[:MOST_NAMED] if parts[one] >= HALF * parts[in_favour[0]]]
