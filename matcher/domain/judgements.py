"""What people judged and what a system said: labelled startups, graded pairs (qrels) and rankings (a run)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId, StartupId, TermId
from matcher.domain.messages import Language
from matcher.domain.startups import Outcome
from matcher.domain.taxonomy import CHAINS, NO_CHAIN

MAX_GRADE = 3  # 3 visit first, 2 good second visit, 1 acceptable fallback, 0 wrong
GOOD_GRADE = 2  # from here on a carrier is worth a visit

Grades = Mapping[CarrierId, int]  # the judged carriers of one startup; a carrier that is not listed has grade 0
Run = Mapping[StartupId, tuple[CarrierId, ...]]  # best first


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """How a person reads a startup's text; the main sub-field comes first."""

    outcome: Outcome
    chain: str  # "none" where no chain fits
    industry: TermId
    subfields: tuple[TermId, ...] = ()
    stage: TermId | None = None  # None: cannot be told
    services: frozenset[TermId] = frozenset()
    capabilities: frozenset[TermId] = frozenset()
    site: frozenset[TermId] = frozenset()

    def __post_init__(self) -> None:
        if self.chain not in (*CHAINS, NO_CHAIN):
            raise InvalidField("{value} is neither a chain nor none.", field="chain", value=self.chain)

    @property
    def readable(self) -> bool:
        """Whether the text says what the startup does, so that field and stage can be read from it."""
        return self.outcome in (Outcome.RANKED, Outcome.NO_CORE_CHAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedStartup:
    """A text with its labels; `twin` names the group of texts that say the same in other languages."""

    id: StartupId
    language: Language
    text: str
    labels: Labels
    twin: str | None = None


@dataclass(frozen=True, kw_only=True)
class Qrels:
    """All judged startups, and the grades of carriers for those that were graded."""

    startups: tuple[JudgedStartup, ...]
    grades: Mapping[StartupId, Grades] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.by_id) < len(self.startups):
            raise InvalidField("Two judged startups have the same id.", field="id")
        for startup_id, grades in self.grades.items():
            if startup_id not in self.by_id:
                raise InvalidField("There are grades for {id}, but no such text.", field="id", id=startup_id)
            for carrier_id, grade in grades.items():
                if not 0 <= grade <= MAX_GRADE:
                    raise InvalidField(
                        "The grade of {carrier} for {id} is {grade}; it lies between 0 and {limit}.",
                        field="grades",
                        carrier=carrier_id,
                        id=startup_id,
                        grade=grade,
                        limit=MAX_GRADE,
                    )

    @cached_property
    def by_id(self) -> Mapping[StartupId, JudgedStartup]:
        return {startup.id: startup for startup in self.startups}

    @cached_property
    def graded(self) -> tuple[JudgedStartup, ...]:
        """Those with grades, in the order of the texts."""
        return tuple(startup for startup in self.startups if startup.id in self.grades)
