"""Terms that name other terms: which field may name what."""

from collections.abc import Iterator, Mapping

from matcher.domain.ids import SourceId
from matcher.domain.messages import Message
from matcher.domain.taxonomy import Facet, Term

PARENTS = {
    Facet.SUBFIELD: Facet.INDUSTRY,
    Facet.SERVICE_ITEM: Facet.SERVICE,
    Facet.PLATFORM: Facet.SERVICE,
    Facet.CAPABILITY: Facet.PLATFORM,
    Facet.SITE: Facet.SERVICE,
    Facet.KIND: Facet.KIND,
    Facet.FINANCE: Facet.SERVICE,
}
LINKS = {
    (Facet.INDUSTRY, "core_park"): Facet.ANCHOR,
    (Facet.INDUSTRY, "near"): Facet.INDUSTRY,
    (Facet.SUBFIELD, "related"): Facet.SUBFIELD,
    (Facet.ANCHOR, "industry"): Facet.INDUSTRY,
    (Facet.CAPABILITY, "industries"): Facet.INDUSTRY,
    (Facet.STAGE, "typical_carrier_kinds"): Facet.KIND,
    (Facet.KIND, "main_stage"): Facet.STAGE,
    (Facet.LEVEL, "corresponds_to"): Facet.LEVEL,
    (Facet.FINANCE, "typical_stages"): Facet.STAGE,
}


def broken_link(term: Term, facets: Mapping[str, Facet], sources: set[SourceId]) -> Message | None:
    """What this term names that is not there, or None.

    Args:
        term: the one that names others.
        facets: of every term, by its id.
        sources: ids of all sources.
    """
    if term.source and term.source not in sources:
        return Message.of("source: {value} is not among the sources.", value=term.source)
    if (term.facet is Facet.SUBFIELD or term.facet is Facet.CAPABILITY) and term.parent is None:
        return Message.of("parent: it is missing.")
    for field, value, wanted in _links(term):
        if facets.get(str(value)) is not wanted:
            return Message.of("{name}: {value} is not one of {facet}.", name=field, value=str(value), facet=wanted)
    return None


def _links(term: Term) -> Iterator[tuple[str, object, Facet]]:
    if term.parent is not None and term.facet in PARENTS:
        yield "parent", term.parent, PARENTS[term.facet]
    for (facet, field), wanted in LINKS.items():
        value = term.extra.get(field)
        if facet is term.facet and value is not None:
            for one in value if isinstance(value, tuple) else (value,):
                yield field, one, wanted
