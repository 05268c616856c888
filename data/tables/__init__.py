"""The tables of the store, one module per kind of thing."""

from data.tables.accounts import AccountRow, ApiKeyRow, PageSessionRow, SignInFailureRow
from data.tables.base import Base
from data.tables.carriers import (
    CarrierCorrectionRow,
    CarrierEvidenceRow,
    CarrierFinanceRow,
    CarrierRow,
    CarrierSourceRow,
    CarrierTermRow,
)
from data.tables.conditions import EntryRuleRow, FinanceProductRow
from data.tables.corrections import CarrierHistoryRow
from data.tables.feedback import FeedbackRow, ImpressionRow, ShownListRow
from data.tables.jobs import JobRow
from data.tables.leads import AuditEntryRow, ConsentRow, LeadRow, LeadStepRow
from data.tables.places import PlaceRow
from data.tables.retention import StartupActivityRow
from data.tables.runs import HandoverRow, RunCarrierRow, RunListRow, RunRow, StayRow
from data.tables.shared_answers import SharedAnswerRow
from data.tables.sources import SourceRow
from data.tables.startups import IdempotencyKeyRow, StartupProfileRow, StartupRow, StartupStateRow
from data.tables.state import RegistryStateRow, VectorRow
from data.tables.vocabulary import AmbiguousTermRow, TermRow, VocabularyRow, VocabularySourceRow

__all__ = [
    "AccountRow",
    "AmbiguousTermRow",
    "ApiKeyRow",
    "AuditEntryRow",
    "Base",
    "CarrierCorrectionRow",
    "CarrierEvidenceRow",
    "CarrierFinanceRow",
    "CarrierHistoryRow",
    "CarrierRow",
    "CarrierSourceRow",
    "CarrierTermRow",
    "ConsentRow",
    "EntryRuleRow",
    "FeedbackRow",
    "FinanceProductRow",
    "HandoverRow",
    "IdempotencyKeyRow",
    "ImpressionRow",
    "JobRow",
    "LeadRow",
    "LeadStepRow",
    "PageSessionRow",
    "PlaceRow",
    "RegistryStateRow",
    "RunCarrierRow",
    "RunListRow",
    "RunRow",
    "SharedAnswerRow",
    "ShownListRow",
    "SignInFailureRow",
    "SourceRow",
    "StartupActivityRow",
    "StartupProfileRow",
    "StartupRow",
    "StartupStateRow",
    "StayRow",
    "TermRow",
    "VectorRow",
    "VocabularyRow",
    "VocabularySourceRow",
]
