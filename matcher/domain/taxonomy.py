"""The controlled vocabulary: fields, stages, services, capabilities, site needs, kinds and levels of carriers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from matcher.domain.errors import InvalidField
from matcher.domain.facts import Source
from matcher.domain.ids import TermId
from matcher.domain.messages import Texts

CHAINS = ("equipment", "materials", "aerospace", "biomed")  # the four incubation chains, in the order of the policy
NO_CHAIN = "none"
OTHER_INDUSTRY = TermId("other")


class Facet(StrEnum):
    """The lists that make up the vocabulary."""

    INDUSTRY = "industries"
    SUBFIELD = "subfields"
    SERVICE = "services"
    SERVICE_ITEM = "service_items"
    PLATFORM = "technical_platforms"
    CAPABILITY = "platform_capabilities"
    SITE = "site_requirements"
    STAGE = "stages"
    KIND = "carrier_kinds"
    LEVEL = "carrier_levels"
    FINANCE = "finance_products"
    ANCHOR = "anchors"
    ACTOR = "actors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One entry of the vocabulary."""

    id: TermId
    facet: Facet
    label: Texts
    parent: TermId | None = None
    order: int = 0  # position within its facet, as written
    aliases: tuple[str, ...] = ()
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by language; "any" for one common list
    source: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)  # everything else the file says, unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One meaning of an ambiguous word, and the words nearby that show it."""

    meaning: str
    subfield: TermId | None  # None: no evidence of any field
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmbiguousTerm:
    """A word that points to different fields depending on its context."""

    terms: tuple[str, ...]
    senses: tuple[Sense, ...]


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """All terms, by facet and id; look-ups are dictionaries, order is that of the file."""

    version: str
    terms: tuple[Term, ...]
    ambiguous: tuple[AmbiguousTerm, ...] = ()
    handover_chain: tuple[TermId, ...] = ()
    sources: tuple[Source, ...] = ()  # those that `Term.source` names, and the rules' own

    @cached_property
    def by_id(self) -> Mapping[TermId, Term]:
        return {term.id: term for term in self.terms}

    @cached_property
    def _by_facet(self) -> Mapping[Facet, tuple[Term, ...]]:
        return {facet: tuple(term for term in self.terms if term.facet is facet) for facet in Facet}

    @cached_property
    def _ids_by_facet(self) -> Mapping[Facet, tuple[TermId, ...]]:
        return {facet: tuple(term.id for term in terms) for facet, terms in self._by_facet.items()}

    def of(self, facet: Facet) -> tuple[Term, ...]:
        return self._by_facet[facet]

    def ids(self, facet: Facet) -> tuple[TermId, ...]:
        return self._ids_by_facet[facet]

    def get(self, term_id: str, field: str = "id") -> Term:
        """The term; InvalidField names `field` when the id is unknown."""
        try:
            return self.by_id[TermId(term_id)]
        except KeyError:
            raise InvalidField("{value} is not in the vocabulary.", field=field, value=term_id) from None

    def require(self, term_id: str, facet: Facet, field: str) -> TermId:
        """The id, checked to belong to this facet."""
        term = self.get(term_id, field)
        if term.facet is not facet:
            raise InvalidField("{value} is not one of {facet}.", field=field, value=term_id, facet=facet.value)
        return term.id

    def label(self, term_id: str) -> Texts:
        """Its name in three languages; the bare id where it is unknown."""
        term = self.by_id.get(TermId(term_id))
        return term.label if term else Texts(zh=term_id, en=term_id, de=term_id)

    def industry_of(self, subfield: str) -> TermId:
        return TermId(subfield.split(".", 1)[0])

    def chain_of(self, industry: str) -> str:
        """The incubation chain of an industry, or "none"."""
        return industry if industry in CHAINS else NO_CHAIN

    def core_park(self, chain: str) -> TermId | None:
        """The anchor that is the core park of this chain."""
        term = self.by_id.get(TermId(chain))
        park = term.extra.get("core_park") if term else None
        return TermId(str(park)) if park else None

    def related(self, subfield: str) -> tuple[TermId, ...]:
        term = self.by_id.get(TermId(subfield))
        names = term.extra.get("related") if term else None
        return tuple(TermId(str(name)) for name in names) if isinstance(names, (list, tuple)) else ()

    def near(self, industry: str) -> tuple[TermId, ...]:
        """Chains weakly related to an adjacent industry: never a reason to claim a chain fit."""
        term = self.by_id.get(TermId(industry))
        names = term.extra.get("near") if term else None
        return tuple(TermId(str(name)) for name in names) if isinstance(names, (list, tuple)) else ()

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)
