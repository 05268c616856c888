"""The store's startups and the registry's carriers for a run over all pairs, read some at a time."""

from collections.abc import Callable
from dataclasses import dataclass

from matcher.domain.reranking_runs import RerankOrder
from matcher.domain.taxonomy import Facet
from matcher.ports import Transactions
from matcher.ranking.board import Board
from matcher.services.both_sides import SidesMaker
from matcher.services.rerank_all import Sides
from matcher.services.rerank_plan import digest

COLUMNS = (Facet.SUBFIELD, Facet.INDUSTRY, Facet.STAGE, Facet.SERVICE, Facet.CAPABILITY, Facet.SITE)


@dataclass(frozen=True)
class StoredSides:
    """Startups that another reader read are left out until they are read anew: their numbers do not compare."""

    transactions: Transactions
    board: Callable[[], Board]
    reader_id: str

    def __call__(self, order: RerankOrder) -> Sides:
        board = self.board()
        maker = SidesMaker(board, order.scope, order.on)
        with self.transactions() as uow:
            for block in uow.startups.changed_since(0):
                found = [one.listed for one in block if one.listed is not None]
                maker.add([one for one in found if one.reader_id == self.reader_id])
        taxonomy = board.registry.taxonomy
        return Sides(
            askers=maker.askers(),
            homes=maker.homes(),
            registry=board.registry.version,
            vocabulary=digest(*(" ".join(taxonomy.ids(facet)) for facet in COLUMNS)),
        )
