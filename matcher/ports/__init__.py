"""What the matcher needs from outside, as protocols; `models` and `data` answer them."""

from matcher.ports.batch import Executor, Reranks
from matcher.ports.feedback import Feedbacks, Impressions
from matcher.ports.handovers import Handovers
from matcher.ports.identity import Accounts, ApiKeys, CredentialUses, PageSessions, PasswordHasher, SignInFailures
from matcher.ports.leads import AuditLog, Consents, Leads
from matcher.ports.models import (
    Correction,
    Embeddings,
    Encoder,
    FloatMatrix,
    PastRatings,
    Ranker,
    Reader,
    SeparableRanker,
    Weight,
)
from matcher.ports.personal import PersonalData, Sections
from matcher.ports.registry import CarrierHistory, Carriers, EntryRules, FinanceProducts, Places, Vocabulary
from matcher.ports.retention import Retention, StartupUses
from matcher.ports.runs import RunResults, Runs, Turn, Turns
from matcher.ports.shared_answers import SharedAnswers
from matcher.ports.startups import IdempotencyKeys, Startups
from matcher.ports.transactions import Transactions, UnitOfWork

__all__ = [
    "Accounts",
    "ApiKeys",
    "AuditLog",
    "CarrierHistory",
    "Carriers",
    "Consents",
    "Correction",
    "CredentialUses",
    "Embeddings",
    "Encoder",
    "EntryRules",
    "Executor",
    "Feedbacks",
    "FinanceProducts",
    "FloatMatrix",
    "Handovers",
    "IdempotencyKeys",
    "Impressions",
    "Leads",
    "PageSessions",
    "PasswordHasher",
    "PastRatings",
    "PersonalData",
    "Places",
    "Ranker",
    "Reader",
    "Reranks",
    "Retention",
    "RunResults",
    "Runs",
    "Sections",
    "SeparableRanker",
    "SharedAnswers",
    "SignInFailures",
    "StartupUses",
    "Startups",
    "Transactions",
    "Turn",
    "Turns",
    "UnitOfWork",
    "Vocabulary",
    "Weight",
]
