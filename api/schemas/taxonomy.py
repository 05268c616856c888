"""The vocabulary as it goes over the wire."""

from typing import Any

from matcher.domain.messages import Language
from matcher.domain.taxonomy import Facet, Taxonomy, Term


def taxonomy_out(taxonomy: Taxonomy, language: Language) -> dict[str, Any]:
    """All terms by facet, in the vocabulary's own order."""
    return {
        "version": taxonomy.version,
        "language": language.value,
        "facets": {facet.value: [_term_out(term, language) for term in taxonomy.of(facet)] for facet in Facet},
    }


def _term_out(term: Term, language: Language) -> dict[str, Any]:
    return {
        "id": str(term.id),
        "label": term.label.say(language),
        "labels": {"zh": term.label.zh or None, "en": term.label.en or None, "de": term.label.de or None},
        "parent": term.parent,
        "source": term.source,
    }
