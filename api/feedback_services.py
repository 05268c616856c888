"""The use cases around lists that were shown, what came of them, and who else is shown them, for one store."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from api.metrics import Metrics
from api.settings import Settings
from api.shown import ShownLists
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.impressions import ShownList, shown_leads, shown_list
from matcher.domain.matches import Answer, ModelIds
from matcher.domain.registry import RegistryVersion
from matcher.ports import Transactions
from matcher.services.record_feedback import RecordFeedback
from matcher.services.share_answers import ShareAnswers

ID_BYTES = SECRET_BYTES = 16  # nobody guesses either


@dataclass(frozen=True, kw_only=True)
class FeedbackServices:
    """What is noted of lists, and what may be told of them."""

    record: RecordFeedback
    share: ShareAnswers
    shown: ShownLists | None  # None: none are kept
    models: ModelIds  # that serve

    def note_answer(self, answer: Answer, startup: StartupId | None, *, now: datetime) -> None:
        """This answer is about to be shown, for a startup that is kept or for none."""
        self.note(shown_list(answer, startup, now))

    def note_leads(
        self,
        request_id: str,
        carrier: CarrierId,
        leads: Sequence[tuple[StartupId, float]],
        *,
        registry: RegistryVersion,
        now: datetime,
    ) -> None:
        """This page of leads is about to be shown: startups with their scores, in its order."""
        self.note(shown_leads(request_id, carrier, leads, models=self.models, registry=registry.version, now=now))

    def note(self, shown: ShownList) -> None:
        """This list is about to be shown."""
        if self.shown is not None:
            self.shown.put(shown)

    def close(self) -> None:
        """Write down what waits; lists may be noted afterwards as before."""
        if self.shown is not None:
            self.shown.close()


def build_feedback(
    transactions: Transactions,
    settings: Settings,
    metrics: Metrics,
    models: ModelIds,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> FeedbackServices:
    kept_for = timedelta(days=settings.impression_days)
    shown = ShownLists(transactions, metrics, kept_for, now) if settings.record_impressions else None
    record = RecordFeedback(transactions, shown.flush if shown else _nothing)
    share = ShareAnswers(
        transactions=transactions,
        new_id=lambda: secrets.token_hex(ID_BYTES),
        new_secret=lambda: secrets.token_urlsafe(SECRET_BYTES),
        kept_for=timedelta(days=settings.shared_days),
    )
    return FeedbackServices(record=record, share=share, shown=shown, models=models)


def _nothing() -> None:
    """No list waits where none is kept."""
