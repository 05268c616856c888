"""Consents, leads, their steps and entries of the audit log to rows and back."""

from typing import Any

from data.tables import AuditEntryRow, ConsentRow, LeadRow, LeadStepRow
from matcher.domain.accounts import AccountId
from matcher.domain.audit import AuditEntry, Event
from matcher.domain.consents import Consent
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.leads import DeclineReason, Lead, LeadId, LeadPlan, LeadStatus, LeadStep


def consent_from(row: ConsentRow) -> Consent:
    return Consent(
        startup=StartupId(row.startup_id),
        carrier=CarrierId(row.carrier_id),
        wording=row.wording,
        given_at=row.given_at,
        withdrawn_at=row.withdrawn_at,
    )


def lead_values(lead: Lead) -> dict[str, Any]:
    return {
        "id": lead.id,
        "carrier_id": lead.carrier,
        "startup_id": lead.startup,
        "status": lead.status.value,
        "owner_id": lead.plan.owner,
        "next_action": lead.plan.next_action,
        "due": lead.plan.due,
        "asked_at": lead.asked_at,
        "refused_at": lead.refused_at,
        "version": lead.version,
        "created_at": lead.created_at,
        "updated_at": lead.updated_at,
    }


def lead_from(row: LeadRow) -> Lead:
    return Lead(
        id=LeadId(row.id),
        carrier=CarrierId(row.carrier_id),
        startup=StartupId(row.startup_id),
        status=LeadStatus(row.status),
        plan=LeadPlan(
            owner=AccountId(row.owner_id) if row.owner_id else None, next_action=row.next_action, due=row.due
        ),
        asked_at=row.asked_at,
        refused_at=row.refused_at,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def step_from(row: LeadStepRow) -> LeadStep:
    return LeadStep(
        lead=LeadId(row.lead_id),
        status=LeadStatus(row.status),
        reason=DeclineReason(row.reason) if row.reason else None,
        note=row.note,
        made_by=AccountId(row.made_by) if row.made_by else None,
        made_at=row.made_at,
    )


def audit_values(entry: AuditEntry) -> dict[str, Any]:
    return {
        "startup_id": entry.startup,
        "account_id": entry.account,
        "carrier_id": entry.carrier,
        "event": entry.event.value,
        "detail": entry.detail,
        "at": entry.at,
    }


def audit_from(row: AuditEntryRow, startup: StartupId) -> AuditEntry:
    return AuditEntry(
        startup=startup,
        account=AccountId(row.account_id) if row.account_id else None,
        carrier=CarrierId(row.carrier_id) if row.carrier_id else None,
        event=Event(row.event),
        detail=row.detail,
        at=row.at,
    )
