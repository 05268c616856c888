"""Terms and ambiguous words to rows and back."""

from collections.abc import Mapping

from data.fingerprints import frozen, plain
from data.mapping.texts import texts_column, texts_from
from data.tables import AmbiguousTermRow, TermRow
from matcher.domain.ids import TermId
from matcher.domain.taxonomy import AmbiguousTerm, Facet, Sense, Term


def term_from(row: TermRow) -> Term:
    extra = frozen(row.extra)
    return Term(
        id=TermId(row.id),
        facet=Facet(row.facet),
        label=texts_from(row.label),
        parent=TermId(row.parent) if row.parent else None,
        order=row.order,
        aliases=tuple(row.aliases),
        keywords={language: tuple(words) for language, words in row.keywords.items()},
        source=row.source or "",
        extra=extra if isinstance(extra, Mapping) else {},
    )


def term_row(term: Term, position: int) -> TermRow:
    return TermRow(
        id=term.id,
        facet=term.facet.value,
        position=position,
        order=term.order,
        parent=term.parent,
        label=texts_column(term.label),
        aliases=list(term.aliases),
        keywords={language: list(words) for language, words in term.keywords.items()},
        source=term.source or None,
        extra=plain(term.extra),
    )


def ambiguous_from(row: AmbiguousTermRow) -> AmbiguousTerm:
    senses = (
        Sense(meaning=sense["meaning"], subfield=sense["subfield"], context=tuple(sense["context"]))
        for sense in row.senses
    )
    return AmbiguousTerm(terms=tuple(row.terms), senses=tuple(senses))


def ambiguous_row(ambiguous: AmbiguousTerm, position: int) -> AmbiguousTermRow:
    return AmbiguousTermRow(position=position, terms=list(ambiguous.terms), senses=plain(ambiguous.senses))
