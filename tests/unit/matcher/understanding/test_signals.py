import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.startups import Span
from matcher.understanding.ages import CompanyAge
from matcher.understanding.amounts import Amount
from matcher.understanding.signals import AMOUNT_STEPS, SIGNALS, Signals

SOMEWHERE = Span(0, 1, "x")


def columns(months=None, **values) -> dict[str, float]:
    age = None if months is None else CompanyAge(months, SOMEWHERE)
    signals = Signals(age, {kind: Amount(value, SOMEWHERE) for kind, value in values.items()}).columns()
    return dict(zip(SIGNALS, signals.tolist(), strict=True))


def shown(months=None, **values) -> set[str]:
    return {name for name, value in columns(months, **values).items() if value}


def test_what_is_unknown_shows_nothing() -> None:
    assert shown() == set()


@pytest.mark.parametrize(
    ("months", "column"),
    [
        (0, "age up to 12 months"),
        (12, "age up to 12 months"),
        (13, "age up to 24 months"),
        (24, "age up to 24 months"),
        (48, "age up to 48 months"),
        (49, "age over 48 months"),
    ],
)
def test_an_age_stands_in_exactly_one_column(months, column) -> None:
    assert shown(months) == {"age known", column}


def test_an_amount_is_one_at_every_step_that_it_reaches() -> None:
    assert shown(area_m2=500.0) == {"area_m2 known", "area_m2 100.0", "area_m2 500.0"}


@given(st.integers(0, 2400), st.dictionaries(st.sampled_from(list(AMOUNT_STEPS)), st.floats(0, 1e15)))
def test_every_column_is_zero_or_one_and_steps_never_skip(months, values) -> None:
    of = columns(months, **values)

    assert set(of.values()) <= {0.0, 1.0}
    assert sum(of[name] for name in SIGNALS if name.startswith("age ") and name != "age known") == 1
    for kind, steps in AMOUNT_STEPS.items():
        reached = [of[f"{kind} {step}"] for step in steps]
        assert np.all(np.diff(reached) <= 0)


def test_there_is_one_column_per_name() -> None:
    assert len(set(SIGNALS)) == len(SIGNALS) == len(Signals(None, {}).columns())
