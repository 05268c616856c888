"""Who gets seen: by carrier, kind and size, and nothing of it where too few startups are there."""

import numpy as np
import pytest

from matcher.domain.ids import CarrierId, TermId
from matcher.domain.office_figures import Size
from matcher.domain.small_cells import FEW, WITHHELD, Count
from matcher.evaluation.attention import attention, size_of
from matcher.evaluation.exposure import gini
from tests.factories import a_carrier

PARK, INCUBATOR = TermId("kind.industrial_park"), TermId("kind.incubator")


def carriers(*kinds: TermId | None):
    return [a_carrier(id=CarrierId(f"c{number}"), kind=kind) for number, kind in enumerate(kinds)]


def seen(*times: int, kinds=None, k=10):
    return attention(np.array(times), carriers(*(kinds or [PARK] * len(times))), k)


def test_carriers_stand_in_the_order_in_which_they_are_seen() -> None:
    found = seen(7, 30, 13)

    assert [(one.id, one.lists) for one in found.carriers] == [("c1", Count(30)), ("c2", Count(13)), ("c0", Count(7))]
    assert found.n_places == 50


def test_who_is_in_fewer_than_five_lists_is_starved() -> None:
    found = seen(2, 0, 1, 3, 40)

    assert [one.id for one in found.starved] == ["c0", "c1", "c2", "c3"]
    assert {one.lists for one in found.starved} == {FEW}


def test_one_starved_carrier_cannot_be_worked_out_from_the_sum() -> None:
    found = seen(2, 20, 40)

    assert [one.lists for one in found.carriers] == [Count(40), WITHHELD, FEW]


def test_kinds_and_sizes_have_their_share_where_that_tells_nothing() -> None:
    found = seen(10, 20, 30, kinds=[PARK, INCUBATOR, None])

    assert [(one.id, one.n_carriers, one.share) for one in found.by_kind] == [
        (INCUBATOR, 1, pytest.approx(1 / 3)),
        (PARK, 1, pytest.approx(1 / 6)),
        (None, 1, pytest.approx(1 / 2)),
    ]
    assert [(one.id, one.places) for one in found.by_size] == [(Size.UNKNOWN, Count(60))]


def test_the_share_of_a_kind_does_not_give_its_only_carrier_away() -> None:
    found = seen(3, 20, 40, kinds=[INCUBATOR, PARK, PARK])

    incubators = found.by_kind[0]
    assert incubators.places.n is None
    assert incubators.share is None


def test_nothing_is_told_of_three_lists() -> None:
    assert seen(2, 1, 1) is None


def test_the_gini_coefficient_is_never_more_than_the_true_one() -> None:
    rng = np.random.default_rng(7)
    for _ in range(30):
        times = rng.integers(0, 30, 12)
        found = seen(*times.tolist())

        assert found.gini_at_least <= gini(times) + 1e-9
    assert seen(10, 20, 30).gini_at_least == pytest.approx(gini(np.array([10, 20, 30])))


def test_the_size_of_a_carrier_whose_area_is_not_known_is_unknown() -> None:
    areas = [None, 9_999, 10_000, 99_999, 100_000]

    assert [size_of(a_carrier(area_m2=area)) for area in areas] == [
        Size.UNKNOWN, Size.SMALL, Size.MEDIUM, Size.MEDIUM, Size.LARGE,
    ]  # fmt: skip
