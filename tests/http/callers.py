"""Callers who have signed in with an API key."""

from typing import Any

from starlette.testclient import TestClient

from api.services import Services
from matcher.domain.accounts import Account, Role, actor_of
from matcher.domain.ids import CarrierId
from tests.accounts import NOW, make_account


def key_of(services: Services, account: Account) -> dict[str, str]:
    """Headers that speak for this account."""
    issued = services.registry.identity.issue_key(actor_of(account), name="test", scopes=None, expires_at=None, now=NOW)
    return {"Authorization": f"Bearer {issued.written}"}


def a_caller(services: Services, role: Role = Role.STARTUP, carrier: str | None = None) -> dict[str, str]:
    """Headers of a new account."""
    wanted: dict[str, Any] = {"role": role, "carrier": CarrierId(carrier) if carrier else None}
    return key_of(services, make_account(services.registry.transactions, **wanted))


def a_startup_of(client: TestClient, headers: dict[str, str], **changes: Any) -> dict[str, Any]:
    """Registers one, and gives it as it was answered."""
    body = {"name": "Catheter Ltd.", "text": "We develop catheters and need a cleanroom.", **changes}
    response = client.post("/v1/startups", json=body, headers=headers)
    assert response.status_code == 201, response.text
    return response.json()
