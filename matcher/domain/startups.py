"""Who seeks: what a startup said, what was read from it, and how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matcher.domain.errors import InvalidField, InvalidText
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.messages import Language

MAX_NAME_CHARACTERS = 200
MAX_CHARACTERS = 20_000  # a long pitch deck's text; beyond it a text is refused, not cut
MAX_COMPANY_AGE_MONTHS = 2_400


class Outcome(StrEnum):
    """The four honest answers."""

    RANKED = "ranked"
    NO_CORE_CHAIN = "no_core_chain"
    NEEDS_MORE_INFORMATION = "needs_more_information"
    OUT_OF_SCOPE = "out_of_scope"


class Scope(StrEnum):
    """How far to look: the home city with its enclaves, its region, everywhere."""

    HOME = "home"
    DELTA = "delta"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Span:
    """Words that show something, by character offsets into the original text; `end` is exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing read or stated: its id, how likely it is, and the words that show it."""

    id: TermId
    probability: float  # in [0, 1]; 1 where the startup stated it in a field
    evidence: tuple[Span, ...] = ()
    stated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the startup filled in beside its text; None is "said nothing", and what is stated wins over the text."""

    industry: TermId | None = None
    subfields: tuple[TermId, ...] | None = None
    stage: TermId | None = None
    company_age_months: int | None = None
    registered: bool | None = None
    foreign_invested: bool | None = None
    services: tuple[TermId, ...] | None = None
    capabilities: tuple[TermId, ...] | None = None
    site: tuple[TermId, ...] | None = None
    districts: tuple[str, ...] = ()  # a wish: where it would like to be
    exclude: frozenset[CarrierId] = frozenset()  # carriers it does not want

    def __post_init__(self) -> None:
        age = self.company_age_months
        if age is not None and not 0 <= age <= MAX_COMPANY_AGE_MONTHS:
            raise InvalidField(
                "A company's age in months lies between 0 and {limit}.",
                field="company_age_months",
                limit=MAX_COMPANY_AGE_MONTHS,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A startup's own words, with what it stated; refuses what cannot be a description."""

    text: str
    stated: Stated = field(default_factory=Stated)
    name: str | None = None  # of the startup: not read, but passed over wherever the text says it

    def __post_init__(self) -> None:
        if self.name is not None and len(self.name) > MAX_NAME_CHARACTERS:
            raise InvalidField(
                "{name}: at most {limit} characters.", field="name", name="name", limit=MAX_NAME_CHARACTERS
            )
        if not self.text.strip():
            raise InvalidText("The description is empty; say what you make and what you need.", field="text")
        if len(self.text) > MAX_CHARACTERS:
            raise InvalidText(
                "The description has {length} characters; at most {limit} can be read.",
                field="text",
                length=len(self.text),
                limit=MAX_CHARACTERS,
            )
        if any("\ud800" <= character <= "\udfff" for character in self.text):
            raise InvalidText("The description holds half a character, as a cut UTF-16 text does.", field="text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A description as understood.

    Distributions are over the vocabulary's order and sum to one; `embedding` is the unit-length, centred vector of
    the text. A tuple of findings is sorted, most probable first.
    """

    language: Language
    outcome: Outcome
    outcome_probabilities: Mapping[Outcome, float]
    chain: Finding  # id "none" where no chain fits
    industry: Finding
    subfields: tuple[Finding, ...]
    stage: Finding | None  # None: cannot be told
    services: tuple[Finding, ...] = ()
    capabilities: tuple[Finding, ...] = ()
    site: tuple[Finding, ...] = ()
    possible_needs: tuple[Finding, ...] = ()  # of all three kinds: hinted at, but not probable enough to count
    company_age_months: int | None = None
    age_evidence: tuple[Span, ...] = ()
    registered: bool | None = None
    foreign_invested: bool | None = None
    facts: Mapping[str, float] = field(default_factory=dict)  # amounts read: "equity_cny", "two_year_revenue_cny", …
    fact_evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    stated: Stated = field(default_factory=Stated)
    subfield_probabilities: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))  # (n_subfields,)
    industry_probabilities: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))  # (n_industries,)
    stage_probabilities: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))  # (n_stages,)
    embedding: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))  # (n_dims,)
