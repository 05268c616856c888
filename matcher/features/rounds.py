"""Training rounds that roll through time: each knows only what lies before it."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.domain.interactions import InteractionKind
from matcher.domain.networks import Network
from matcher.features.network_pairs import Moment, pair_columns
from matcher.features.network_tables import NetworkTables
from matcher.features.past import Ints, Past
from matcher.features.windows import windows_back

N_AT_ONCE = 256  # startups whose pairs are held at once


@dataclass(frozen=True)
class Events:
    """Interactions as arrays; a pair's repeated ones of a kind count once, at the first time."""

    startups: Ints  # rows, shape (n_events,)
    carriers: Ints
    windows: Ints  # back from `until`: 1 in the last one
    kinds: NDArray[np.str_]
    until: date
    months: int  # of a window
    n_carriers: int

    @classmethod
    def of(cls, network: Network, until: date, months: int) -> Self:
        startup_rows = {startup.id: row for row, startup in enumerate(network.startups)}
        carrier_rows = {carrier.id: row for row, carrier in enumerate(network.carriers)}
        first: dict[tuple[int, int, str], date] = {}
        for one in network.interactions:
            key = (startup_rows[one.startup], carrier_rows[one.carrier], one.kind.value)
            if one.on <= until:
                first[key] = min(one.on, first.get(key, one.on))
        keys = sorted(first)
        table = np.array([key[:2] for key in keys], np.int64).reshape(-1, 2)
        windows = np.array(windows_back([first[key] for key in keys], until, months), np.int64)
        kinds = np.array([key[2] for key in keys], dtype=np.str_)
        return cls(table[:, 0], table[:, 1], windows, kinds, until, months, len(network.carriers))

    def of_kind(self, kind: InteractionKind) -> NDArray[np.bool_]:
        same: NDArray[np.bool_] = self.kinds == kind.value
        return same

    def moment(self, window: int) -> Moment:
        """What is known at the beginning of a window; 0 is the one after `until`."""
        admissions = self.of_kind(InteractionKind.ADMISSION) & (self.windows > window)
        past = Past.of(
            self.startups[admissions], self.carriers[admissions], self.windows[admissions] - window, self.n_carriers
        )
        seen = np.zeros(self.n_carriers, np.bool_)
        seen[self.carriers[self.windows >= window]] = True
        if window == 0:
            seen[:] = True  # every carrier of the file may be chosen now
        return Moment(past=past, is_open=seen, day=_months_before(self.until, window * self.months).toordinal())


def pair_features(tables: NetworkTables, moment: Moment, rows: Ints) -> Iterator[NDArray[np.float32]]:
    """Blocks of startups with all carriers, each of shape (n_rows, n_carriers, n_features)."""
    for start in range(0, len(rows), N_AT_ONCE):
        columns = pair_columns(tables, moment, rows[start : start + N_AT_ONCE])
        flat = [values for of_criterion in columns.values() for values in of_criterion.values()]
        yield np.stack(flat, axis=-1).astype(np.float32)


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last one where `day` ends its month or the month is too short."""
    month = max(12, day.year * 12 + day.month - 1 - months)
    last = monthrange(month // 12, month % 12 + 1)[1]
    ends_a_month = (day + timedelta(days=1)).day == 1
    return date(month // 12, month % 12 + 1, last if ends_a_month else min(day.day, last))
