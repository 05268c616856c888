"""Signing in and out with a form, without a script."""

import pytest

from api.pages.sign_in_page import own_path
from matcher.domain.accounts import Role
from matcher.domain.ids import CarrierId
from tests.accounts import PASSWORD
from tests.http.paging import ORIGIN, Person, said_by


@pytest.fixture
def person(house):
    with house.client() as client:
        yield Person(client)


@pytest.mark.parametrize(
    ("role", "first"), [(Role.STARTUP, "/me"), (Role.STAFF, "/desk"), (Role.OFFICE, "/office"), (Role.ADMIN, "/office")]
)
def test_whoever_signs_in_comes_to_the_page_of_its_role(house, person, role, first) -> None:
    account = house.account(role, carrier=CarrierId("cn001") if role is Role.STAFF else None)

    answer = person.signs_in(account)

    assert (answer.status_code, answer.headers["location"]) == (303, first)
    assert answer.headers["cache-control"] == "no-store"
    assert "HttpOnly" in answer.headers["set-cookie"]


def test_whoever_was_asked_to_sign_in_comes_back_to_where_it_wanted_to_go(house, person) -> None:
    account = house.account()
    asked = person.opens("/me/account")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=%2Fme%2Faccount")
    form = person.opens(asked.headers["location"])
    assert 'name="next" value="/me/account"' in form.text

    assert person.signs_in(account, next="/me/account").headers["location"] == "/me/account"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil", "me", "/sign-in", "/" + "a" * 600, ""],
)
def test_no_address_leads_to_another_site(house, person, elsewhere) -> None:
    account = house.account()

    assert own_path(elsewhere) is None
    assert person.signs_in(account, next=elsewhere).headers["location"] == "/me"


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "Login and password do not belong together."), ("de", "Anmeldename und Passwort"), ("zh", "登录名")],
)
def test_a_wrong_password_is_told_in_the_callers_language_and_not_what_was_wrong(house, person, lang, words) -> None:
    account = house.account()
    person.opens("/sign-in", lang=lang)

    answer = person.signs_in(account, "another word")

    assert answer.status_code == 401
    assert words in said_by(answer)
    assert f'value="{account.login}"' in answer.text
    assert "another word" not in answer.text
    assert person.opens("/me").status_code == 303


def test_whoever_guesses_is_told_how_long_to_wait(house, person) -> None:
    account = house.account()
    for _ in range(5):
        person.signs_in(account, "another word")

    answer = person.signs_in(account)

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert f"{answer.headers['retry-after']} seconds" in said_by(answer)


def test_a_form_of_another_site_signs_nobody_in(house, person) -> None:
    account = house.account()
    fields = {"login": account.login, "password": PASSWORD}

    answer = person.client.post("/sign-in", data=fields, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("login", ['"><script>alert(1)</script>', "‮abc", "a" * 3000])
def test_whatever_stands_in_the_form_comes_back_as_text(person, login) -> None:
    answer = person.client.post("/sign-in", data={"login": login, "password": "x"}, headers=ORIGIN)

    assert answer.status_code == 401
    assert "<script>alert" not in answer.text


def test_whoever_has_signed_in_is_sent_on_from_the_form(house, person) -> None:
    person.signs_in(house.account(Role.OFFICE))

    answer = person.opens("/sign-in")

    assert (answer.status_code, answer.headers["location"]) == (303, "/office")


def test_signing_out_ends_the_session_and_says_so(house, person) -> None:
    person.signs_in(house.account())

    assert "You have signed out." in person.follows(person.sends("/sign-out"))
    assert person.opens("/me").headers["location"] == "/sign-in?next=%2Fme"


@pytest.mark.parametrize("token", [None, "wrong"])
def test_nobody_is_signed_out_without_the_token_of_the_page(house, person, token) -> None:
    person.signs_in(house.account())

    assert person.sends("/sign-out", token=token).status_code == 403
    assert person.opens("/me").status_code == 200
