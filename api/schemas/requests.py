"""What a caller may send with a recommendation: checked for shape here, for meaning by the domain."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.schemas.terms import term_of, terms_of
from matcher.domain.ids import CarrierId
from matcher.domain.matches import ListOrder
from matcher.domain.messages import Language
from matcher.domain.registry import Registry
from matcher.domain.startup_records import StartupDraft, default_name
from matcher.domain.startups import MAX_CHARACTERS, MAX_COMPANY_AGE_MONTHS, Description, Scope, Stated
from matcher.domain.taxonomy import Facet
from matcher.services.recommend import Query

MAX_K = 100

Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Ids = Annotated[list[Id], Field(max_length=300)]


class RecommendationIn(BaseModel):
    """A startup's own words, and what it states beside them; what is left out is unknown, and what is stated wins."""

    model_config = ConfigDict(strict=True, extra="forbid")

    text: str = Field(
        description="What the startup makes and needs, in Chinese, English or German; "
        f"at most {MAX_CHARACTERS} characters."
    )
    lang: Literal["zh", "en", "de"] | None = Field(
        None, description="Language of the answer; else Accept-Language chooses, else the text's own language."
    )
    scope: Literal["home", "delta", "all"] = Field(
        "home", description="How far to look: the home city with its enclaves, the Yangtze delta, everywhere."
    )
    order: Literal["fit", "neutral"] = Field(
        "fit", description="Best first, or `neutral`: alphabetically by name, without any score."
    )
    k: int = Field(10, ge=1, le=MAX_K, description="Most carriers to list; a list may be shorter and is never padded.")
    industry: Id | None = Field(None, description="Id of an industry of the vocabulary.")
    subfields: Ids | None = Field(None, description="Ids of sub-fields.")
    stage: Id | None = Field(None, description="Id of a stage.")
    company_age_months: int | None = Field(
        None, ge=0, le=MAX_COMPANY_AGE_MONTHS, description="Months since the company was registered."
    )
    registered: bool | None = Field(None, description="Whether a company is registered.")
    foreign_invested: bool | None = Field(None, description="Whether foreign capital holds a share.")
    services: Ids | None = Field(None, description="Ids of the services asked for.")
    capabilities: Ids | None = Field(None, description="Ids of the platforms or capabilities asked for.")
    site: Ids | None = Field(None, description="Ids of what the premises must have.")
    districts: Ids = Field(default_factory=list, description="Districts where the startup would like to be.")
    exclude: Ids = Field(default_factory=list, description="Ids of carriers that the startup does not want.")
    store: bool = Field(
        False, description="Keep the text as a startup of the account that asks; by default nothing is."
    )
    name: str | None = Field(
        None,
        description="Name of the startup: passed over wherever the text says it, since a name is no evidence, and kept "
        "with it where it is kept; by default the beginning of its text.",
    )

    def query(self, registry: Registry, *, request_id: str, language: Language | None) -> Query:
        """The question as the domain knows it.

        Args:
            registry: against which the ids are checked.
            request_id: of this request.
            language: of the answer, where `lang` does not say.

        Raises:
            InvalidText: the text is empty or too long.
            InvalidField: an id is not in the vocabulary, or not of this list, or no carrier has it.
        """
        return Query(
            description=Description(text=self.text, stated=self._stated(registry), name=self.name or None),
            k=self.k,
            scope=Scope(self.scope),
            order=ListOrder(self.order),
            language=Language(self.lang) if self.lang else language,
            request_id=request_id,
        )

    def draft(self, query: Query) -> StartupDraft:
        """What is to be kept of it.

        Raises:
            InvalidText: the text or the name holds control characters.
            SecretText: one carries a mark of secrecy.
            InvalidField: the name is too long.
        """
        return StartupDraft(name=self.name or default_name(self.text), description=query.description)

    def _stated(self, registry: Registry) -> Stated:
        taxonomy = registry.taxonomy
        registry.refuse_unknown(self.exclude, "exclude")
        return Stated(
            industry=term_of(self.industry, taxonomy, "industry", Facet.INDUSTRY),
            subfields=terms_of(self.subfields, taxonomy, "subfields", Facet.SUBFIELD),
            stage=term_of(self.stage, taxonomy, "stage", Facet.STAGE),
            company_age_months=self.company_age_months,
            registered=self.registered,
            foreign_invested=self.foreign_invested,
            services=terms_of(self.services, taxonomy, "services", Facet.SERVICE),
            capabilities=terms_of(self.capabilities, taxonomy, "capabilities", Facet.CAPABILITY, Facet.PLATFORM),
            site=terms_of(self.site, taxonomy, "site", Facet.SITE),
            districts=tuple(self.districts),
            exclude=frozenset(CarrierId(one) for one in self.exclude),
        )
