"""Signing in with a page: what it takes, what it gives, how it ends, and who is kept out."""

from dataclasses import replace
from http.cookies import SimpleCookie

import pytest
from structlog.testing import capture_logs

from matcher.domain.accounts import Role
from tests.accounts import PASSWORD
from tests.http.signing import HTTPS, a_house, bearer, sign_in, signed_in

COOKIE = "__Host-matcher"
NEW = "another good password"


@pytest.fixture
def account(house):
    return house.account()


@pytest.fixture
def page(house):
    with house.client() as client:
        yield client


def kind(answer) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()["type"].removeprefix("/problems/")


# Coming in


def test_attempts_are_counted_by_their_outcome(page, account) -> None:
    for password in (PASSWORD, *["another word"] * 6):
        sign_in(page, account, password)

    figures = page.get("/metrics").text
    for outcome, n in (("opened", 1.0), ("refused", 5.0), ("held_off", 1.0)):
        assert f'matcher_signins_total{{outcome="{outcome}"}} {n}' in figures


def test_who_signs_in_is_told_who_it_is_and_what_it_may_do(page, account) -> None:
    answer = sign_in(page, account)

    assert answer.status_code == 200
    told = answer.json()
    assert told["account"]["login"] == account.login
    assert "startups.create" in told["may"]
    assert "accounts.manage" not in told["may"]
    assert page.get("/v1/session").json() | {"request_id": None} == told | {"request_id": None}


def test_capitals_and_spaces_around_a_login_do_not_matter(page, account) -> None:
    answer = page.post("/v1/session", json={"login": f" {account.login.upper()} ", "password": PASSWORD})

    assert answer.status_code == 200


def test_the_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts(page, account) -> None:
    morsel = SimpleCookie(sign_in(page, account).headers["set-cookie"])[COOKIE]

    assert morsel["httponly"]
    assert morsel["secure"]
    assert morsel["samesite"] == "lax"
    assert morsel["path"] == "/"
    assert morsel["domain"] == ""


def test_in_a_closed_network_without_https_the_cookie_can_do_without(services, own_store) -> None:
    house = a_house(services, own_store, secure_cookies=False)
    account = house.account()
    with house.client() as page:
        page.base_url = "http://testserver"
        morsel = SimpleCookie(sign_in(page, account).headers["set-cookie"])["matcher"]

        assert not morsel["secure"]
        assert page.get("/v1/session").status_code == 200


def test_nothing_of_a_session_is_kept_by_caches(page, account) -> None:
    assert sign_in(page, account).headers["cache-control"] == "no-store"
    assert page.get("/v1/session").headers["cache-control"] == "no-store"


def test_nobody_is_told_to_sign_in(page) -> None:
    answer = page.get("/v1/session")

    assert (answer.status_code, kind(answer)) == (401, "sign-in-needed")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_signing_in_never_takes_over_a_token_that_the_browser_brought(page, account) -> None:
    planted = "chosen-by-somebody-else-who-waits"
    answer = sign_in(page, account, headers={"Cookie": f"{COOKIE}={planted}"})
    given = SimpleCookie(answer.headers["set-cookie"])[COOKIE].value
    page.cookies.clear()

    assert given != planted
    assert page.get("/v1/session", headers={"Cookie": f"{COOKIE}={planted}"}).status_code == 401


def test_the_session_that_a_browser_had_before_ends(house, account) -> None:
    with house.client() as page:
        sign_in(page, account)
        old = page.cookies[COOKIE]
        sign_in(page, account)
        new = page.cookies[COOKIE]
        page.cookies.clear()

        assert page.get("/v1/session", headers={"Cookie": f"{COOKIE}={old}"}).status_code == 401
        assert page.get("/v1/session", headers={"Cookie": f"{COOKIE}={new}"}).status_code == 200


# Kept out


def refused(page, login: str, password: str):
    answer = page.post("/v1/session", json={"login": login, "password": password})
    assert "set-cookie" not in answer.headers
    return answer.status_code, {**answer.json(), "request_id": None}


def test_unknown_login_wrong_password_and_disabled_account_are_refused_alike(house, page, account) -> None:
    disabled = house.account()
    with house.store.transactions() as unit:
        unit.accounts.replace(replace(disabled, disabled_at=house.clock()))
        unit.commit()

    answers = [
        refused(page, account.login, "not the password"),
        refused(page, "nobody-at-all", PASSWORD),
        refused(page, disabled.login, PASSWORD),
        refused(page, "Kein gültiger Name\r\nX: y", PASSWORD),
        refused(page, "'; DROP TABLE accounts; --", PASSWORD),
    ]

    assert answers[0][0] == 401
    assert all(answer == answers[0] for answer in answers)


def test_an_unknown_login_costs_as_much_work_as_a_wrong_password(house, page, account) -> None:
    done = []
    for login in (account.login, "nobody-at-all"):
        house.passwords.verified.clear()
        house.passwords.n_hashes = 0
        refused(page, login, "not the password")
        done.append((list(house.passwords.verified), house.passwords.n_hashes))

    assert done[0] == done[1]
    assert len(done[0][0]) == 1


def test_whoever_guesses_waits_longer_and_longer(house, page, account) -> None:
    for _ in range(5):
        assert refused(page, account.login, "a guess")[0] == 401

    waits = []
    for _ in range(3):
        answer = page.post("/v1/session", json={"login": account.login, "password": PASSWORD})
        assert (answer.status_code, kind(answer)) == (429, "too-many")
        waits.append(int(answer.headers["retry-after"]))
        house.clock.forward(seconds=waits[-1])
        assert refused(page, account.login, "a guess")[0] == 401

    assert waits == [5, 10, 20]


def test_after_the_wait_the_right_password_lets_in_and_ends_the_counting(house, page, account) -> None:
    for _ in range(5):
        refused(page, account.login, "a guess")
    house.clock.forward(seconds=5)

    assert sign_in(page, account).status_code == 200
    assert [refused(page, account.login, "a guess")[0] for _ in range(5)] == [401] * 5


def test_a_login_that_does_not_exist_is_locked_like_one_that_does(page, account) -> None:
    for login in (account.login, "nobody-at-all"):
        for _ in range(5):
            refused(page, login, "a guess")

    assert refused(page, account.login, "a guess") == refused(page, "nobody-at-all", "a guess")


def test_many_logins_tried_from_one_address_are_slowed_down_too(page, account) -> None:
    statuses = [refused(page, f"somebody-{n}", "a guess")[0] for n in range(31)]

    assert statuses == [401] * 30 + [429]
    assert sign_in(page, account).status_code == 429


def test_one_good_account_does_not_open_the_way_to_guess_at_others(house, page, account) -> None:
    for n in range(28):
        refused(page, f"somebody-{n}", "a guess")
    assert sign_in(page, account).status_code == 200

    statuses = [refused(page, f"somebody-{n}", "a guess")[0] for n in range(28, 32)]

    assert statuses == [401, 401, 429, 429]


def test_processes_that_share_a_store_count_together(services, own_store, house, account) -> None:
    other = a_house(services, own_store)
    with house.client() as one, other.client() as two:
        for page in (one, two, one, two, one):
            assert refused(page, account.login, "a guess")[0] == 401

        assert refused(two, account.login, "a guess")[0] == 429


@pytest.mark.parametrize(
    "body", [{"login": "a"}, {"login": "a", "password": "b", "role": "admin"}, {"login": 1, "password": "b"}]
)
def test_fields_that_are_missing_unknown_or_of_another_kind_are_refused(page, body) -> None:
    assert page.post("/v1/session", json=body).status_code == 422


def test_a_form_of_another_site_cannot_sign_anybody_in(page, account) -> None:
    form = page.post("/v1/session", data={"login": account.login, "password": PASSWORD})
    foreign = sign_in(page, account, headers={"Origin": "https://elsewhere.example"})

    assert form.status_code == 415
    assert (foreign.status_code, kind(foreign)) == (403, "forged-request")


def test_neither_login_nor_password_reaches_the_log(page, account) -> None:
    with capture_logs() as lines:
        sign_in(page, account)
        refused(page, "a-secret-login", "a-secret-password")

    assert len(lines) == 2
    assert account.login not in str(lines)
    assert "secret" not in str(lines)
    assert PASSWORD not in str(lines)


# How a session ends


def test_who_signs_out_is_nobody_and_its_token_is_worth_nothing(page, account) -> None:
    csrf = signed_in(page, account)
    token = page.cookies[COOKIE]

    assert page.delete("/v1/session", headers=csrf).status_code == 204
    assert COOKIE not in page.cookies
    assert page.get("/v1/session", headers={"Cookie": f"{COOKIE}={token}"}).status_code == 401


def test_a_session_that_is_not_used_ends(house, page, account) -> None:
    signed_in(page, account)
    house.clock.forward(minutes=119)
    assert page.get("/v1/session").status_code == 200
    house.clock.forward(minutes=119)
    assert page.get("/v1/session").status_code == 200

    house.clock.forward(minutes=121)

    assert page.get("/v1/session").status_code == 401


def test_a_session_ends_even_if_it_is_used(house, page, account) -> None:
    signed_in(page, account)
    for _ in range(11):
        house.clock.forward(hours=1)
        assert page.get("/v1/session").status_code == 200

    house.clock.forward(hours=1)

    assert page.get("/v1/session").status_code == 401


def test_a_new_password_ends_all_sessions_and_is_the_only_one_that_fits(house, account) -> None:
    with house.client() as page, house.client() as other:
        csrf = signed_in(page, account)
        signed_in(other, account)

        changed = page.post("/v1/account/password", json={"current": PASSWORD, "new": NEW}, headers=csrf)

        assert changed.status_code == 204
        assert (page.get("/v1/session").status_code, other.get("/v1/session").status_code) == (401, 401)
        assert sign_in(page, account).status_code == 401
        assert sign_in(page, account, NEW).status_code == 200


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [("wrong one", NEW, "current"), (PASSWORD, "short", "new"), (PASSWORD, "aaaaaaaaaaaa", "new")],
)
def test_a_password_that_cannot_be_changed_like_this_stays(page, account, current, new, field) -> None:
    csrf = signed_in(page, account)

    answer = page.post("/v1/account/password", json={"current": current, "new": new}, headers=csrf)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert new not in answer.text
    assert sign_in(page, account).status_code == 200


def test_whoever_found_an_open_page_cannot_guess_the_password_there(page, account) -> None:
    csrf = signed_in(page, account)
    body = {"current": "a guess at it", "new": NEW}

    statuses = [page.post("/v1/account/password", json=body, headers=csrf).status_code for _ in range(6)]

    assert statuses == [422] * 5 + [429]


def test_a_role_that_was_changed_counts_from_the_next_request(house, page) -> None:
    account = house.account(Role.ADMIN)
    house.account(Role.ADMIN)
    signed_in(page, account)
    assert page.get("/v1/accounts").status_code == 200
    with house.store.transactions() as unit:
        unit.accounts.replace(replace(account, role=Role.OFFICE))
        unit.commit()

    assert page.get("/v1/accounts").status_code == 403


# Writes with the cookie


WRITE = {"name": "a key"}


def test_a_write_needs_the_token_of_this_session(house, page, account) -> None:
    own = signed_in(page, account)
    with house.client() as other:
        of_another = signed_in(other, account)

    answers = [
        page.post("/v1/keys", json=WRITE, headers=headers)
        for headers in ({}, of_another, {"X-CSRF-Token": "ä".encode()})
    ]

    assert [(answer.status_code, kind(answer)) for answer in answers] == [(403, "forged-request")] * 3
    assert page.post("/v1/keys", json=WRITE, headers=own).status_code == 201


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://testserver.elsewhere", "https://testserver:444"]
)
def test_a_write_from_another_site_is_refused_even_with_the_token(page, account, origin) -> None:
    csrf = signed_in(page, account)

    answer = page.post("/v1/keys", json=WRITE, headers=csrf | {"Origin": origin})

    assert (answer.status_code, kind(answer)) == (403, "forged-request")


def test_a_write_from_ones_own_page_is_taken(page, account) -> None:
    csrf = signed_in(page, account)

    assert page.post("/v1/keys", json=WRITE, headers=csrf | {"Origin": HTTPS}).status_code == 201


def test_behind_a_proxy_the_public_address_is_ones_own(services, own_store) -> None:
    house = a_house(services, own_store, public_url="https://match.example.org/")
    account = house.account()
    with house.client() as page:
        csrf = signed_in(page, account)
        ours = page.post("/v1/keys", json=WRITE, headers=csrf | {"Origin": "https://match.example.org"})
        inner = page.post("/v1/keys", json=WRITE, headers=csrf | {"Origin": HTTPS})

    assert (ours.status_code, inner.status_code) == (201, 403)


def test_reading_needs_no_token(page, account) -> None:
    signed_in(page, account)

    assert page.get("/v1/keys").status_code == 200
    assert page.head("/v1/keys").status_code == 200


def test_an_old_cookie_closes_nothing_that_is_open_to_all(house, page, account) -> None:
    signed_in(page, account)
    house.clock.forward(days=2)

    assert page.get("/v1/taxonomy").status_code == 200
    assert page.post("/v1/recommendations", json={"text": "a"}).status_code == 200


def test_a_key_counts_before_the_cookie(house, page, account) -> None:
    signed_in(page, account)
    admin = house.account(Role.ADMIN)

    answer = page.get("/v1/session", headers=bearer(house.key_of(admin)))

    assert answer.json()["account"]["id"] == admin.id
    assert answer.json()["csrf_token"] is None
