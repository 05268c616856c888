"""Use cases around accounts on a real store of each kind: what is written, what is counted, and who is first."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from data.unit_of_work import open_store
from data.uses import SqlUses
from matcher.domain.accounts import NOBODY, OPERATOR, Role, actor_of
from matcher.domain.errors import NotAllowed, SignInNeeded, SignInRefused, StoreBusy, TooMany
from matcher.domain.tokens import digest
from matcher.services.authenticate import Authenticate
from matcher.services.change_account import AccountChange, ChangeAccount
from matcher.services.create_account import CreateAccount, NewAccount
from matcher.services.first_admin import FirstAdmin
from matcher.services.issue_key import IssueKey
from matcher.services.list_keys import ListKeys
from matcher.services.read_accounts import ReadAccounts
from matcher.services.revoke_key import RevokeKey
from matcher.services.set_password import SetPassword
from matcher.services.sign_in import SignIn
from matcher.services.sign_out import SignOut
from tests.accounts import LIMITS, NOW, PASSWORD, CountingPasswords, make_account, new_id, new_secret


@pytest.fixture
def passwords():
    return CountingPasswords()


@pytest.fixture
def transactions(store):
    return store.transactions


@pytest.fixture
def sign_in(transactions, passwords):
    return SignIn(transactions=transactions, hasher=passwords, new_secret=new_secret, limits=LIMITS)


@pytest.fixture
def authenticate(store):
    return Authenticate(transactions=store.transactions, uses=SqlUses(store), limits=LIMITS)


def enter(sign_in, account, password=PASSWORD, **changes):
    return sign_in(account.login, password, **{"address": "192.0.2.1", "now": NOW, **changes})


# The first administrator


def test_a_store_without_accounts_gets_one_administrator_and_never_another(transactions, passwords, sign_in) -> None:
    first_admin = FirstAdmin(transactions=transactions, hasher=passwords, new_id=new_id, new_password=new_secret)

    password = first_admin(now=NOW)

    assert first_admin(now=NOW) is None
    signed_in = sign_in("admin", password, address="192.0.2.1", now=NOW)
    assert signed_in.account.role is Role.ADMIN
    with transactions() as unit:
        assert unit.accounts.count() == 1


def test_of_processes_that_start_at_once_one_makes_the_administrator(url, store) -> None:
    starting = Barrier(4)

    def start(_: int) -> str | None:
        other = open_store(url)
        first_admin = FirstAdmin(
            transactions=other.transactions, hasher=CountingPasswords(), new_id=new_id, new_password=new_secret
        )
        try:
            starting.wait()
            return first_admin(now=NOW)
        finally:
            other.close()

    with ThreadPoolExecutor(4) as pool:
        told = [password for password in pool.map(start, range(4)) if password is not None]

    assert len(told) == 1
    with store.transactions() as unit:
        assert unit.accounts.count() == 1


# Signing in


def test_the_token_is_kept_as_a_digest_alone(transactions, sign_in, authenticate) -> None:
    account = make_account(transactions)

    token = enter(sign_in, account).token

    with transactions() as unit:
        assert unit.page_sessions.held(token) is None
        assert unit.page_sessions.held(digest(token)) is not None
    assert authenticate.by_session(token, now=NOW) == actor_of(account)
    assert authenticate.by_session(token + "x", now=NOW) is None


def test_who_signs_out_is_nobody(transactions, sign_in, authenticate) -> None:
    token = enter(sign_in, make_account(transactions)).token

    SignOut(transactions)(token)
    SignOut(transactions)(token)

    assert authenticate.by_session(token, now=NOW) is None


def test_a_password_hashed_at_older_costs_is_hashed_anew_when_it_is_next_right(transactions, passwords) -> None:
    account = make_account(transactions)
    dearer = CountingPasswords(passes=2)
    sign_in = SignIn(transactions=transactions, hasher=dearer, new_secret=new_secret, limits=LIMITS)
    with pytest.raises(SignInRefused):
        enter(sign_in, account, "not the password")
    assert dearer.n_hashes == 0

    enter(sign_in, account)
    enter(sign_in, account)

    assert dearer.n_hashes == 1
    with transactions() as unit:
        assert not dearer.is_outdated(unit.accounts.password_hash(account.id))


def test_attempts_side_by_side_are_counted_before_any_of_them_is_checked(url, transactions) -> None:
    account = make_account(transactions)
    starting = Barrier(8)

    def guess(_: int) -> str:
        other = open_store(url)
        own = SignIn(transactions=other.transactions, hasher=CountingPasswords(), new_secret=new_secret, limits=LIMITS)
        try:
            starting.wait()
            enter(own, account, "not the password")
        except SignInRefused:
            return "checked"
        except (TooMany, StoreBusy):
            return "refused"
        finally:
            other.close()
        return "let in"

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(guess, range(8)))

    assert results.count("checked") <= 5
    assert "let in" not in results


def test_who_has_to_wait_is_told_so_while_another_writes(transactions, sign_in) -> None:
    account = make_account(transactions)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            enter(sign_in, account, "not the password")

    with transactions() as writer:
        writer.lock()
        with pytest.raises(TooMany):
            enter(sign_in, account)


def test_a_login_with_characters_that_no_login_has_is_refused_like_any_other(sign_in) -> None:
    for login in ("a\x00b", "名字", "x" * 500, ""):
        with pytest.raises(SignInRefused):
            sign_in(login, PASSWORD, address="192.0.2.1", now=NOW)


def test_a_password_that_changes_while_it_is_checked_opens_nothing(transactions, passwords) -> None:
    account = make_account(transactions)

    class Slow(CountingPasswords):
        def verifies(self, password_hash: str, password: str) -> bool:
            SetPassword(transactions=transactions, hasher=passwords, new_password=new_secret).of(
                OPERATOR, account.id, None
            )
            return super().verifies(password_hash, password)

    sign_in = SignIn(transactions=transactions, hasher=Slow(), new_secret=new_secret, limits=LIMITS)

    with pytest.raises(SignInRefused):
        enter(sign_in, account)


def test_old_sessions_and_old_failures_are_cleared_away(transactions, sign_in) -> None:
    account = make_account(transactions)
    old = enter(sign_in, account).token
    with pytest.raises(SignInRefused):
        enter(sign_in, account, "not the password", address="192.0.2.9")

    enter(sign_in, account, now=NOW + timedelta(days=2))

    with transactions() as unit:
        assert unit.page_sessions.held(digest(old)) is None
        assert unit.sign_in_failures.of(digest("address:192.0.2.9")) is None


# Who is asking


def test_a_session_is_written_at_most_once_a_minute(transactions, sign_in, authenticate) -> None:
    token = enter(sign_in, make_account(transactions)).token

    seen = []
    for seconds in (59, 60, 100, 130):
        authenticate.by_session(token, now=NOW + timedelta(seconds=seconds))
        with transactions() as unit:
            seen.append((unit.page_sessions.held(digest(token))[0].last_seen_at - NOW).total_seconds())

    assert seen == [0, 60, 60, 130]


def test_who_asks_while_another_writes_is_not_kept_waiting(transactions, sign_in, authenticate) -> None:
    account = make_account(transactions)
    token = enter(sign_in, account).token

    with transactions() as writer:
        writer.lock()
        later = NOW + timedelta(minutes=5)
        assert authenticate.by_session(token, now=later) == actor_of(account)


def test_a_key_brings_the_role_that_its_account_has_now(transactions, authenticate) -> None:
    account = make_account(transactions, role=Role.OFFICE)
    issue = IssueKey(transactions=transactions, new_id=new_id, new_secret=new_secret)
    issued = issue(OPERATOR, name="k", scopes=["jobs"], expires_at=None, now=NOW, account_id=account.id)
    change = AccountChange(role=Role.STARTUP, carrier=None, disabled=False)

    before = authenticate.by_key(issued.written, now=NOW)
    ChangeAccount(transactions)(OPERATOR, account.id, change, expected_version=None, now=NOW)
    after = authenticate.by_key(issued.written, now=NOW)

    assert before == replace(actor_of(account), scopes=frozenset({"jobs"}), with_key=True)
    assert after.role is Role.STARTUP


# Every use case asks for itself


def use_cases(transactions, passwords) -> list:
    create = CreateAccount(transactions=transactions, hasher=passwords, new_id=new_id, new_password=new_secret)
    issue = IssueKey(transactions=transactions, new_id=new_id, new_secret=new_secret)
    password = SetPassword(transactions=transactions, hasher=passwords, new_password=new_secret)
    read = ReadAccounts(transactions)
    new = NewAccount(login="new-one", role=Role.ADMIN)
    change = AccountChange(role=Role.ADMIN, carrier=None, disabled=False)
    return [
        lambda actor: create(actor, new, now=NOW),
        lambda actor: ChangeAccount(transactions)(actor, "x", change, expected_version=None, now=NOW),
        lambda actor: password.of(actor, "x", None),
        lambda actor: read.page(actor, after=None, limit=1),
        lambda actor: read.one(actor, "x"),
        lambda actor: password.own(actor, current=PASSWORD, new=PASSWORD, now=NOW),
        lambda actor: issue(actor, name="k", scopes=None, expires_at=None, now=NOW),
        lambda actor: ListKeys(transactions)(actor),
        lambda actor: RevokeKey(transactions)(actor, "x", now=NOW),
        lambda actor: read.own(actor),
    ]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_use_case_can_be_reached_past_the_table(transactions, passwords) -> None:
    office = actor_of(make_account(transactions, role=Role.OFFICE))
    narrow = replace(office, scopes=frozenset({"jobs"}), with_key=True)

    for use_case in use_cases(transactions, passwords):
        with pytest.raises(SignInNeeded):
            use_case(NOBODY)
        with pytest.raises(NotAllowed):
            use_case(narrow)
    for use_case in use_cases(transactions, passwords)[:5]:
        with pytest.raises(NotAllowed):
            use_case(office)
