"""Accounts, keys, sessions and passwords keep their own rules."""

from datetime import timedelta

import pytest

from matcher.domain.accounts import Role, login_from
from matcher.domain.credentials import ApiKey, ApiKeyId, Failures, PageSession
from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId
from matcher.domain.lockout import FORGOTTEN_AFTER, Patience, one_less, one_more
from matcher.domain.passwords import check_password
from matcher.domain.tokens import csrf_token, digest, is_csrf_token, is_same, parts_of_key, written_key
from tests.accounts import LIMITS, NOW, an_account

PATIENCE = Patience(free=3)
SECRET = "s" * 43


@pytest.mark.parametrize("login", ["lin", "a.b+c@example.org", "7up", "x" * 64, "a-"])
def test_a_login_is_plain(login) -> None:
    assert an_account(login=login).login == login


@pytest.mark.parametrize("login", ["", "a", "x" * 65, "Lin", "a b", "a\n", "-a", "名字", "ａdmin", "a:b", "a/b"])
def test_a_login_that_could_be_taken_for_another_is_refused(login) -> None:
    with pytest.raises(InvalidField):
        an_account(login=login)


def test_a_login_is_compared_without_capitals_and_space() -> None:
    assert login_from(" Lin@Example.ORG\n") == "lin@example.org"


@pytest.mark.parametrize("role", Role)
def test_staff_and_nobody_else_belongs_to_a_carrier(role) -> None:
    with pytest.raises(InvalidField):
        an_account(role=role, carrier=None if role is Role.STAFF else CarrierId("cn001"))


@pytest.mark.parametrize("password", ["123456789", "x" * 257, "aabbccaabbcc", "some-login-9"])
def test_a_password_that_is_short_endless_plain_or_the_login_is_refused(password) -> None:
    with pytest.raises(InvalidField) as raised:
        check_password(password, "some-login-9")

    assert password not in str(raised.value)


@pytest.mark.parametrize("password", ["1234567890", "x y z w" * 36, "密码很长也可以用中文写"])
def test_a_password_is_long_rather_than_odd(password) -> None:
    check_password(password, "some-login-9")


# Keys and sessions


def test_a_key_holds_until_it_expires_or_is_revoked() -> None:
    key = ApiKey(
        id=ApiKeyId("k"),
        account=an_account().id,
        name="k",
        scopes=None,
        created_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )

    assert key.holds(NOW + timedelta(hours=23))
    assert not key.holds(NOW + timedelta(days=1))


def test_a_session_holds_while_it_is_used_and_not_too_old() -> None:
    session = PageSession(account=an_account().id, created_at=NOW, last_seen_at=NOW + timedelta(hours=11))

    assert session.holds(NOW + timedelta(hours=11, minutes=59), LIMITS)
    assert not session.holds(NOW + timedelta(hours=12), LIMITS)
    assert not PageSession(account=session.account, created_at=NOW, last_seen_at=NOW).holds(NOW + LIMITS.idle, LIMITS)


def test_a_written_key_gives_its_parts_back() -> None:
    for secret in (SECRET, "_-" * 20, "a_b" * 12):
        assert parts_of_key(written_key(ApiKeyId("0123456789abcdef"), secret)) == ("0123456789abcdef", secret)


@pytest.mark.parametrize(
    "text", ["", "mk_", f"mk_short_{SECRET}", f"xx_0123456789abcdef_{SECRET}", f"mk_0123456789abcdef_{SECRET}\n"]
)
def test_what_is_no_key_has_no_parts(text) -> None:
    assert parts_of_key(text) is None


def test_of_a_secret_only_a_digest_is_kept() -> None:
    assert SECRET not in digest(SECRET)
    assert is_same(digest(SECRET), SECRET)
    assert not is_same(digest(SECRET), SECRET + "x")


def test_the_token_of_a_page_belongs_to_one_session_and_tells_nothing_of_it() -> None:
    assert is_csrf_token(SECRET, csrf_token(SECRET))
    assert not is_csrf_token("t" * 43, csrf_token(SECRET))
    assert csrf_token(SECRET) != digest(SECRET)


# Waiting


def waits(n: int, later: timedelta = timedelta()) -> float:
    return PATIENCE.wait(Failures(n=n, last_at=NOW), NOW + later).total_seconds()


def test_some_attempts_are_free_and_each_further_one_waits_twice_as_long() -> None:
    assert PATIENCE.wait(None, NOW) == timedelta()
    assert [waits(n) for n in range(1, 7)] == [0, 0, 5, 10, 20, 40]


def test_the_wait_has_an_end() -> None:
    assert waits(500) == 15 * 60
    assert waits(3, timedelta(seconds=4)) == 1
    assert waits(3, timedelta(seconds=5)) == 0


def test_a_clock_that_was_set_back_makes_nobody_wait_for_ever() -> None:
    assert waits(3, timedelta(days=-400)) == 0
    assert waits(3, timedelta(minutes=-10)) == 5


def test_failures_are_forgotten_after_a_day() -> None:
    old = Failures(n=500, last_at=NOW - FORGOTTEN_AFTER - timedelta(seconds=1))

    assert PATIENCE.wait(old, NOW) == timedelta()
    assert one_more(old, NOW) == Failures(n=1, last_at=NOW)
    assert one_more(Failures(n=2, last_at=NOW), NOW) == Failures(n=3, last_at=NOW)


def test_a_success_takes_its_own_attempt_back() -> None:
    assert one_less(Failures(n=3, last_at=NOW)) == Failures(n=2, last_at=NOW)
    assert one_less(Failures(n=1, last_at=NOW)) is None
    assert one_less(None) is None
