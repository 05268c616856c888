"""What a founder asks on the first page: the text, and what is stated beside it or was put right in an answer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from api.pages.forms import Sent, listed, whole_number
from api.schemas.terms import term_of, terms_of
from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.matches import ListOrder
from matcher.domain.messages import Language
from matcher.domain.registry import Registry
from matcher.domain.startups import Description, Scope, Stated
from matcher.domain.taxonomy import Facet, Taxonomy
from matcher.services.recommend import Query

# Lists that may be stated as a whole, each with what may stand in it.
KINDS: Mapping[str, tuple[Facet, ...]] = {
    "subfields": (Facet.SUBFIELD,),
    "services": (Facet.SERVICE,),
    "capabilities": (Facet.CAPABILITY, Facet.PLATFORM),
    "site": (Facet.SITE,),
}
CHOICES: Mapping[str, Facet] = {"industry": Facet.INDUSTRY, "stage": Facet.STAGE}
MAYBE: Mapping[str, bool | None] = {"yes": True, "no": False}  # anything else: not said
FACTS = (*CHOICES, "company_age_months", "registered", "foreign_invested", "districts")
SCOPES = {one.value: one for one in Scope}
LONGEST_PLACE = 100  # characters of the name of a district

Terms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Everything as it stands in the fields; nothing is checked before `query`."""

    text: str = ""
    facts: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(FACTS, ""))
    scope: str = Scope.HOME.value
    neutral: bool = False
    stated: Terms = field(default_factory=dict)  # by kind: those that are stated, be it as "nothing"
    read: Terms = field(default_factory=dict)  # by kind: what the last answer had read
    excluded: tuple[str, ...] = ()  # ids of carriers
    compared: tuple[str, ...] = ()

    @classmethod
    def sent(cls, sent: Sent) -> Self:
        said = set(sent.texts("said"))
        return cls(
            text=sent.text("text"),
            facts={name: sent.told(name) or "" for name in FACTS},
            scope=sent.told("scope") or Scope.HOME.value,
            neutral=sent.text("order") == ListOrder.NEUTRAL.value,
            stated={kind: tuple(sent.texts(kind)) for kind in KINDS if kind in said},
            read={kind: tuple(sent.texts(f"read_{kind}")) for kind in KINDS},
            excluded=tuple(dict.fromkeys(sent.texts("exclude"))),
            compared=tuple(dict.fromkeys(sent.texts("compare"))),
        )

    @property
    def has_facts(self) -> bool:
        """Whether anything stands among the facts that are folded away at first."""
        return self.neutral or self.scope != Scope.HOME.value or any(self.facts.values())

    @property
    def said(self) -> Collection[str]:
        """Names of all that is stated."""
        return {*self.stated, *(name for name, value in self.facts.items() if value)}

    def shown(self, kind: str) -> tuple[str, ...]:
        """What stood in this list when the page was read."""
        return self.stated[kind] if kind in self.stated else self.read.get(kind, ())

    def stating(self, kind: str, terms: tuple[str, ...]) -> Self:
        """With this list as a whole; a field without anything in it is no field, so it is read again."""
        if kind == "subfields" and not terms:
            return self.reading(kind)
        facts = {**self.facts, "industry": ""} if kind == "subfields" else self.facts
        return replace(self, facts=facts, stated={**self.stated, kind: tuple(dict.fromkeys(terms))})

    def saying(self, name: str, value: str) -> Self:
        """With another fact; another industry has other sub-fields."""
        stated = {
            kind: terms for kind, terms in self.stated.items() if not (name == "industry" and kind == "subfields")
        }
        return replace(self, facts={**self.facts, name: value}, stated=stated)

    def reading(self, name: str) -> Self:
        """With this left to the text again."""
        if name in KINDS:
            return replace(self, stated={kind: terms for kind, terms in self.stated.items() if kind != name})
        return self.saying(name, "")

    def query(self, registry: Registry, *, request_id: str, language: Language) -> Query:
        """The question as the API asks it.

        Raises:
            InvalidText: the text is empty or too long.
            InvalidField: an id is not of this list, a number is none, or no carrier has an id.
        """
        registry.refuse_unknown(self.excluded, "exclude")
        if self.scope not in SCOPES:
            raise InvalidField(
                "{value} is not one of {facet}.", field="scope", value=self.scope, facet=", ".join(SCOPES)
            )
        return Query(
            description=Description(text=self.text, stated=self._stated(registry.taxonomy)),
            scope=SCOPES[self.scope],
            order=ListOrder.NEUTRAL if self.neutral else ListOrder.FIT,
            language=language,
            request_id=request_id,
        )

    def _stated(self, taxonomy: Taxonomy) -> Stated:
        facts = self.facts
        return Stated(
            industry=self._term("industry", taxonomy),
            subfields=self._terms("subfields", taxonomy),
            stage=self._term("stage", taxonomy),
            services=self._terms("services", taxonomy),
            capabilities=self._terms("capabilities", taxonomy),
            site=self._terms("site", taxonomy),
            company_age_months=whole_number(facts["company_age_months"], "company_age_months"),
            registered=MAYBE.get(facts["registered"]),
            foreign_invested=MAYBE.get(facts["foreign_invested"]),
            districts=self._districts(),
            exclude=frozenset(CarrierId(one) for one in self.excluded),
        )

    def _term(self, name: str, taxonomy: Taxonomy) -> TermId | None:
        return term_of(self.facts[name] or None, taxonomy, name, CHOICES[name])

    def _terms(self, kind: str, taxonomy: Taxonomy) -> tuple[TermId, ...] | None:
        stated = self.stated.get(kind)
        return terms_of(None if stated is None else list(stated), taxonomy, kind, *KINDS[kind])

    def _districts(self) -> tuple[str, ...]:
        named = listed(self.facts["districts"])
        if any(len(one) > LONGEST_PLACE for one in named):
            raise InvalidField(
                "{name}: at most {limit} characters.", field="districts", name="districts", limit=LONGEST_PLACE
            )
        return tuple(named)
