"""The vocabulary from its YAML file."""

from collections.abc import Mapping
from functools import partial

from data.reading.checking import Checking
from data.reading.rows import Row
from data.reading.sources import read_named_source
from data.reading.term_links import broken_link
from data.reading.yaml_lists import YamlLists
from matcher.domain.ids import SourceId, TermId
from matcher.domain.taxonomy import AmbiguousTerm, Facet, Sense, Taxonomy, Term

TERM_FIELDS = ("id", "parent", "zh", "en", "de", "aliases", "keywords", "source")
BETWEEN_TERMS = " / "
VERSION = "vocabulary_version"
CHAIN = "handover_chain"


def read_vocabulary(lists: YamlLists, checking: Checking) -> Taxonomy:
    """What could be read; terms that name something missing are left out, and so are those that name them."""
    sources = tuple(checking.each(lists.rows("sources"), read_named_source))
    lines: dict[str, int] = {}
    terms = [term for facet in Facet for term in _facet(lists, facet, checking, lines)]
    terms = _linked(terms, {source.id for source in sources}, lines, lists.file, checking)
    known = Taxonomy(version="", terms=tuple(terms))
    return Taxonomy(
        version=next(iter(checking.one(_alone(lists, VERSION), lambda row: row.text(VERSION))), "unknown"),
        terms=known.terms,
        ambiguous=tuple(checking.each(lists.rows("ambiguous_terms"), partial(_ambiguous, taxonomy=known), name="term")),
        handover_chain=next(iter(checking.one(_alone(lists, CHAIN), partial(_chain, taxonomy=known))), ()),
        sources=sources,
    )


def _alone(lists: YamlLists, name: str) -> Row:
    """A plain value of the top level, as a row of its own."""
    return Row({name: lists.value(name)}, lists.file, lists.line(name))


def _facet(lists: YamlLists, facet: Facet, checking: Checking, lines: dict[str, int]) -> list[Term]:
    terms = []
    for order, row in enumerate(lists.rows(facet.value)):
        terms += checking.each([row], partial(_term, facet=facet, order=order), seen=lines)
    return terms


def _term(row: Row, facet: Facet, order: int) -> Term:
    words = Row({"label": {name: row.values.get(name) for name in ("zh", "en", "de")}}, row.file, row.line)
    return Term(
        id=TermId(row.id()),
        facet=facet,
        label=words.texts("label"),
        parent=TermId(row.id("parent")) if row.values.get("parent") is not None else None,
        order=order,
        aliases=row.text_list("aliases"),
        keywords=_keywords(row),
        source=row.optional_text("source") or "",
        extra=row.rest(TERM_FIELDS),
    )


def _keywords(row: Row) -> Mapping[str, tuple[str, ...]]:
    """By language; one common list is kept as "any"."""
    if not isinstance(row.values.get("keywords"), dict):
        words = row.text_list("keywords")
        return {"any": words} if words else {}
    by_language = row.inner("keywords")
    by_language.known_fields(("zh", "en", "de"))
    return {language: by_language.text_list(language) for language in by_language.values}


def _linked(
    terms: list[Term], sources: set[SourceId], lines: Mapping[str, int], file: str, checking: Checking
) -> list[Term]:
    """Without the terms that name something missing; leaving one out may cost another."""
    while True:
        facets = {str(term.id): term.facet for term in terms}
        reasons = {term.id: broken_link(term, facets, sources) for term in terms}
        for term in terms:
            reason = reasons[term.id]
            if reason is not None:
                checking.report(file, lines[term.id], reason)
        if not any(reasons.values()):
            return terms
        terms = [term for term in terms if reasons[term.id] is None]


def _ambiguous(row: Row, taxonomy: Taxonomy) -> AmbiguousTerm:
    row.known_fields(("term", "senses"))
    senses = tuple(_sense(inner, taxonomy) for inner in row.inner_list("senses"))
    return AmbiguousTerm(terms=tuple(row.text("term").split(BETWEEN_TERMS)), senses=senses)


def _sense(row: Row, taxonomy: Taxonomy) -> Sense:
    row.known_fields(("meaning", "subfield", "context"))
    return Sense(
        meaning=row.text("meaning"),
        subfield=row.term("subfield", taxonomy, Facet.SUBFIELD),
        context=row.text_list("context"),
    )


def _chain(row: Row, taxonomy: Taxonomy) -> tuple[TermId, ...]:
    return row.terms(CHAIN, taxonomy, Facet.KIND)
