"""Counting who asks, and hashing passwords."""

import pytest

from api.addresses import counted_as
from api.asks import SWEPT_AT, Asks, WindowCounts
from api.passwords import LANES, MEMORY_KIB, PASSES, Argon2Passwords
from matcher.domain.errors import TooMany


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_minute_after_the_first_one_may_ask_again() -> None:
    clock = Seconds()
    counted = Asks(clock)
    counted.count("a", 2)
    clock.now += 59
    counted.count("a", 2)
    with pytest.raises(TooMany) as raised:
        counted.count("a", 2)

    assert raised.value.retry_after_s == 1
    clock.now += 1
    counted.count("a", 2)


def test_nothing_is_counted_where_there_is_no_limit() -> None:
    counted = Asks(Seconds())
    for _ in range(100):
        counted.count("a", 0)


def test_those_whose_minute_is_over_are_forgotten_when_there_are_many() -> None:
    clock = Seconds()
    counts = WindowCounts(clock)
    for n in range(SWEPT_AT):
        counts.incr(f"old {n}", 60)
    clock.now += 61
    counts.incr("new", 60)

    assert counts.reset() == 1


def test_counts_can_be_read_and_cleared() -> None:
    clock = Seconds()
    counts = WindowCounts(clock)
    counts.incr("a", 60, amount=2)

    assert (counts.get("a"), counts.get_expiry("a"), counts.get("b")) == (2, 1060.0, 0)
    counts.clear("a")
    assert counts.get("a") == 0
    assert counts.check()


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8:0:0:ffff::", "2001:db8::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("testclient", "testclient"),
    ],
)
def test_an_address_is_counted_as_what_one_caller_can_have(host, counted) -> None:
    assert counted_as(host) == counted


# Passwords


@pytest.fixture(scope="module")
def passwords():
    return Argon2Passwords()


def test_a_password_fits_its_hash_and_no_other_does(passwords) -> None:
    hashed = passwords.hash("密码 with ß and \udc80")

    assert "密码" not in hashed
    assert passwords.verifies(hashed, "密码 with ß and \udc80")
    assert not passwords.verifies(hashed, "密码 with ss and \udc80")
    assert hashed != passwords.hash("密码 with ß and \udc80")


def test_the_stand_in_costs_as_much_as_a_hash_and_no_password_fits_it(passwords) -> None:
    costs = passwords.hash("any password").split("$")[:4]

    assert (
        passwords.stand_in.split("$")[:4] == costs == ["", "argon2id", "v=19", f"m={MEMORY_KIB},t={PASSES},p={LANES}"]
    )
    assert not passwords.verifies(passwords.stand_in, "any password")
    assert not passwords.is_outdated(passwords.stand_in)
    assert passwords.stand_in != Argon2Passwords().stand_in


def test_other_costs_make_a_hash_outdated(passwords) -> None:
    assert passwords.is_outdated(Argon2Passwords(memory_kib=64).hash("any password"))


def test_what_is_no_hash_fits_no_password(passwords) -> None:
    assert not passwords.verifies("nonsense", "any password")
