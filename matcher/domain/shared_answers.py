"""An answer that is shown to others for a while, under an id that nobody guesses; whose it was is kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

MOST_KEPT = 20_000  # at a time, of all together


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedAnswer:
    """What is shown, in each language, as the API writes it; it holds no text of a startup."""

    id: str
    content: Mapping[str, Mapping[str, object]]  # by language
    secret_hash: str  # of what its maker needs to end it
    made_at: datetime
    expires_at: datetime

    def is_over(self, now: datetime) -> bool:
        return now >= self.expires_at
