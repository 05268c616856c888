"""A startup's own pages: its texts, who may see it, who looked, keys, password, and the end of it all."""

import re

import pytest

from matcher.domain.accounts import Role
from matcher.domain.ids import CarrierId
from tests.accounts import PASSWORD
from tests.http.counting import with_board
from tests.http.paging import Person, main_of, said_by
from tests.http.signing import bearer
from tests.security.hostile import IMAGE, SCRIPT, TEMPLATE

CARRIER, CARRIER_NAME = CarrierId("cn001"), "German Centre"
TEXT = "We develop catheters and need a cleanroom."
FIELDS = {"name": "Catheter Ltd.", "text": TEXT, "contact": "mail us", "discoverable": "yes"}
NEW_PASSWORD = "another good password"


@pytest.fixture
def house(house, board):
    """With the services around leads on the same store."""
    return with_board(house, board)


@pytest.fixture
def owner(house):
    return house.account()


@pytest.fixture
def person(house, owner):
    with house.client() as client:
        someone = Person(client)
        someone.signs_in(owner)
        yield someone


def added(person, **fields: str) -> str:
    """The address of a new startup."""
    answer = person.sends("/me/startups/new", **{**FIELDS, **fields})
    assert answer.status_code == 303, said_by(answer)
    return answer.headers["location"].partition("?")[0]


def staff_asks(house, startup_address: str) -> None:
    """The carrier's staff contacts the startup's anonymous lead."""
    staff = bearer(house.key_of(house.account(Role.STAFF, carrier=CARRIER)))
    with house.client() as client:
        leads = f"/v1/carriers/{CARRIER}/leads"
        lead = client.get(leads, headers=staff).json()["leads"][0]["id"]
        body = {"json": {"status": "contacted"}, "headers": {**staff, "If-Match": "*"}}
        assert client.post(f"{leads}/{lead}/steps", **body).status_code == 201


# Texts


def test_a_startup_is_added_shown_and_listed(person) -> None:
    assert "Nothing is kept yet." in person.reads("/me")

    answer = person.sends("/me/startups/new", **FIELDS)

    shown = person.follows(answer)
    assert "The startup is kept, and in the lists from now on." in shown
    assert all(word in shown for word in ("Catheter Ltd.", TEXT, "mail us", "as an anonymous card"))
    assert "Catheter Ltd." in person.reads("/me")


def test_what_is_left_unchecked_is_no(person) -> None:
    fields = {name: word for name, word in FIELDS.items() if name != "discoverable"}

    shown = person.follows(person.sends("/me/startups/new", **fields))

    assert "seen by those alone to whom you consent" in shown
    assert "No model learns from it." in shown


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"text": " "}, "text", "The description is empty"),
        ({"name": " "}, "name", "A startup has a name."),
        ({"text": "绝密 We make valves."}, "text", "secrecy"),
        ({"stage": "stage.dream"}, "stage", "stage.dream"),
        ({"company_age_months": "ten"}, "company_age_months", "A whole number is expected."),
        ({"company_age_months": "99999"}, "company_age_months", "2,400"),
        ({"name": "a" * 201}, "name", "at most 200 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_typed_is_lost(person, wrong, field, words) -> None:
    answer = person.sends("/me/startups/new", **{**FIELDS, "districts": "沙溪, Suzhou", **wrong})

    assert answer.status_code == 422
    at_field = re.search(rf'id="wrong-{field}">([^<]*)<', answer.text)
    assert at_field is not None
    assert words in at_field[1]
    assert "mail us" in answer.text
    assert 'value="沙溪, Suzhou"' in answer.text
    assert "Nothing is kept yet." in person.reads("/me")


def test_what_is_wrong_is_said_in_the_callers_language(person) -> None:
    person.opens("/me", lang="de")

    answer = person.sends("/me/startups/new", **{**FIELDS, "company_age_months": "ten"})

    assert "ganze Zahl" in said_by(answer)


def test_a_change_keeps_what_the_form_does_not_ask_for(house, person, owner) -> None:
    key = bearer(house.key_of(owner))
    with house.client() as client:
        body = {"name": "A", "text": TEXT, "services": ["service.site"], "registered": True}
        made = client.post("/v1/startups", json=body, headers=key).json()
        address = f"/me/startups/{made['id']}"
        form = person.opens(f"{address}/edit").text
        assert '<option value="yes" selected' in form

        answer = person.sends(
            f"{address}/edit", **FIELDS, version="1", districts="沙溪、太仓", registered="no", company_age_months="14"
        )

        assert "The change is kept." in person.follows(answer)
        kept = client.get(f"/v1/startups/{made['id']}", headers=key).json()
    assert (kept["services"], kept["districts"]) == (["service.site"], ["沙溪", "太仓"])
    assert (kept["registered"], kept["company_age_months"], kept["version"]) == (False, 14, 2)


def test_a_change_over_a_newer_version_is_not_made(person) -> None:
    address = added(person)
    person.sends(f"{address}/edit", **{**FIELDS, "name": "Newer"}, version="1")

    answer = person.sends(f"{address}/edit", **{**FIELDS, "name": "Mine"}, version="1")

    assert answer.status_code == 412
    assert "has changed since you read it" in said_by(answer)
    assert 'value="Mine"' in answer.text
    assert "Newer" in person.reads(address)


def test_a_withdrawn_startup_can_be_brought_back(person) -> None:
    address = added(person)

    assert "in no list any more" in person.follows(person.sends(f"{address}/withdraw"))
    assert "withdrawn" in person.reads("/me")
    assert "back in the lists" in person.follows(person.sends(f"{address}/return"))


def test_a_startup_is_erased_once_that_is_confirmed(person) -> None:
    address = added(person)

    unsure = person.sends(f"{address}/erase")
    assert unsure.status_code == 422
    assert "Confirm that it is to be erased." in said_by(unsure)
    assert "The startup is erased" in person.follows(person.sends(f"{address}/erase", sure="yes"))
    assert person.opens(address).status_code == 404


def test_another_startup_is_as_one_that_is_not_there(house, person) -> None:
    address = added(person)
    with house.client() as client:
        stranger = Person(client)
        stranger.signs_in(house.account())
        for path in (address, f"{address}/edit", "/me/startups/" + "0" * 32):
            assert stranger.opens(path).status_code == 404
        for deed in ("edit", "withdraw", "return", "erase", "consents", "consents/cn001/withdraw"):
            answer = stranger.sends(f"{address}/{deed}", **FIELDS, sure="yes", carrier_id=CARRIER)
            assert answer.status_code == 404, deed


@pytest.mark.parametrize("hostile", [SCRIPT, IMAGE, TEMPLATE, "‮txet", "x" * 190, "🧪" * 40])
def test_whatever_a_startup_is_called_is_text(person, hostile) -> None:
    address = added(person, name=hostile, text=f"We make valves. {hostile}", contact=hostile)

    for path in ("/me", address, f"{address}/edit"):
        answer = person.opens(path)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text
        assert hostile in said_by(answer) + answer.text.replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">")


# Consents


def test_a_consent_is_given_shown_and_taken_back(person) -> None:
    address = added(person)
    assert "Nobody: carriers see at most the anonymous card." in person.reads(address)

    given = person.follows(person.sends(f"{address}/consents", carrier_id=CARRIER))
    assert "From now on this carrier may know who you are." in given
    assert "You consented to" in given
    assert "Carriers that may know who you are: 1" in person.reads("/me")

    taken = person.follows(person.sends(f"{address}/consents/{CARRIER}/withdraw"))
    assert "sees the anonymous card only" in taken
    assert "taken back on" in taken


def test_a_carrier_that_there_is_not_is_named_as_wrong(person) -> None:
    address = added(person)

    answer = person.sends(f"{address}/consents", carrier_id=SCRIPT)

    assert answer.status_code == 422
    assert "There is no carrier" in said_by(answer)
    assert "<script>alert" not in answer.text


def test_a_request_is_shown_and_can_be_refused(house, person) -> None:
    address = added(person)
    staff_asks(house, address)
    assert "Requests for consent: 1" in person.reads("/me")
    shown = person.reads(address)
    assert "Who has asked for your consent" in shown
    assert "asked for your consent." in shown
    assert "noted how far it has come with you: contacted." in shown

    refused = person.follows(person.sends(f"{address}/requests/{CARRIER}/refuse"))

    assert "this carrier cannot ask again" in refused
    assert "Requests for consent" not in person.reads("/me")


def test_who_looked_is_told_and_the_log_goes_on_over_pages(house, person) -> None:
    address = added(person)
    staff = bearer(house.key_of(house.account(Role.STAFF, carrier=CARRIER)))
    with house.client() as client:
        for _ in range(60):
            client.get(f"/v1/carriers/{CARRIER}/leads", headers=staff)

    page = person.opens(address)

    assert said_by(page).count("saw the anonymous card in a list.") == 50
    older = re.search(r'href="\?cursor=([^"#]+)#log"', page.text)
    assert older is not None
    assert person.reads(f"{address}?cursor={older[1]}").count("saw the anonymous card in a list.") == 10


# The account


def test_a_key_is_shown_once_and_can_be_revoked(house, person) -> None:
    made = person.sends("/me/account/keys", name="nightly job", days="30")
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    secret = re.search(r"mk_[\w-]+", made.text)[0]
    with house.client() as client:
        assert client.get("/v1/startups", headers=bearer(secret)).status_code == 200
        later = person.opens("/me/account").text
        assert secret not in later
        assert "nightly job" in later
        key_id = re.search(r"/keys/([^/]+)/revoke", later)[1]

        assert "lets nobody in" in person.follows(person.sends(f"/me/account/keys/{key_id}/revoke"))
        assert client.get("/v1/startups", headers=bearer(secret)).status_code == 401


@pytest.mark.parametrize(
    ("fields", "field"), [({"name": " "}, "name"), ({"days": "soon"}, "days"), ({"days": "0"}, "days")]
)
def test_a_key_that_cannot_be_made_is_refused_at_its_field(person, fields, field) -> None:
    answer = person.sends("/me/account/keys", **{"name": "job", "days": "30", **fields})

    assert answer.status_code == 422
    assert f'id="wrong-key-{field}"' in answer.text


def test_a_new_password_ends_the_session_and_is_the_only_one_that_fits(person, owner) -> None:
    answer = person.sends("/me/account/password", current=PASSWORD, new=NEW_PASSWORD, again=NEW_PASSWORD)

    assert "The password is changed" in person.follows(answer)
    assert person.opens("/me").status_code == 303
    assert person.signs_in(owner).status_code == 401
    assert person.signs_in(owner, NEW_PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"current": "not it at all"}, "current"),
        ({"again": "something else"}, "again"),
        ({"new": "short", "again": "short"}, "new"),
    ],
)
def test_a_password_that_cannot_be_changed_like_this_stays(person, owner, wrong, field) -> None:
    fields = {"current": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD, **wrong}

    answer = person.sends("/me/account/password", **fields)

    assert answer.status_code == 422
    assert f'id="wrong-password-{field}"' in answer.text
    assert NEW_PASSWORD not in answer.text
    assert person.signs_in(owner).status_code == 303


def test_an_account_is_erased_with_its_password_and_its_login(person, owner) -> None:
    added(person)
    for wrong in ({"password": "not it at all", "confirm": owner.login}, {"password": PASSWORD, "confirm": "no"}):
        assert person.sends("/me/account/erase", **wrong).status_code == 422

    gone = person.follows(person.sends("/me/account/erase", password=PASSWORD, confirm=owner.login))

    assert "are erased" in gone
    assert person.signs_in(owner).status_code == 401


def test_all_that_is_kept_can_be_taken_along_from_the_page(person) -> None:
    added(person)
    assert 'href="/v1/me/export"' in person.opens("/me/account").text

    assert TEXT in person.client.get("/v1/me/export").text


@pytest.mark.parametrize("role", [Role.STAFF, Role.OFFICE, Role.ADMIN])
def test_the_others_have_an_account_and_no_startups(house, role) -> None:
    with house.client() as client:
        someone = Person(client)
        someone.signs_in(house.account(role, carrier=CARRIER if role is Role.STAFF else None))

        assert someone.opens("/me/account").status_code == 200
        for path in ("/me", "/me/startups/new"):
            assert someone.opens(path).status_code == 403


PATHS = ("/me", "/me/startups/new", "/me/startups/" + "0" * 32, "/me/account")
DEEDS = (
    "/me/startups/new", "/me/startups/x/edit", "/me/startups/x/withdraw", "/me/startups/x/return",
    "/me/startups/x/erase", "/me/startups/x/consents", "/me/startups/x/consents/cn001/withdraw",
    "/me/startups/x/requests/cn001/refuse", "/me/account/keys", "/me/account/keys/x/revoke", "/me/account/password",
    "/me/account/erase",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_nobody_is_asked_to_sign_in_first(house, path) -> None:
    with house.client() as client:
        answer = Person(client).opens(path)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("path", DEEDS)
@pytest.mark.parametrize("token", [None, "wrong"])
def test_no_form_is_taken_without_the_token_of_the_session(person, path, token) -> None:
    assert person.sends(path, token=token, **FIELDS).status_code == 403


@pytest.mark.parametrize("path", DEEDS)
def test_no_form_is_taken_from_nobody(house, path) -> None:
    with house.client() as client:
        assert Person(client).sends(path, token=None, **FIELDS).status_code == 401


def test_what_is_ones_own_is_kept_by_no_cache(person) -> None:
    address = added(person)

    for path in ("/me", address, f"{address}/edit", "/me/account"):
        assert person.opens(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("lang", ["zh", "de"])
def test_every_sentence_of_the_pages_is_in_the_language_asked_for(person, lang) -> None:
    address = added(person)
    english = re.compile(r"\b(the|you|your|is|who|with)\b")

    for path in ("/me", "/me/startups/new", address, f"{address}/edit", "/me/account"):
        said = main_of(person.opens(path, lang=lang)).replace(TEXT, "").replace("Catheter Ltd.", "")
        assert english.findall(said) == [], path
