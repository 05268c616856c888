"""The vocabulary in the store: read and replaced as a whole."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data.fingerprints import fingerprint
from data.keeping import Keeper, sources_by_id
from data.mapping.vocabulary import ambiguous_from, ambiguous_row, term_from, term_row
from data.tables import AmbiguousTermRow, TermRow, VocabularyRow, VocabularySourceRow
from matcher.domain.errors import StoreNotReady
from matcher.domain.ids import TermId
from matcher.domain.taxonomy import Taxonomy

THE_ONLY = 1


@dataclass
class SqlVocabulary:
    session: Session
    keeper: Keeper

    def load(self) -> Taxonomy:
        row = self.session.get(VocabularyRow, THE_ONLY)
        if row is None:
            raise StoreNotReady("The store has no vocabulary yet; fill it with `matcher init`.")
        terms = self.session.scalars(select(TermRow).order_by(TermRow.position))
        ambiguous = self.session.scalars(select(AmbiguousTermRow).order_by(AmbiguousTermRow.position))
        named = select(VocabularySourceRow.source_id).order_by(VocabularySourceRow.position)
        source_ids = self.session.scalars(named).all()
        sources = sources_by_id(self.session, source_ids)
        return Taxonomy(
            version=row.version,
            terms=tuple(term_from(one) for one in terms),
            ambiguous=tuple(ambiguous_from(one) for one in ambiguous),
            handover_chain=tuple(TermId(kind) for kind in row.handover_chain),
            sources=tuple(sources[source_id] for source_id in source_ids),
        )

    def put(self, taxonomy: Taxonomy) -> bool:
        """Replace it; that every id in use is still there is checked at commit."""
        self.keeper.lock()
        corrected = self.keeper.put_sources(taxonomy.sources)
        row = self.session.get(VocabularyRow, THE_ONLY)
        new = fingerprint(taxonomy)
        if row is not None and row.fingerprint == new:
            return corrected
        for table in (TermRow, AmbiguousTermRow, VocabularySourceRow):
            self.session.execute(delete(table))
        self.session.merge(
            VocabularyRow(
                id=THE_ONLY,
                version=taxonomy.version,
                handover_chain=list(taxonomy.handover_chain),
                fingerprint=new,
            )
        )
        self.session.add_all(term_row(term, position) for position, term in enumerate(taxonomy.terms))
        self.session.add_all(ambiguous_row(one, position) for position, one in enumerate(taxonomy.ambiguous))
        self.session.add_all(
            VocabularySourceRow(position=position, source_id=one.id) for position, one in enumerate(taxonomy.sources)
        )
        self.keeper.changed = True
        return True
