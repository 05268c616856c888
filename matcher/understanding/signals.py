"""Turns a text's age, money and area into plain yes-or-no columns that a linear reader can weigh."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matcher.understanding.ages import CompanyAge
from matcher.understanding.amounts import Amount

AGE_MONTHS = (12, 24, 48)  # entry to an incubator ends at 24 months, a stay at 48: the rules' own limits
AMOUNT_STEPS = {
    "annual_revenue_cny": (1e6, 5e6, 1e7, 5e7, 1e8),
    "two_year_revenue_cny": (1e7,),  # a criterion of graduation
    "equity_cny": (3e6, 5e6, 1e7, 5e7),
    "equity_wanted_cny": (5e6, 3e7),
    "area_m2": (100.0, 500.0, 1000.0, 3000.0, 10_000.0),
}
SIGNALS = (
    "age known",
    *(f"age up to {months} months" for months in AGE_MONTHS),
    f"age over {AGE_MONTHS[-1]} months",
    *(f"{kind} {step}" for kind, steps in AMOUNT_STEPS.items() for step in ("known", *steps)),
)


@dataclass(frozen=True, slots=True)
class Signals:
    """What was read, and the same as numbers."""

    age: CompanyAge | None
    amounts: Mapping[str, Amount]

    def columns(self) -> NDArray[np.float32]:
        """Shape (len(SIGNALS),), each 0 or 1; an amount is 1 at every step that it reaches."""
        months = self.age.months if self.age else None
        limits = (-1, *AGE_MONTHS)
        values = [months is not None]
        values += [months is not None and low < months <= high for low, high in pairwise(limits)]
        values.append(months is not None and months > AGE_MONTHS[-1])
        for kind, steps in AMOUNT_STEPS.items():
            amount = self.amounts.get(kind)
            values.append(amount is not None)
            values += [amount is not None and amount.value >= step for step in steps]
        return np.array(values, np.float32)
