"""What the bench says about a figure and its limit; no timing is asserted."""

import pytest

from api.bench.rows import Row, against_plain, skipped


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (Row(figure="f", value=2.0, unit="s", limit=3.0, at_most=True), True),
        (Row(figure="f", value=4.0, unit="s", limit=3.0, at_most=True), False),
        (Row(figure="f", value=1.0, unit="texts/s", ratio=2.6, limit=2.5), True),
        (Row(figure="f", value=99.0, unit="texts/s", ratio=2.4, limit=2.5), False),
        (Row(figure="f", value=2.0, unit="s"), None),
    ],
)
def test_a_limit_is_that_of_the_ratio_where_there_is_one(row, met) -> None:
    assert row.met is met


def test_what_was_not_measured_says_so_loudly_and_is_not_met() -> None:
    row = skipped("encoding", "torch not installed")

    assert row.met is None
    assert row.as_json()["note"] == "SKIPPED: torch not installed"


def test_both_sides_of_a_ratio_do_the_work() -> None:
    done = []

    row = against_plain("f", lambda: done.append("ours"), lambda: done.append("plain"), n_units=1)

    assert done.count("ours") == done.count("plain") > 1
    assert row.spread[0] <= row.ratio <= row.spread[1]
