"""What every store of accounts, keys, sessions and failed sign-ins promises."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.unit_of_work import open_store
from data.uses import SqlUses
from matcher.domain.accounts import Role
from matcher.domain.credentials import ApiKey, ApiKeyId, Failures, PageSession
from matcher.domain.errors import AccountNotFound, ApiKeyNotFound, InvalidField, LoginTaken
from tests.accounts import NOW, an_account
from tests.factories import a_carrier

DIGEST = "d" * 64


def without_rows(url) -> None:
    store = open_store(url)
    store.migrate()
    store.close()


@pytest.fixture
def store(database):
    store = open_store(database.copy("no accounts", without_rows))
    yield store
    store.close()


@pytest.fixture
def transactions(store):
    return store.transactions


def keep(transactions, *accounts, password_hash="a hash") -> None:
    with transactions() as unit:
        for account in accounts:
            unit.accounts.add(account, password_hash)
        unit.commit()


def a_key(account, **changes) -> ApiKey:
    return replace(
        ApiKey(id=ApiKeyId("k1"), account=account.id, name="nightly", scopes=None, created_at=NOW), **changes
    )


# Accounts


def test_an_account_comes_back_as_it_was_added(transactions) -> None:
    carrier = a_carrier(industries=(), subfields=(), services=(), anchors=(), kind=None)
    full = an_account(role=Role.STAFF, carrier=carrier.id, disabled_at=NOW + timedelta(microseconds=1), version=3)
    plain = an_account()
    with transactions() as unit:
        unit.carriers.put(carrier)
        unit.accounts.add(full, "a hash")
        unit.accounts.add(plain, "another")
        unit.commit()

    with transactions() as unit:
        assert unit.accounts.get(full.id) == full
        assert unit.accounts.by_login(plain.login) == plain
        assert unit.accounts.password_hash(plain.id) == "another"


def test_an_account_that_is_not_there_is_not_found(transactions) -> None:
    nobody = an_account()
    with transactions() as unit:
        assert unit.accounts.by_login(nobody.login) is None
        assert unit.accounts.password_hash(nobody.id) is None
        with pytest.raises(AccountNotFound):
            unit.accounts.get(nobody.id)
        with pytest.raises(AccountNotFound):
            unit.accounts.replace(nobody)


def test_no_two_accounts_have_one_login(transactions) -> None:
    account = an_account()
    keep(transactions, account)

    with pytest.raises(LoginTaken):
        keep(transactions, an_account(login=account.login))


def test_a_replaced_account_keeps_its_password(transactions) -> None:
    account = an_account()
    keep(transactions, account)
    changed = replace(account, role=Role.OFFICE, version=2)

    with transactions() as unit:
        unit.accounts.replace(changed)
        unit.commit()

    with transactions() as unit:
        assert unit.accounts.get(account.id) == changed
        assert unit.accounts.password_hash(account.id) == "a hash"


def test_accounts_are_counted_by_role_without_those_that_are_disabled(transactions) -> None:
    keep(transactions, an_account(role=Role.ADMIN), an_account(role=Role.ADMIN, disabled_at=NOW), an_account())

    with transactions() as unit:
        assert unit.accounts.count() == 3
        assert unit.accounts.count(active_role=Role.ADMIN) == 1


def test_pages_in_a_row_show_every_account_once_in_the_order_of_logins(transactions) -> None:
    logins = ["b2", "b-1", "a.b", "z9", "b10"]
    keep(transactions, *(an_account(login=login) for login in logins))

    shown, after = [], None
    while True:
        with transactions() as unit:
            page = unit.accounts.page(after=after, limit=2)
        shown += [account.login for account in page.accounts]
        after = page.next_after
        if after is None:
            break

    assert shown == sorted(logins)


def test_a_page_without_room_is_refused(transactions) -> None:
    with transactions() as unit, pytest.raises(InvalidField):
        unit.accounts.page(after=None, limit=0)


# Keys


def test_a_key_comes_back_with_its_account_and_the_hash_of_its_secret(transactions) -> None:
    account = an_account()
    keep(transactions, account)
    key = a_key(account, scopes=frozenset({"startups", "data.export"}), expires_at=NOW + timedelta(days=1))
    with transactions() as unit:
        unit.api_keys.add(key, DIGEST)
        unit.commit()

    with transactions() as unit:
        held = unit.api_keys.held(key.id)
        assert (held.key, held.secret_hash, held.account) == (key, DIGEST, account)
        assert unit.api_keys.get(key.id) == key
        assert unit.api_keys.held(ApiKeyId("other")) is None
        with pytest.raises(ApiKeyNotFound):
            unit.api_keys.get(ApiKeyId("other"))


def test_keys_are_listed_by_owner_oldest_first(transactions) -> None:
    mine, other = an_account(), an_account()
    keep(transactions, mine, other)
    with transactions() as unit:
        for key_id, owner, minutes in (("c", mine, 2), ("b", mine, 1), ("a", mine, 2), ("d", other, 0)):
            made = NOW + timedelta(minutes=minutes)
            unit.api_keys.add(a_key(owner, id=ApiKeyId(key_id), created_at=made), DIGEST)
        unit.commit()

    with transactions() as unit:
        assert [key.id for key in unit.api_keys.of(mine.id)] == ["b", "a", "c"]


def test_a_key_that_is_revoked_twice_was_revoked_the_first_time(transactions) -> None:
    account = an_account()
    keep(transactions, account)
    with transactions() as unit:
        unit.api_keys.add(a_key(account), DIGEST)
        unit.api_keys.revoke(ApiKeyId("k1"), NOW)
        unit.commit()

    with transactions() as unit:
        unit.api_keys.revoke(ApiKeyId("k1"), NOW + timedelta(days=1))
        unit.commit()

    with transactions() as unit:
        assert unit.api_keys.get(ApiKeyId("k1")).revoked_at == NOW


# Sessions


def test_a_session_comes_back_with_its_account_until_it_ends(transactions) -> None:
    account = an_account()
    keep(transactions, account)
    session = PageSession(account=account.id, created_at=NOW, last_seen_at=NOW)
    with transactions() as unit:
        unit.page_sessions.add(DIGEST, session)
        unit.commit()

    with transactions() as unit:
        assert unit.page_sessions.held(DIGEST) == (session, account)
        unit.page_sessions.end(DIGEST)
        unit.commit()

    with transactions() as unit:
        assert unit.page_sessions.held(DIGEST) is None


def test_all_sessions_of_one_account_end_and_no_others(transactions) -> None:
    mine, other = an_account(), an_account()
    keep(transactions, mine, other)
    with transactions() as unit:
        for token, owner in (("a", mine), ("b", mine), ("c", other)):
            unit.page_sessions.add(token, PageSession(account=owner.id, created_at=NOW, last_seen_at=NOW))
        unit.page_sessions.end_all(mine.id)
        unit.commit()

    with transactions() as unit:
        assert [token for token in "abc" if unit.page_sessions.held(token)] == ["c"]


def test_old_and_idle_sessions_are_forgotten(transactions) -> None:
    account = an_account()
    keep(transactions, account)
    hour = timedelta(hours=1)
    with transactions() as unit:
        for token, made, seen in (("old", 9, 0), ("idle", 3, 3), ("fresh", 3, 0)):
            session = PageSession(account=account.id, created_at=NOW - made * hour, last_seen_at=NOW - seen * hour)
            unit.page_sessions.add(token, session)
        unit.page_sessions.forget_older(created_before=NOW - 8 * hour, seen_before=NOW - 2 * hour)
        unit.commit()

    with transactions() as unit:
        assert [token for token in ("old", "idle", "fresh") if unit.page_sessions.held(token)] == ["fresh"]


# Failed sign-ins


def test_failures_are_kept_until_they_are_forgotten_or_old(transactions) -> None:
    with transactions() as unit:
        unit.sign_in_failures.put("a", Failures(n=1, last_at=NOW))
        unit.sign_in_failures.put("a", Failures(n=2, last_at=NOW))
        unit.sign_in_failures.put("b", Failures(n=7, last_at=NOW - timedelta(days=2)))
        unit.sign_in_failures.put("c", Failures(n=1, last_at=NOW))
        unit.commit()

    with transactions() as unit:
        unit.sign_in_failures.forget_older(NOW - timedelta(days=1))
        unit.sign_in_failures.forget("c")
        unit.commit()

    with transactions() as unit:
        assert unit.sign_in_failures.of("a") == Failures(n=2, last_at=NOW)
        assert unit.sign_in_failures.of("b") is None
        assert unit.sign_in_failures.of("c") is None


# Uses


def test_the_last_use_of_a_key_and_of_a_session_is_noted(store, transactions) -> None:
    account = an_account()
    keep(transactions, account)
    with transactions() as unit:
        unit.api_keys.add(a_key(account), DIGEST)
        unit.page_sessions.add(DIGEST, PageSession(account=account.id, created_at=NOW, last_seen_at=NOW))
        unit.commit()
    uses = SqlUses(store)

    uses.note_key(ApiKeyId("k1"), date(2026, 11, 25))
    uses.note_session(DIGEST, NOW + timedelta(hours=1))
    uses.note_session(DIGEST, NOW + timedelta(minutes=1))  # a clock set back

    with transactions() as unit:
        assert unit.api_keys.get(ApiKeyId("k1")).last_used_on == date(2026, 11, 25)
        assert unit.page_sessions.held(DIGEST)[0].last_seen_at == NOW + timedelta(hours=1)


def test_a_use_is_not_waited_for_while_another_writes(store, transactions) -> None:
    account = an_account()
    keep(transactions, account)
    with transactions() as unit:
        unit.api_keys.add(a_key(account), DIGEST)
        unit.commit()

    with transactions() as writer:
        writer.lock()
        SqlUses(store).note_key(ApiKeyId("k1"), date(2026, 11, 25))

    with transactions() as unit:
        assert unit.api_keys.get(ApiKeyId("k1")).last_used_on is None
