"""Finance products from their JSON lines."""

from data.reading.rows import Row
from data.reading.sources import read_source
from matcher.domain.finance import FinanceProduct
from matcher.domain.taxonomy import Facet, Taxonomy

FIELDS = (
    "id", "product", "name", "form", "area", "eligibility", "amount", "as_of", "status", "terms_known", "source",
)  # fmt: skip


def read_finance_product(row: Row, taxonomy: Taxonomy) -> FinanceProduct:
    row.known_fields(FIELDS)
    return FinanceProduct(
        id=row.id(),
        product=row.term("product", taxonomy, Facet.FINANCE),
        name=row.texts("name"),
        form=row.text("form"),
        area=row.text("area"),
        eligibility=row.optional_texts("eligibility"),
        amount=row.optional_texts("amount"),
        as_of=row.date("as_of"),
        status=row.text("status"),
        terms_known=row.flag("terms_known"),
        source=read_source(row.inner("source")),
    )
