"""Where the next page of leads begins: behind which lead, and with which score it was shown."""

from math import isfinite

from matcher.domain.errors import InvalidField
from matcher.domain.leads import LeadId
from matcher.services.see_leads import After


def lead_cursor(after: After) -> str:
    return f"{after.score.hex()} {after.lead}"


def lead_from_cursor(word: str) -> After:
    """Raises InvalidField where this is no cursor of a list of leads."""
    score, _, lead = word.partition(" ")
    try:
        after = After(float.fromhex(score), LeadId(lead))
    except (ValueError, OverflowError):
        raise _broken() from None
    if not isfinite(after.score) or lead_cursor(after) != word:
        raise _broken()
    return after


def _broken() -> InvalidField:
    return InvalidField(
        "The cursor cannot be read; take `next_cursor` of the page before, or leave it out.", field="cursor"
    )
