"""What the bench keeps and draws; no timing is asserted."""

import json
import re
from math import isnan

import numpy as np
import pytest

from api.bench.growth import Curve, growth_rows
from api.bench.lightgbm_trees import booster_of
from api.bench.report import Found, write_report
from api.bench.rows import Row, beside, skipped
from api.bench.scoring import real_rows
from api.bench.turns import Spread, in_turns
from api.charts.growth import Line, growth
from matcher.features.pairs import FEATURE_NAMES
from models.learned_ranker import load_ranker

SQUARE = Curve("startups", (100, 1_000, 10_000, 100_000), (0.5, 1.0, 100.0, 10_000.0))


def test_the_exponent_is_that_of_the_power_and_small_sizes_do_not_count() -> None:
    assert SQUARE.exponent == pytest.approx(2)
    assert isnan(Curve("carriers", (100, 1_000), (0.1, 0.2)).exponent)
    assert [row.value for row in growth_rows([SQUARE])] == [pytest.approx(2)]


def test_work_is_done_in_turns_and_the_first_turn_does_not_count() -> None:
    done: list[tuple[str, int]] = []
    ticks = iter(range(100))

    turns = in_turns(
        (lambda n: done.append(("a", n)), lambda n: done.append(("b", n))), 2, clock=lambda: float(next(ticks))
    )

    assert done == [("a", 0), ("b", 0), ("a", 0), ("b", 0), ("a", 1), ("b", 1)]
    assert turns.seconds.shape == (2, 2)


def test_a_ratio_is_taken_within_each_turn() -> None:
    assert Spread.of(np.array([1.0, 2.0, 3.0, 4.0, 5.0])) == Spread(3.0, 2.0, 4.0)
    row = beside("f", lambda _: sum(range(200_000)), lambda _: None, 5, limit=1.0)

    assert row.ratio > 1
    assert row.met is False
    assert row.spread[0] <= row.ratio <= row.spread[1]


def test_lightgbm_walks_the_released_trees_to_the_same_sum() -> None:
    ranker = load_ranker()
    rows = real_rows(300, n_carriers=50)

    found = booster_of(ranker.trees, len(FEATURE_NAMES)).predict(rows, num_threads=1)

    assert np.ptp(found) > 0.1
    assert found == pytest.approx(ranker.trees_alone(rows).sum(axis=1), abs=1e-6)


def test_a_report_holds_every_figure_the_plots_and_what_was_not_measured(tmp_path) -> None:
    rows = [
        Row(
            figure="kept <b>",
            value=1.0,
            unit="ms",
            reference=2.0,
            ratio=0.5,
            limit=1.0,
            at_most=True,
            spread=(0.4, 0.6),
        ),
        Row(figure="missed", value=3.0, unit="s", limit=2.0, at_most=True),
        skipped("peer", "not installed"),
    ]
    found = Found(rows, [SQUARE], quick=True)

    kept, page = write_report(found, tmp_path / "bench")

    content = json.loads(kept.read_text(encoding="utf-8"))
    assert [row["met"] for row in content["rows"]] == [True, False, None]
    assert content["rows"][0]["spread"] == [0.4, 0.6]
    assert content["growth"][0]["exponent"] == 2
    assert content["versions"]["numpy"] == np.__version__
    text = page.read_text(encoding="utf-8")
    assert "1 of 2 promises held" in text
    assert "SKIPPED: not installed" in text
    assert "kept &lt;b&gt;" in text
    assert text.count("<svg") == 2


def test_a_power_is_a_straight_line_on_both_scales() -> None:
    drawn = growth("t", "d", ("size", "s"), [Line("l", [(10.0, 0.1), (100.0, 1.0), (1000.0, 10.0)])])

    dots = [tuple(map(float, dot)) for dot in re.findall(r'<circle[^>]*cx="([\d.]+)" cy="([\d.]+)"', drawn)]
    (x1, y1), (x2, y2), (x3, y3) = dots
    assert x2 - x1 == pytest.approx(x3 - x2, abs=0.02)
    assert y1 - y2 == pytest.approx(y2 - y3, abs=0.02) != 0
