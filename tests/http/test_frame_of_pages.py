"""What stands around every page: its language, its files, and problems said to people."""

import pytest

from api.pages.static_files import address_of_file
from matcher.domain.accounts import Role
from tests.http.paging import Person, said_by

PAGE = "/how-ranking-works"


@pytest.fixture
def person(house):
    with house.client() as client:
        yield Person(client)


def language_of(answer) -> str:
    assert answer.headers["content-language"] in answer.text.split(">")[1]
    return answer.headers["content-language"]


def test_a_page_speaks_the_language_that_the_browser_asks_for(person) -> None:
    answer = person.client.get(PAGE, headers={"Accept-Language": "de-AT, en;q=0.5"})

    assert language_of(answer) == "de"


def test_a_chosen_language_is_remembered_on_other_pages(person) -> None:
    person.opens(PAGE, lang="en")

    assert language_of(person.client.get("/sign-in", headers={"Accept-Language": "de"})) == "en"


@pytest.mark.parametrize("lang", ["fr", "<b>", "de-AT", ""])
def test_a_language_that_there_is_not_is_neither_spoken_nor_remembered(person, lang) -> None:
    person.client.cookies.clear()
    answer = person.client.get(PAGE, params={"lang": lang}, headers={"Accept-Language": "en"})

    assert language_of(answer) == "en"
    assert "set-cookie" not in answer.headers


def test_links_to_other_languages_keep_the_query_and_nothing_becomes_markup(person) -> None:
    answer = person.opens(PAGE, next='"><b>', lang="en")

    assert "?next=%22%3E%3Cb%3E&amp;lang=de" in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize("name", ["site.css", "site.js", "htmx.min.js", "icon.svg"])
def test_a_file_is_kept_for_good_under_the_address_that_names_its_content(person, name) -> None:
    named, plain = person.client.get(address_of_file(name)), person.client.get(f"/static/{name}")

    assert "immutable" in named.headers["cache-control"]
    assert plain.headers["cache-control"] == "no-cache"
    assert plain.content == named.content
    again = person.client.get(f"/static/{name}", headers={"If-None-Match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["THIRD_PARTY.md", "..%2Fsite.py", "site.css%00", "nothing.js"])
def test_only_files_for_browsers_are_given_out(person, name) -> None:
    assert person.client.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize(("lang", "words"), [("zh", "未找到"), ("en", "Not found"), ("de", "Nicht gefunden")])
def test_a_browser_at_an_address_that_is_none_gets_a_page(person, lang, words) -> None:
    answer = person.client.get("/no-such-page", headers={"Accept": "text/html", "Accept-Language": lang})

    assert answer.status_code == 404
    assert words in said_by(answer)
    assert answer.headers["x-request-id"] in said_by(answer)


def test_a_program_at_the_same_address_gets_a_problem_that_programs_read(person) -> None:
    answer = person.client.get("/no-such-page")

    assert answer.headers["content-type"] == "application/problem+json"


def test_whoever_may_not_see_a_page_is_told_so_on_a_page(house, person) -> None:
    person.signs_in(house.account(Role.STARTUP))

    answer = person.opens("/office")

    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/html")


def test_whoever_has_to_sign_in_is_asked_to_and_comes_back(person) -> None:
    answer = person.opens("/office")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Foffice"


def test_a_script_gets_the_problem_alone(person) -> None:
    answer = person.client.get("/no-such-page", headers={"Accept": "text/html", "HX-Request": "true"})

    assert answer.status_code == 404
    assert "<html" not in answer.text
    assert 'role="alert"' in answer.text


def test_a_page_of_somebody_who_signed_in_is_kept_nowhere(house, person) -> None:
    before = person.opens(PAGE)
    person.signs_in(house.account())
    after = person.opens(PAGE)

    assert before.headers["cache-control"] == "no-cache"
    assert after.headers["cache-control"] == "no-store"
    assert "Cookie" in after.headers["vary"]


def test_what_is_no_form_is_refused_on_a_page(person) -> None:
    answer = person.client.post("/sign-in", content=b"--x\r\nnonsense", headers={"Content-Type": "multipart/form-data"})

    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
