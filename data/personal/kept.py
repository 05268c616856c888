"""Every link of a row to an account or to a startup, each named once: how it is handed out, and what an erase does.

A test walks all tables and fails where a link stands neither here nor among `NOT_KEPT`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import orjson
from sqlalchemy.orm import InstrumentedAttribute

from data.mapping.startups import vector_from
from data.tables import (
    AccountRow,
    ApiKeyRow,
    AuditEntryRow,
    CarrierHistoryRow,
    ConsentRow,
    FeedbackRow,
    HandoverRow,
    IdempotencyKeyRow,
    ImpressionRow,
    LeadRow,
    LeadStepRow,
    PageSessionRow,
    RunListRow,
    RunRow,
    ShownListRow,
    StartupActivityRow,
    StartupProfileRow,
    StartupRow,
    StayRow,
)


class Points(StrEnum):
    """What the linking column holds."""

    ACCOUNT = "account"
    STARTUP = "startup"
    LEAD = "lead"  # of a startup
    LIST = "list"  # shown to a startup


class Erase(StrEnum):
    """What becomes of the row."""

    DELETE = "delete"
    UNLINK = "unlink"  # it stays, and says no more whose it was


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One link, from the rows of one table to whom they are about."""

    section: str | None  # of an export; None: the same rows stand in another section
    link: InstrumentedAttribute[Any]
    to: Points
    hidden: frozenset[str] = frozenset()  # secrets, hashes, counters, and what is another's
    erase: Erase = Erase.DELETE
    shown_as: Mapping[str, Callable[[Any], object]] = field(default_factory=dict)


def _floats(content: bytes) -> list[float]:
    return [float(number) for number in vector_from(content)]


# In the order of an export; erased from the last to the first, so that nothing points to what is gone.
KEPT: Final[tuple[Kept, ...]] = (
    Kept(section="account", link=AccountRow.id, to=Points.ACCOUNT, hidden=frozenset({"password_hash"})),
    Kept(
        section="keys",
        link=ApiKeyRow.account_id,
        to=Points.ACCOUNT,
        hidden=frozenset({"account_id", "secret_hash"}),
    ),
    Kept(
        section="sessions",
        link=PageSessionRow.account_id,
        to=Points.ACCOUNT,
        hidden=frozenset({"account_id", "token_hash"}),
    ),
    Kept(
        section="idempotency_keys",
        link=IdempotencyKeyRow.account_id,
        to=Points.ACCOUNT,
        hidden=frozenset({"account_id", "content_hash"}),
    ),
    Kept(
        section="corrections",  # facts about a carrier, which stay
        link=CarrierHistoryRow.made_by,
        to=Points.ACCOUNT,
        hidden=frozenset({"id", "made_by"}),
        erase=Erase.UNLINK,
    ),
    Kept(
        section="startups",
        link=StartupRow.id,
        to=Points.STARTUP,
        hidden=frozenset({"owner_id", "folded_name", "change"}),
    ),
    Kept(
        section="profiles",
        link=StartupProfileRow.startup_id,
        to=Points.STARTUP,
        hidden=frozenset({"content_hash", "dims"}),
        shown_as={"profile": orjson.loads, "vector": _floats},
    ),
    Kept(section="activity", link=StartupActivityRow.startup_id, to=Points.STARTUP),
    Kept(
        section="consents",
        link=ConsentRow.startup_id,
        to=Points.STARTUP,
        hidden=frozenset({"id", "given_by"}),
    ),
    Kept(section=None, link=ConsentRow.given_by, to=Points.ACCOUNT, erase=Erase.UNLINK),
    Kept(
        section="leads",  # as the startup sees them: what a carrier plans is the carrier's
        link=LeadRow.startup_id,
        to=Points.STARTUP,
        hidden=frozenset({"owner_id", "next_action", "due", "version"}),
    ),
    Kept(
        section="lead_steps",
        link=LeadStepRow.lead_id,
        to=Points.LEAD,
        hidden=frozenset({"id", "note", "made_by"}),
    ),
    Kept(
        section="leads_in_my_care",  # of a carrier's staff
        link=LeadRow.owner_id,
        to=Points.ACCOUNT,
        hidden=frozenset({"startup_id", "owner_id", "version"}),
        erase=Erase.UNLINK,
    ),
    Kept(
        section="lead_steps_of_mine",
        link=LeadStepRow.made_by,
        to=Points.ACCOUNT,
        hidden=frozenset({"id", "made_by"}),
        erase=Erase.UNLINK,
    ),
    Kept(
        section="audit",  # who has seen what; the carrier is named, the person is not
        link=AuditEntryRow.startup_id,
        to=Points.STARTUP,
        hidden=frozenset({"id", "account_id"}),
        erase=Erase.UNLINK,
    ),
    Kept(
        section="audit_of_mine",  # what I have seen and done
        link=AuditEntryRow.account_id,
        to=Points.ACCOUNT,
        hidden=frozenset({"id", "account_id", "startup_id"}),
        erase=Erase.UNLINK,
    ),
    Kept(section="lists", link=ShownListRow.startup_id, to=Points.STARTUP),
    Kept(section="impressions", link=ImpressionRow.request_id, to=Points.LIST, hidden=frozenset({"startup_id"})),
    Kept(
        section="impressions_with_carriers",  # a carrier's list of startups is the carrier's
        link=ImpressionRow.startup_id,
        to=Points.STARTUP,
        hidden=frozenset({"request_id"}),
    ),
    Kept(section="feedback", link=FeedbackRow.startup_id, to=Points.STARTUP, hidden=frozenset({"id"})),
    Kept(
        section="run_lists",
        link=RunListRow.startup_id,
        to=Points.STARTUP,
        hidden=frozenset({"content_hash"}),
        shown_as={"places": orjson.loads},
    ),
    Kept(section="handovers", link=HandoverRow.startup_id, to=Points.STARTUP),
    Kept(section="stays", link=StayRow.startup_id, to=Points.STARTUP),
    Kept(
        section="runs_of_mine",  # that I started
        link=RunRow.asked_by,
        to=Points.ACCOUNT,
        hidden=frozenset({"asked_by", "folder", "attempts", "told_at"}),
        erase=Erase.UNLINK,
    ),
)

# Columns that name an account or a startup and are no link of their own, with the reason.
NOT_KEPT: Final[Mapping[str, str]] = {
    "startups.owner_id": "the startups of an account are found by it, and erased one by one",
    "runs.previous_id": "a run stays; only who asked for it goes",
    "run_lists.run_id": "found by their startup",
    "run_carriers.run_id": "carriers as a run saw them: nothing of an account or a startup",
    "handovers.run_id": "found by their startup",
}
