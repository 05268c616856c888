"""Dated finance products beside the carriers: what is offered, to whom, as of when."""

from dataclasses import dataclass

from matcher.domain.facts import Source
from matcher.domain.ids import TermId
from matcher.domain.messages import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceProduct:
    """A loan, fund, subsidy or talent measure; None where no terms were found."""

    id: str
    product: TermId | None
    name: Texts
    form: str
    area: str
    eligibility: Texts | None
    amount: Texts | None
    as_of: str | None
    status: str
    terms_known: bool
    source: Source
