"""What nobody uses is let go on a real store: owners are told, startups erased, and the rest goes by its own term."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from data.tables import (
    AuditEntryRow,
    ConsentRow,
    IdempotencyKeyRow,
    LeadRow,
    PageSessionRow,
    SharedAnswerRow,
    SignInFailureRow,
    StartupActivityRow,
    StartupRow,
)
from data.unit_of_work import open_store
from data.uses import SqlUses
from matcher.domain.accounts import NOBODY
from matcher.domain.errors import SignInNeeded
from matcher.domain.ids import StartupId
from matcher.domain.retention import Terms
from matcher.services.run_retention import RunRetention
from matcher.services.what_is_kept import WhatIsKept
from tests.accounts import LIMITS, NOW
from tests.personal import LATER, an_owner, everything, fill, tables_with

MINE, OTHERS = "marzipan", "nougat"
MY_STARTUP = StartupId(f"startup-of-{MINE}")


def with_two_accounts(url: str) -> None:
    store = open_store(url)
    store.migrate()
    fill(store, OTHERS)
    fill(store, MINE)
    store.close()


@pytest.fixture
def store(database):
    store = open_store(database.copy("two accounts with everything", with_two_accounts))
    yield store
    store.close()


@pytest.fixture
def retention(store) -> RunRetention:
    return RunRetention(transactions=store.transactions, scrub=store.scrub, sessions=LIMITS, terms=Terms(180))


def on(day: float):
    """So many days after everything in the store was last used."""
    return LATER + timedelta(days=day)


def change(store, table, condition, **values) -> None:
    with Session(store.engine) as session:
        session.execute(update(table).where(condition).values(**values))
        session.commit()


def notices(store, day: float):
    return WhatIsKept(store.transactions, Terms(180))(an_owner(MINE), now=on(day)).notices


def test_owners_are_told_and_thirty_days_later_their_startups_are_gone(store, retention) -> None:
    assert (retention(now=on(149)).noticed, notices(store, 149)) == (0, [])

    first, again = retention(now=on(151)), retention(now=on(152))

    assert (first.noticed, first.erased, again.noticed, again.erased) == (2, 0, 0, 0)
    [notice] = notices(store, 152)
    assert (notice.startup, notice.unused_since, notice.erased_from) == (MY_STARTUP, LATER, on(181))

    last = retention(now=on(181))

    assert (last.noticed, last.erased) == (0, 2)
    assert everything(store)["startups"] == []
    assert "recipe" not in repr(everything(store))
    assert len(everything(store)["accounts"]) == 2


def test_a_dry_run_counts_and_changes_nothing(store, retention) -> None:
    retention(now=on(151))
    before = everything(store)

    report = retention(now=on(400), dry_run=True)

    assert (report.erased, everything(store)) == (2, before)
    assert retention(now=on(400)).erased == 2


USED = {
    "written": (StartupRow, StartupRow.id == MY_STARTUP, "updated_at"),
    "read": (StartupActivityRow, StartupActivityRow.startup_id == MY_STARTUP, "used_at"),
    "consented": (ConsentRow, ConsentRow.startup_id == MY_STARTUP, "given_at"),
    "moved on with consent": (LeadRow, LeadRow.startup_id == MY_STARTUP, "updated_at"),
}


@pytest.mark.parametrize("way", USED)
def test_whatever_counts_as_use_keeps_a_startup_although_its_owner_was_told(store, retention, way) -> None:
    table, condition, column = USED[way]
    retention(now=on(151))
    change(store, table, condition, **{column: on(160)})

    report = retention(now=on(200))

    assert report.erased == 1
    assert [row["id"] for row in everything(store)["startups"]] == [MY_STARTUP]
    assert notices(store, 200) == []


def test_what_a_carrier_does_without_consent_keeps_nothing(store, retention) -> None:
    change(store, ConsentRow, ConsentRow.startup_id == MY_STARTUP, withdrawn_at=LATER)
    retention(now=on(151))
    change(store, LeadRow, LeadRow.startup_id == MY_STARTUP, updated_at=on(180))

    assert retention(now=on(200)).erased == 2


def test_a_clock_that_was_set_back_erases_nothing_and_tells_anew(store, retention) -> None:
    assert retention(now=on(5000)).noticed == 2  # a clock far ahead

    assert (retention(now=on(-5000)).noticed, retention(now=on(100)).noticed) == (0, 0)
    assert retention(now=on(151)).noticed == 2
    assert retention(now=on(180)).erased == 0
    assert retention(now=on(181)).erased == 2


def test_startups_are_taken_a_few_at_a_time(store, retention) -> None:
    retention(now=on(151))

    first, second = retention(now=on(181), at_most=1), retention(now=on(181), at_most=1)

    assert [(one.erased, one.is_done) for one in (first, second)] == [(1, False), (1, True)]


def test_other_days_than_those_that_are_set_may_be_asked_for(store, retention) -> None:
    assert retention(now=on(10), terms=Terms(31)).noticed == 2
    assert retention(now=on(40), terms=Terms(31)).erased == 2


def test_what_has_a_term_of_its_own_goes_by_it(store, retention) -> None:
    with Session(store.engine) as session:
        session.add(SignInFailureRow(subject_hash="a", n_failures=1, last_at=NOW))
        session.add(AuditEntryRow(startup_id=None, carrier_id="cn001", event="card.seen", at=NOW))
        session.commit()
    tables = (PageSessionRow, SignInFailureRow, IdempotencyKeyRow, SharedAnswerRow, AuditEntryRow)
    none = {table.__tablename__: 0 for table in tables}

    assert retention(now=NOW + timedelta(hours=1)).expired == none
    assert retention(now=NOW + timedelta(hours=3)).expired == none | {"page_sessions": 2}
    assert retention(now=NOW + timedelta(days=2)).expired == none | {"sign_in_failures": 1, "idempotency_keys": 2}
    assert retention(now=NOW + timedelta(days=181)).expired == none | {"audit_entries": 1}
    assert len(everything(store)["audit_entries"]) == 2  # those that still say whom


def test_a_use_is_noted_once_a_day_and_not_of_what_was_erased(store) -> None:
    uses = SqlUses(store)
    with store.transactions() as unit:
        unit.personal.erase_startup(StartupId(f"startup-of-{OTHERS}"))
        unit.commit()

    noted = []
    for hours in (5, 25, 26):
        uses.note_startup(MY_STARTUP, LATER + timedelta(hours=hours))
        noted.append(everything(store)["startup_activity"][0]["used_at"])
    uses.note_startup(StartupId(f"startup-of-{OTHERS}"), on(3))

    assert noted == [LATER, LATER + timedelta(hours=25), LATER + timedelta(hours=25)]
    assert tables_with(store, f"startup-of-{OTHERS}") == []


def test_the_first_use_is_noted_too(store) -> None:
    with Session(store.engine) as session:
        session.query(StartupActivityRow).delete()
        session.commit()

    SqlUses(store).note_startup(MY_STARTUP, on(1))

    assert [row["used_at"] for row in everything(store)["startup_activity"]] == [on(1)]


def test_who_asks_is_told_how_much_is_kept(store) -> None:
    kept = WhatIsKept(store.transactions, Terms(180))(an_owner(MINE), now=on(1))

    assert kept.account.login == f"login-of-{MINE}"
    assert set(kept.counts.values()) == {1}
    with pytest.raises(SignInNeeded):
        WhatIsKept(store.transactions, Terms(180))(NOBODY, now=on(1))
