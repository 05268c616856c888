"""What happened to startups like the one that asks."""

import numpy as np
import pytest

from matcher.domain.ids import CarrierId
from matcher.features.judged import JudgedStartups, even_where_unknown

A, B, NEW = CarrierId("c-a"), CarrierId("c-b"), CarrierId("c-new")
EARLY, LATE = [1.0, 0.0], [0.0, 1.0]


def judged(**changes) -> JudgedStartups:
    """Two startups of the first field, early and late, and one of the second field."""
    columns = {
        "subfields": np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]),
        "industries": np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]),
        "stages": np.array([EARLY, LATE, EARLY]),
        "carriers": (A, B),
        "grades": np.array([[3.0, 0.0], [1.0, 2.0], [0.0, 3.0]]),
    }
    return JudgedStartups(**columns | changes)


def rated(past: JudgedStartups, stage=EARLY, carriers=(A, B), **more):
    first = np.array([[1.0, 0.0]])
    return past.rated(subfields=first, industries=first, stages=np.array([stage]), carriers=carriers, **more)[0]


def test_startups_of_the_same_field_and_stage_count_most() -> None:
    early, late = rated(judged()), rated(judged(), LATE)

    assert early[0, 0] > 2 > late[0, 0]
    assert late[1, 0] > early[1, 0]


def test_by_industry_alone_the_stage_does_not_count() -> None:
    early, late = rated(judged()), rated(judged(), LATE)

    np.testing.assert_array_equal(early[:, 1], late[:, 1])
    assert early[:, 1] == pytest.approx([2.0, 1.0], abs=0.01)


def test_a_carrier_that_was_never_judged_is_unknown_and_changes_nothing_for_the_others() -> None:
    known = rated(judged())
    more = rated(judged(), carriers=(B, NEW, A))

    assert np.isnan(more[1]).all()
    np.testing.assert_array_equal(more[[2, 0]], known)


def test_a_startup_left_out_is_not_asked() -> None:
    without = rated(judged(), left_out=np.array([[True, False, False]]))

    assert without[0, 0] < rated(judged())[0, 0]


def test_an_unknown_stage_is_as_like_to_one_stage_as_to_another() -> None:
    stages = even_where_unknown(np.array([[np.nan, np.nan], EARLY]))

    assert stages.tolist() == [[0.5, 0.5], EARLY]


def test_means_lie_between_the_grades() -> None:
    rng = np.random.default_rng(1)
    past = judged(grades=rng.integers(0, 4, (3, 2)).astype(float))

    assert ((rated(past) >= 0) & (rated(past) <= 3)).all()
