"""An account with one row of everything that is kept about it: no export and no erase can forget any."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.tables import (
    AccountRow,
    ApiKeyRow,
    AuditEntryRow,
    Base,
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
    StartupStateRow,
    StayRow,
)
from data.unit_of_work import Store
from matcher.domain.accounts import Account, AccountId, Actor, Role, actor_of
from matcher.domain.tokens import digest
from tests.accounts import NOW, PASSWORD, CountingPasswords

LATER = NOW + timedelta(hours=1)


def an_owner(name: str, role: Role = Role.STARTUP) -> Actor:
    return actor_of(Account(id=AccountId(f"account-of-{name}"), login=f"login-of-{name}", role=role, created_at=NOW))


def fill(store: Store, name: str) -> Actor:
    """Rows in which every text holds this name; the account has PASSWORD."""
    actor = an_owner(name)
    with Session(store.engine) as session:
        for row in _rows(name, str(actor.account)):
            session.merge(row)
            session.flush()
        session.commit()
    return actor


def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables by table."""
    with store.engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in Base.metadata.sorted_tables
        }


def tables_with(store: Store, word: str) -> list[str]:
    """The tables of which some value holds the word."""
    return [name for name, rows in everything(store).items() if word in repr(rows)]


def _rows(name: str, account: str) -> list[Base]:
    startup, lead = f"startup-of-{name}", f"lead-of-{name}"
    leads = digest(name)  # a list of the carrier's, which stays
    return [
        AccountRow(
            id=account,
            login=f"login-of-{name}",
            role="startup",
            password_hash=CountingPasswords().hash(PASSWORD),
            created_at=NOW,
            version=1,
        ),
        ApiKeyRow(
            id=f"key-of-{name}",
            account_id=account,
            name=f"key of {name}",
            secret_hash=digest(f"secret of {name}"),
            created_at=NOW,
        ),
        PageSessionRow(token_hash=digest(f"token of {name}"), account_id=account, created_at=NOW, last_seen_at=NOW),
        IdempotencyKeyRow(
            account_id=account,
            key=f"write of {name}",
            content_hash=digest(f"content of {name}"),
            result={"id": startup},
            kept_at=NOW,
        ),
        CarrierHistoryRow(carrier_id="cn001", field="operator", old=None, new="Operator", made_by=account, made_at=NOW),
        StartupStateRow(id=1, changes=1, erased=0),
        StartupRow(
            id=startup,
            owner_id=account,
            name=f"Name of {name}",
            folded_name=f"name of {name}",
            contact=f"mail of {name}",
            text=f"A secret recipe of {name}.",
            language="en",
            stated={"districts": [f"district of {name}"]},
            discoverable=True,
            train_consent=True,
            version=1,
            created_at=NOW,
            updated_at=NOW,
            change=1,
        ),
        StartupProfileRow(
            startup_id=startup,
            content_hash=digest(f"A secret recipe of {name}."),
            reader_id="reader@1",
            read_in="2026-11",
            profile=b'{"evidence": "recipe of %s"}' % name.encode(),
            dims=2,
            vector=b"\0\0\x80?\0\0\0\0",
        ),
        StartupActivityRow(startup_id=startup, used_at=LATER),
        ConsentRow(startup_id=startup, carrier_id="cn001", wording="2026-11", given_by=account, given_at=NOW),
        LeadRow(
            id=lead,
            carrier_id="cn001",
            startup_id=startup,
            status="contacted",
            owner_id=account,
            next_action=f"Call {name}",
            due=date(2026, 12, 1),
            version=2,
            created_at=NOW,
            updated_at=LATER,
        ),
        LeadStepRow(lead_id=lead, status="contacted", note=f"Note on {name}", made_by=account, made_at=LATER),
        AuditEntryRow(startup_id=startup, account_id=account, carrier_id="cn001", event="card_seen", at=LATER),
        ShownListRow(
            request_id=f"list-of-{name}",
            startup_id=startup,
            scope="home",
            list_order="score",
            encoder="encoder@1",
            reader="reader@1",
            ranker="ranker@1",
            registry_version="1",
            shown_at=LATER,
        ),
        ImpressionRow(request_id=f"list-of-{name}", rank=1, carrier_id="cn001", score=0.5),
        ShownListRow(
            request_id=leads,
            carrier_id="cn001",
            list_order="score",
            encoder="encoder@1",
            reader="reader@1",
            ranker="ranker@1",
            registry_version="1",
            shown_at=LATER,
        ),
        ImpressionRow(request_id=leads, rank=1, carrier_id="cn001", startup_id=startup, score=0.25),
        FeedbackRow(
            request_id=f"list-of-{name}",
            carrier_id="cn001",
            kind="contact",
            startup_id=startup,
            rank=1,
            at=LATER,
            recorded_at=LATER,
            reported_by="startup",
        ),
        RunRow(
            id=leads,  # a run stays when who asked for it goes
            kind="rerank",
            state="finished",
            asked_by=account,
            asked_at=NOW,
            attempts=1,
            done=1,
            program="0.1.0",
            settings={"k": 10},
            lists_kept=True,
        ),
        RunListRow(run_id=leads, startup_id=startup, content_hash=digest(name), places=b'{"carriers": ["cn001"]}'),
        HandoverRow(run_id=leads, startup_id=startup, carrier_id="cn001", content={"next": ["cn002"]}),
        StayRow(startup_id=startup, carrier_id="cn001", ends_on=date(2027, 3, 31), stated_at=LATER),
    ]
