"""What to know before a visit, and what to do next."""

from collections.abc import Sequence
from datetime import date

from matcher.domain.carriers import Carrier, Confidence, Status
from matcher.domain.matches import CriterionPart
from matcher.domain.messages import Message
from matcher.domain.taxonomy import Taxonomy

OLD_YEARS = 5  # a state older than this is said to be old


def flags_of(carrier: Carrier, on: date, lifted: bool) -> tuple[Message, ...]:
    """Doubts about the record, and why a carrier stands where its score alone would not put it."""
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
    return tuple(flags)


def next_step(carrier: Carrier, criteria: Sequence[CriterionPart], taxonomy: Taxonomy) -> Message:
    """One thing to do; no contact is on record for any carrier, so none is named."""
    unknown = tuple(dict.fromkeys(term for entry in criteria for term in entry.unknown))
    if carrier.status.not_open_yet:
        return Message.of("Ask when it opens and whether places can be reserved; look at an open one in the meantime.")
    if unknown:
        return Message.of(
            "Get in touch and ask first: {unknown}.", unknown=tuple(taxonomy.label(term) for term in unknown[:5])
        )
    return Message.of("Get in touch and arrange a visit.")
