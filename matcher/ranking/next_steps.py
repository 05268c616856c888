"""What to know before a visit, and what to do next."""

from collections.abc import Sequence
from datetime import date, timedelta

from matcher.domain.carriers import Carrier, Confidence, Status
from matcher.domain.matches import CriterionPart
from matcher.domain.messages import Message
from matcher.domain.taxonomy import Taxonomy

OLD_YEARS = 5  # a state older than this is said to be old
PLACES_HOLD = timedelta(days=90)  # a count of places that is older says nothing of today


def flags_of(carrier: Carrier, on: date, lifted: bool) -> tuple[Message, ...]:
    """Doubts about the record, places left, and why a carrier stands where its score alone would not put it."""
    flags = []
    if lifted:
        flags.append(
            Message.of("Shown among the first three because it is the core park of your chain; its score is lower.")
        )
    if carrier.status is Status.PLANNED:
        flags.append(Message.of("Planned: not available yet."))
    elif carrier.status is Status.UNDER_CONSTRUCTION:
        flags.append(Message.of("Under construction: not available yet."))
    elif carrier.status is Status.UNKNOWN:
        flags.append(Message.of("Whether it is open is not on record."))
    seen = carrier.status_as_of
    if seen is None and not carrier.status.not_open_yet:
        flags.append(Message.of("No source says when it was last seen open."))
    elif seen is not None and on.year - int(seen[:4]) > OLD_YEARS:
        flags.append(Message.of("The newest source on it is of {date}; much may have changed.", date=seen))
    if carrier.confidence is Confidence.LOW:
        flags.append(Message.of("Its record rests on weak sources."))
    return (*flags, *_places(carrier, on))


def _places(carrier: Carrier, on: date) -> tuple[Message, ...]:
    """What is on record about places, with its date; nothing where nothing is."""
    n, as_of = carrier.places_left, carrier.places_left_as_of
    if n is None:
        return ()
    told = as_of or "?"
    if n > 0:
        return (Message.of("Places left: {n}, as of {date}.", n=n, date=told),)
    if as_of is not None and on - _earliest(as_of) <= PLACES_HOLD:
        return (Message.of("No place was left as of {date}; ask when one comes free.", date=told),)
    return (Message.of("As of {date}, no place was left; that may have changed, so ask.", date=told),)


def _earliest(day: str) -> date:
    """The first day that a date of year, month or day may mean."""
    return date.fromisoformat(f"{day}-01-01"[:10])


def next_step(carrier: Carrier, criteria: Sequence[CriterionPart], taxonomy: Taxonomy) -> Message:
    """One thing to do; no contact is on record for any carrier, so none is named."""
    unknown = tuple(dict.fromkeys(term for entry in criteria for term in entry.unknown))
    if carrier.status.not_open_yet:
        return Message.of("Ask when it opens and whether places can be reserved; look at an open one in the meantime.")
    if carrier.places_left == 0:
        return Message.of("Get in touch and ask first whether a place is free.")
    if unknown:
        return Message.of(
            "Get in touch and ask first: {unknown}.", unknown=tuple(taxonomy.label(term) for term in unknown[:5])
        )
    return Message.of("Get in touch and arrange a visit.")
