"""Reads startups' texts so that what was read can be kept beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.ids import StartupId
from matcher.domain.startup_records import ReadStartup, content_hash
from matcher.domain.startups import Description
from matcher.ports import Reader

AT_ONCE = 64


@dataclass
class ReadForKeeping:
    """Takes some 40 ms a text, so it is called outside transactions."""

    reader: Reader

    def __call__(self, texts: Sequence[tuple[StartupId, Description]], *, now: datetime) -> list[ReadStartup]:
        """One for each, in order; ages are counted up to the day of `now`."""
        found = []
        for start in range(0, len(texts), AT_ONCE):
            some = texts[start : start + AT_ONCE]
            profiles = self.reader.read([description for _, description in some], now.date())
            found += [
                ReadStartup(
                    startup_id=startup_id,
                    content_hash=content_hash(description),
                    reader_id=self.reader.id,
                    read_in=month_of(now),
                    profile=profile,
                )
                for (startup_id, description), profile in zip(some, profiles, strict=True)
            ]
        return found

    def still_holds(self, read: ReadStartup | None, description: Description, now: datetime) -> bool:
        """Whether reading the text again would give the same."""
        known = None if read is None else (read.content_hash, read.reader_id, read.read_in)
        return known == (content_hash(description), self.reader.id, month_of(now))


def month_of(now: datetime) -> str:
    """Ages are whole months, so what was read in the same month still holds."""
    return f"{now:%Y-%m}"
