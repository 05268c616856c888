"""Ids that a caller sends, checked against the vocabulary."""

from matcher.domain.errors import InvalidField
from matcher.domain.ids import TermId
from matcher.domain.taxonomy import Facet, Taxonomy


def term_of(value: str | None, taxonomy: Taxonomy, field: str, *facets: Facet) -> TermId | None:
    """The id, known to belong to one of these lists; None where none was sent.

    Raises:
        InvalidField: it is not in the vocabulary, or in another list.
    """
    if value is None:
        return None
    term = taxonomy.get(value, field)
    if term.facet not in facets:
        raise InvalidField("{value} is not one of {facet}.", field=field, value=value, facet=facets[0].value)
    return term.id


def terms_of(values: list[str] | None, taxonomy: Taxonomy, field: str, *facets: Facet) -> tuple[TermId, ...] | None:
    """As `term_of`, for a list."""
    if values is None:
        return None
    return tuple(term for value in values if (term := term_of(value, taxonomy, field, *facets)))
