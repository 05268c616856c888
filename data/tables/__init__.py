"""The tables of the store, one module per kind of thing."""

from data.tables.accounts import AccountRow, ApiKeyRow, PageSessionRow, SignInFailureRow
from data.tables.base import Base
from data.tables.carriers import (
    CarrierEvidenceRow,
    CarrierFinanceRow,
    CarrierRow,
    CarrierSourceRow,
    CarrierTermRow,
)
from data.tables.conditions import EntryRuleRow, FinanceProductRow
from data.tables.places import PlaceRow
from data.tables.sources import SourceRow
from data.tables.state import RegistryStateRow, VectorRow
from data.tables.vocabulary import AmbiguousTermRow, TermRow, VocabularyRow, VocabularySourceRow

__all__ = [
    "AccountRow",
    "AmbiguousTermRow",
    "ApiKeyRow",
    "Base",
    "CarrierEvidenceRow",
    "CarrierFinanceRow",
    "CarrierRow",
    "CarrierSourceRow",
    "CarrierTermRow",
    "EntryRuleRow",
    "FinanceProductRow",
    "PageSessionRow",
    "PlaceRow",
    "RegistryStateRow",
    "SignInFailureRow",
    "SourceRow",
    "TermRow",
    "VectorRow",
    "VocabularyRow",
    "VocabularySourceRow",
]
