"""What a caller may ask of the list of carriers."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.schemas.terms import term_of
from matcher.domain.carriers import Role, Status
from matcher.domain.registry import CarrierFilter
from matcher.domain.taxonomy import Facet, Taxonomy

MAX_LIMIT = 100

Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class CarrierQuery(BaseModel):
    """Filters, language and page; filters are joined by "and"."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["carrier", "partner"] | None = None
    city: Word | None = Field(None, description="As the records name it.", examples=["太仓"])
    district: Word | None = Field(None, description="Any part of the district's name.")
    industry: Word | None = Field(None, description="Id of an industry.", examples=["biomed"])
    subfield: Word | None = Field(None, description="Id of a sub-field.")
    kind: Word | None = Field(None, description="Id of a kind of carrier.", examples=["kind.incubator"])
    level: Word | None = Field(None, description="Id of a level.")
    status: Literal["operating", "planned", "under_construction", "unknown"] | None = None
    service: Word | None = Field(None, description="Id of a service.")
    capability: Word | None = Field(None, description="Id of a platform or capability.")
    name: Word | None = Field(None, description="Any part of the name, in any language.")
    lang: Literal["zh", "en", "de"] | None = Field(
        None, description="Language of the answer; else Accept-Language chooses."
    )
    limit: int = Field(20, ge=1, le=MAX_LIMIT, description="Most carriers on one page.")
    cursor: Word | None = Field(None, description="`next_cursor` of the page before.")

    def filter(self, taxonomy: Taxonomy) -> CarrierFilter:
        """The filters as the domain knows them.

        Raises:
            InvalidField: an id is not in the vocabulary, or not of this list.
        """
        return CarrierFilter(
            role=Role(self.role) if self.role else None,
            city=self.city,
            district=self.district,
            industry=term_of(self.industry, taxonomy, "industry", Facet.INDUSTRY),
            subfield=term_of(self.subfield, taxonomy, "subfield", Facet.SUBFIELD),
            kind=term_of(self.kind, taxonomy, "kind", Facet.KIND),
            level=term_of(self.level, taxonomy, "level", Facet.LEVEL),
            status=Status(self.status) if self.status else None,
            service=term_of(self.service, taxonomy, "service", Facet.SERVICE),
            capability=term_of(self.capability, taxonomy, "capability", Facet.CAPABILITY, Facet.PLATFORM),
            name=self.name,
        )
