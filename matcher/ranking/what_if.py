"""The board as it would be if a carrier offered one more service."""

from dataclasses import replace

from matcher.domain.errors import CarrierNotFound, InvalidField
from matcher.domain.taxonomy import CHAINS, Facet
from matcher.features.tables import carrier_table
from matcher.ranking.board import Board


def with_service(board: Board, carrier_id: str, service: str) -> Board:
    """Everything else stays, the vectors of the descriptions too: a service that is not described is no text.

    Raises:
        CarrierNotFound: it is not among the carriers that can be a home.
        InvalidField: there is no such service, or the carrier has it.
    """
    row = next((number for number, one in enumerate(board.carriers) if one.id == carrier_id), None)
    if row is None:
        raise CarrierNotFound("There is no carrier {id}.", field="add_service", id=carrier_id[:60])
    taxonomy, carrier = board.registry.taxonomy, board.carriers[row]
    term = next((one for one in taxonomy.ids(Facet.SERVICE) if one == service), None)
    if term is None:
        known = tuple(taxonomy.ids(Facet.SERVICE))
        raise InvalidField("{value} is none of {known}.", field="add_service", value=service[:60], known=known)
    if term in carrier.services:
        raise InvalidField(
            "{id} has the service {service} already.", field="add_service", id=carrier_id, service=service
        )
    changed = replace(carrier, services=(*carrier.services, term))
    carriers = (*board.carriers[:row], changed, *board.carriers[row + 1 :])
    is_park = [[board.core_park_rows.get(chain) == number for chain in CHAINS] for number in range(len(carriers))]
    table = carrier_table(carriers, taxonomy, board.table.embedding, is_park)
    registry = replace(
        board.registry, carriers=tuple(changed if one.id == carrier_id else one for one in board.registry.carriers)
    )
    return replace(board, registry=registry, carriers=carriers, table=table)
