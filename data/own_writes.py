"""How often this process has written: what it wrote itself it need not wait to see."""

from dataclasses import dataclass, field
from threading import Lock


@dataclass
class OwnWrites:
    """Counts commits that changed something; reading a number needs no lock."""

    registry: int = 0
    startups: int = 0
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def count(self, *, registry: bool, startups: bool) -> None:
        with self._lock:
            self.registry += registry
            self.startups += startups
