"""Accounts and keys over HTTP: an administrator manages the ones, everybody the others, and no secret comes back."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from matcher.domain.accounts import Role
from tests.accounts import ADMIN, PASSWORD
from tests.http.signing import bearer, sign_in, signed_in

ACCOUNTS, KEYS = "/v1/accounts", "/v1/keys"


@pytest.fixture
def client(house):
    with house.client() as client:
        yield client


@pytest.fixture
def admin(house):
    """The headers of an administrator's program."""
    return bearer(house.key_of(house.account(Role.ADMIN, login="the-admin")))


def kind(answer) -> str:
    return answer.json()["type"].removeprefix("/problems/")


# Accounts


def test_a_new_account_signs_in_with_the_password_that_was_told_once(client, admin) -> None:
    made = client.post(ACCOUNTS, json={"login": "Lab@Example", "role": "startup"}, headers=admin)

    assert made.status_code == 201
    account, password = made.json()["account"], made.json()["password"]
    assert account["login"] == "lab@example"
    assert len(password) >= 20
    read = client.get(made.headers["location"], headers=admin)
    assert read.json()["account"] == account
    assert "password" not in read.text
    assert client.post("/v1/session", json={"login": "lab@example", "password": password}).status_code == 200


def test_a_password_that_was_given_is_not_repeated(client, admin) -> None:
    made = client.post(ACCOUNTS, json={"login": "lab", "role": "startup", "password": PASSWORD}, headers=admin)

    assert made.json()["password"] is None
    assert PASSWORD not in made.text


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"login": "x", "role": "startup"}, "login"),
        ({"login": "a b", "role": "startup"}, "login"),
        ({"login": "аdmin", "role": "startup"}, "login"),  # its first letter is Cyrillic
        ({"login": "a\r\nSet-Cookie: b", "role": "startup"}, "login"),
        ({"login": "ok-login", "role": "startup", "password": "short"}, "password"),
        ({"login": "ok-login-1", "role": "startup", "password": "ok-login-1"}, "password"),
        ({"login": "ok-login", "role": "staff"}, "carrier"),
        ({"login": "ok-login", "role": "staff", "carrier": "nowhere"}, "carrier"),
        ({"login": "ok-login", "role": "office", "carrier": "cn001"}, "carrier"),
    ],
)
def test_what_cannot_be_an_account_is_refused_by_field(client, admin, body, field) -> None:
    answer = client.post(ACCOUNTS, json=body, headers=admin)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("extra", ["id", "version", "created_at", "disabled_at", "password_hash", "scopes"])
def test_what_the_program_decides_cannot_be_sent(client, admin, extra) -> None:
    new = client.post(ACCOUNTS, json={"login": "lab", "role": "startup", extra: "1"}, headers=admin)
    made = client.post(ACCOUNTS, json={"login": "lab", "role": "startup"}, headers=admin)
    changed = client.patch(
        made.headers["location"], json={extra: "1"}, headers=admin | {"If-Match": made.headers["etag"]}
    )

    assert [(answer.status_code, kind(answer)) for answer in (new, changed)] == [(422, "invalid-request")] * 2


def test_a_login_that_is_taken_is_a_conflict(client, admin) -> None:
    answer = client.post(ACCOUNTS, json={"login": "THE-ADMIN", "role": "startup"}, headers=admin)

    assert (answer.status_code, kind(answer)) == (409, "login-taken")


def test_pages_in_a_row_show_every_account_once(house, client, admin) -> None:
    for login in ("zz", "mm", "aa", "kk"):
        house.account(login=login)

    shown, address = [], f"{ACCOUNTS}?limit=2"
    while address:
        page = client.get(address, headers=admin)
        shown += [account["login"] for account in page.json()["accounts"]]
        address = page.links["next"]["url"] if "next" in page.links else None

    assert shown == ["aa", "kk", "mm", "the-admin", "zz"]
    assert client.get(f"{ACCOUNTS}?cursor=nonsense", headers=admin).status_code == 422


def test_a_change_rests_on_the_version_that_was_read(house, client, admin) -> None:
    address = f"{ACCOUNTS}/{house.account().id}"
    tag = client.get(address, headers=admin).headers["etag"]
    change = {"role": "staff", "carrier": "cn001"}

    blind = client.patch(address, json=change, headers=admin)
    done = client.patch(address, json=change, headers=admin | {"If-Match": tag})
    stale = client.patch(address, json={"disabled": True}, headers=admin | {"If-Match": tag})
    odd = client.patch(address, json={"disabled": True}, headers=admin | {"If-Match": '"x"'})
    anyway = client.patch(address, json={"disabled": True}, headers=admin | {"If-Match": "*"})

    assert [answer.status_code for answer in (blind, done, stale, odd, anyway)] == [428, 200, 412, 412, 200]
    assert done.headers["etag"] != tag
    assert (done.json()["account"]["role"], done.json()["account"]["carrier"]) == ("staff", "cn001")
    assert anyway.json()["account"]["carrier"] == "cn001"
    assert anyway.json()["account"]["disabled_at"] is not None


def test_a_change_that_says_nothing_new_is_no_change(house, client, admin) -> None:
    address = f"{ACCOUNTS}/{house.account().id}"
    tag = client.get(address, headers=admin).headers["etag"]

    assert client.patch(address, json={"role": "startup"}, headers=admin | {"If-Match": tag}).headers["etag"] == tag


def test_who_is_disabled_is_out_at_once_and_back_when_enabled(house, client, admin) -> None:
    account = house.account()
    key = bearer(house.key_of(account))
    address = f"{ACCOUNTS}/{account.id}"
    with house.client() as page:
        signed_in(page, account)

        client.patch(address, json={"disabled": True}, headers=admin | {"If-Match": "*"})
        assert page.get("/v1/session").status_code == 401
        assert client.get("/v1/session", headers=key).status_code == 401

        client.patch(address, json={"disabled": False}, headers=admin | {"If-Match": "*"})
        assert page.get("/v1/session").status_code == 401
        assert client.get("/v1/session", headers=key).status_code == 200
        assert sign_in(page, account).status_code == 200


@pytest.mark.parametrize("change", [{"disabled": True}, {"role": "office"}])
def test_the_last_administrator_stays(client, admin, change) -> None:
    own = client.get("/v1/session", headers=admin).json()["account"]["id"]

    answer = client.patch(f"{ACCOUNTS}/{own}", json=change, headers=admin | {"If-Match": "*"})

    assert answer.status_code == 422
    assert client.get(ACCOUNTS, headers=admin).status_code == 200


def test_a_password_that_was_set_anew_signs_out_and_lets_in(house, client, admin) -> None:
    account = house.account()
    with house.client() as page:
        signed_in(page, account)
        told = client.post(f"{ACCOUNTS}/{account.id}/password", json={}, headers=admin).json()["password"]

        assert page.get("/v1/session").status_code == 401
        assert sign_in(page, account).status_code == 401
        assert sign_in(page, account, told).status_code == 200


def test_a_new_password_from_the_administrator_ends_the_waiting(house, client, admin) -> None:
    account = house.account()
    for _ in range(5):
        sign_in(client, account, "a guess")
    told = client.post(f"{ACCOUNTS}/{account.id}/password", json={}, headers=admin).json()["password"]

    assert sign_in(client, account, told).status_code == 200


def test_an_account_that_is_not_there_is_not_found(client, admin) -> None:
    answers = [
        client.get(f"{ACCOUNTS}/nobody", headers=admin),
        client.patch(f"{ACCOUNTS}/nobody", json={}, headers=admin | {"If-Match": "*"}),
        client.post(f"{ACCOUNTS}/nobody/password", json={}, headers=admin),
    ]

    assert [(answer.status_code, kind(answer)) for answer in answers] == [(404, "account-not-found")] * 3


@pytest.mark.parametrize("role", [Role.STARTUP, Role.OFFICE])
def test_others_than_administrators_learn_nothing_of_accounts(house, client, role) -> None:
    me = house.account(role)
    key = bearer(house.key_of(me))

    answers = [client.get(f"{ACCOUNTS}/{name}", headers=key) for name in ("nobody", me.id)]
    answers.append(client.post(ACCOUNTS, json={"login": 5}, headers=key))  # before the body is looked at

    assert [(answer.status_code, kind(answer)) for answer in answers] == [(403, "not-allowed")] * 3
    assert client.post(ACCOUNTS, json={"login": 5}).status_code == 401


# Keys


def test_a_key_is_told_once_and_lets_its_owner_in(house, client) -> None:
    account = house.account()
    csrf = signed_in(client, account)

    made = client.post(KEYS, json={"name": "nightly"}, headers=csrf).json()

    assert made["secret"].startswith(f"mk_{made['key']['id']}_")
    listed = client.get(KEYS)
    assert listed.json()["keys"] == [made["key"]]
    assert made["secret"].rpartition("_")[2] not in listed.text
    with house.client() as program:
        assert program.get("/v1/session", headers=bearer(made["secret"])).json()["account"]["id"] == account.id


def test_neither_the_store_nor_the_log_holds_a_key(house, client, own_store) -> None:
    csrf = signed_in(client, house.account())
    with capture_logs() as lines:
        written = client.post(KEYS, json={"name": "nightly"}, headers=csrf).json()["secret"]
        client.get("/v1/session", headers=bearer(written))
    secret = written.split("_", 2)[2]

    with own_store.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())

    assert secret not in dump
    assert secret not in str(lines)


def test_a_key_may_do_what_its_scopes_say_and_no_more(house, client) -> None:
    admin = house.account(Role.ADMIN)
    narrow, wide = (bearer(house.key_of(admin, scopes)) for scopes in (["account.read"], ["accounts", "account"]))

    assert client.get("/v1/session", headers=narrow).json()["may"] == ["account.read"]
    assert client.get(ACCOUNTS, headers=narrow).status_code == 403
    assert client.get(ACCOUNTS, headers=wide).status_code == 200


def test_a_key_can_neither_make_keys_nor_change_the_password(house, client) -> None:
    key = bearer(house.key_of(house.account()))

    answers = [
        client.get(KEYS, headers=key),
        client.post(KEYS, json={"name": "another"}, headers=key),
        client.delete(f"{KEYS}/x", headers=key),
        client.post("/v1/account/password", json={"current": PASSWORD, "new": "long enough now"}, headers=key),
    ]

    assert [(answer.status_code, kind(answer)) for answer in answers] == [(403, "not-allowed")] * 4


def test_a_key_ends_when_it_expires_or_is_revoked(house, client) -> None:
    csrf = signed_in(client, house.account())
    short = client.post(KEYS, json={"name": "short", "expires_in_days": 1}, headers=csrf).json()
    long = client.post(KEYS, json={"name": "long", "expires_in_days": None}, headers=csrf).json()

    assert client.delete(f"{KEYS}/{long['key']['id']}", headers=csrf).status_code == 204
    assert client.get("/v1/session", headers=bearer(long["secret"])).status_code == 401

    assert client.get("/v1/session", headers=bearer(short["secret"])).status_code == 200
    house.clock.forward(days=1)
    assert client.get("/v1/session", headers=bearer(short["secret"])).status_code == 401


def test_every_key_that_does_not_hold_is_refused_in_the_same_words(house, client) -> None:
    account, disabled = house.account(), house.account()
    good = house.key_of(account)
    expired = house.key_of(account, expires_at=house.clock() + timedelta(seconds=1))
    of_disabled = house.key_of(disabled)
    identity = house.services.registry.identity
    revoked = house.key_of(account)
    admin = bearer(house.key_of(house.account(Role.ADMIN)))
    client.patch(f"{ACCOUNTS}/{disabled.id}", json={"disabled": True}, headers=admin | {"If-Match": "*"})
    identity.revoke_key(ADMIN, revoked.split("_")[1], now=house.clock())
    house.clock.forward(minutes=1)
    wrong = good[:-1] + ("a" if good[-1] != "a" else "b")

    keys = [expired, of_disabled, revoked, wrong, "mk_0000000000000000_" + "x" * 43, "nonsense", "", "mk_%00_' OR 1=1"]
    answers = [client.get("/v1/session", headers=bearer(key)) for key in keys]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.json()["detail"] for answer in answers}) == 1
    assert client.get("/v1/session", headers=bearer(good)).status_code == 200


def test_a_key_that_does_not_hold_is_refused_where_all_may_ask_too(client) -> None:
    answer = client.post("/v1/recommendations", json={"text": "a"}, headers=bearer("mk_0000000000000000_" + "x" * 43))

    assert answer.status_code == 401


def test_another_way_to_authorize_is_refused_with_the_right_one(client) -> None:
    answer = client.get("/v1/session", headers={"Authorization": "Basic YTpi"})

    assert answer.status_code == 401
    assert "Bearer" in answer.json()["detail"]


def test_anothers_key_and_one_that_is_not_there_are_the_same(house, client) -> None:
    anothers = house.key_of(house.account()).split("_")[1]
    csrf = signed_in(client, house.account())

    answers = [client.delete(f"{KEYS}/{key_id}", headers=csrf) for key_id in (anothers, "0" * 16)]

    assert [(answer.status_code, answer.json()["detail"]) for answer in answers] == [(404, "There is no such key.")] * 2


def test_an_administrator_may_revoke_anybodys_key(house, client) -> None:
    key = house.key_of(house.account())
    csrf = signed_in(client, house.account(Role.ADMIN))

    assert client.delete(f"{KEYS}/{key.split('_')[1]}", headers=csrf).status_code == 204
    assert client.get("/v1/session", headers=bearer(key)).status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "a\nb"}, "name"),
        ({"name": " "}, "name"),
        ({"name": "a", "scopes": ["accounts"]}, "scopes"),
        ({"name": "a", "scopes": ["keys.manage"]}, "scopes"),
        ({"name": "a", "scopes": []}, "scopes"),
        ({"name": "a", "account": "another"}, "account"),
        ({"name": "a", "expires_in_days": 0}, "expires_in_days"),
    ],
)
def test_what_cannot_be_a_key_is_refused_by_field(house, client, body, field) -> None:
    csrf = signed_in(client, house.account())

    answer = client.post(KEYS, json=body, headers=csrf)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_there_are_at_most_fifty_valid_keys(house, client) -> None:
    account = house.account()
    keys = [house.key_of(account) for _ in range(50)]
    csrf = signed_in(client, account)

    assert client.post(KEYS, json={"name": "one more"}, headers=csrf).status_code == 422
    client.delete(f"{KEYS}/{keys[0].split('_')[1]}", headers=csrf)
    assert client.post(KEYS, json={"name": "one more"}, headers=csrf).status_code == 201


def test_the_day_of_the_last_use_is_noted(house, client) -> None:
    account = house.account()
    key = house.key_of(account)
    csrf = signed_in(client, account)
    assert [one["last_used_on"] for one in client.get(KEYS).json()["keys"]] == [None]

    with house.client() as program:
        program.get("/v1/session", headers=bearer(key))

    assert [one["last_used_on"] for one in client.get(KEYS, headers=csrf).json()["keys"]] == ["2026-11-24"]
