"""The use cases around consents and leads, put together for one store."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from api.record_services import ID_BYTES
from data.targets import read_targets
from matcher.domain.leads import LeadId
from matcher.ports import Ranker, Transactions
from matcher.ranking.board import Board
from matcher.services.all_startups import AllStartups
from matcher.services.carrier_portraits import OwnCarrierOf
from matcher.services.colleagues import Colleagues
from matcher.services.consents import OwnConsents
from matcher.services.desk_leads import DeskLeads
from matcher.services.import_plans import ImportPlans
from matcher.services.lead_rankings import LeadRankings
from matcher.services.move_lead import MoveLead
from matcher.services.move_leads import MoveLeads
from matcher.services.office_board import OfficeBoard
from matcher.services.own_audit import OwnAudit
from matcher.services.see_leads import SeeLeads
from matcher.services.show_leads import ShowLeads


@dataclass(frozen=True, kw_only=True)
class LeadServices:
    """What carriers do with startups, what these say to it, and what of all that an office may count."""

    see: SeeLeads
    desk: DeskLeads
    colleagues: Colleagues
    own_carrier: OwnCarrierOf
    move: MoveLead
    move_many: MoveLeads
    take_plans: ImportPlans
    consents: OwnConsents
    audit: OwnAudit
    office: OfficeBoard


def build_leads(
    transactions: Transactions, board: Callable[[], Board], everybodys: AllStartups, ranker: Ranker
) -> LeadServices:
    rankings = LeadRankings(board=board, everybodys=everybodys, ranker=ranker)
    shows = ShowLeads(ranker, new_id=lambda: LeadId(secrets.token_hex(ID_BYTES)))
    colleagues, move_many = Colleagues(transactions), MoveLeads(transactions)
    return LeadServices(
        see=SeeLeads(transactions, rankings, shows),
        desk=DeskLeads(transactions, rankings, shows),
        colleagues=colleagues,
        own_carrier=OwnCarrierOf(transactions, board),
        move=MoveLead(transactions),
        move_many=move_many,
        take_plans=ImportPlans(move_many, colleagues),
        consents=OwnConsents(transactions),
        audit=OwnAudit(transactions),
        office=OfficeBoard(transactions, board, everybodys, ranker, read_targets()),
    )
