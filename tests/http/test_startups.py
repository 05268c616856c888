"""Startups over HTTP: what their owner may do, and what nobody else learns."""

import pytest

from matcher.domain.accounts import Role
from tests.http.callers import a_caller, a_startup_of
from tests.http.conftest import ENDPOINT

ADDRESS = "/v1/startups"
BODY = {"name": "Catheter Ltd.", "text": "We develop catheters and need a cleanroom.", "stage": "stage.team"}


@pytest.fixture
def owner(services) -> dict[str, str]:
    return a_caller(services)


@pytest.fixture
def stranger(services) -> dict[str, str]:
    return a_caller(services)


# One startup


def test_a_startup_is_kept_and_read_back(client, owner) -> None:
    made = client.post(ADDRESS, json=BODY, headers=owner)

    assert made.status_code == 201
    assert made.headers["location"] == f"{ADDRESS}/{made.json()['id']}"
    found = client.get(made.headers["location"], headers=owner)
    assert found.json() == made.json() | {"request_id": found.json()["request_id"]}
    assert found.headers["etag"] == made.headers["etag"] == '"v1"'
    assert found.headers["cache-control"] == "no-store"
    assert (found.json()["stage"], found.json()["services"], found.json()["language"]) == ("stage.team", None, "en")


def test_ids_cannot_be_guessed(client, owner) -> None:
    ids = {a_startup_of(client, owner)["id"] for _ in range(5)}

    assert all(len(one) == 32 for one in ids)
    assert len({one[:8] for one in ids}) == 5


def test_what_has_not_changed_is_not_sent_again(client, owner) -> None:
    id = a_startup_of(client, owner)["id"]

    again = client.get(f"{ADDRESS}/{id}", headers={**owner, "If-None-Match": '"v1"'})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"contact": "a\u0000b"}, "contact"),
        ({"stage": "stage.none"}, "stage"),
        ({"exclude": ["nowhere"]}, "exclude"),
        ({"company_age_months": -1}, "company_age_months"),
        ({"owner": "somebody"}, "owner"),
        ({"id": "mine"}, "id"),
        ({"version": 7}, "version"),
    ],
)
def test_what_cannot_be_kept_is_named(client, owner, change, field) -> None:
    response = client.post(ADDRESS, json=BODY | change, headers=owner)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [field]
    assert client.get(ADDRESS, headers=owner).json()["total"] == 0


@pytest.mark.parametrize(("lang", "said"), [("en", "not stored here"), ("de", "nicht gespeichert"), ("zh", "不会保存")])
def test_a_text_that_is_marked_as_secret_is_kindly_refused(client, owner, lang, said) -> None:
    headers = {**owner, "Accept-Language": lang}

    response = client.post(ADDRESS, json=BODY | {"text": "【绝密】某型发动机叶片"}, headers=headers)

    assert (response.status_code, response.json()["type"]) == (422, "/problems/secret-text")
    assert said in response.json()["detail"]
    assert "发动机" not in response.text


# Changes


def test_a_change_keeps_what_it_does_not_speak_of(client, owner) -> None:
    made = a_startup_of(client, owner, contact="mail", services=["service.site"])

    changed = client.patch(
        f"{ADDRESS}/{made['id']}", json={"name": "New", "services": None}, headers={**owner, "If-Match": '"v1"'}
    )

    assert (changed.status_code, changed.headers["etag"]) == (200, '"v2"')
    assert changed.json()["services"] is None
    assert (changed.json()["name"], changed.json()["contact"], changed.json()["text"]) == ("New", "mail", made["text"])


def test_a_change_says_on_which_version_it_rests(client, owner) -> None:
    address = f"{ADDRESS}/{a_startup_of(client, owner)['id']}"

    def change(name: str, **headers: str):
        return client.patch(address, json={"name": name}, headers={**owner, **headers})

    assert change("without").status_code == 428
    assert change("first", **{"If-Match": '"v1"'}).status_code == 200
    assert change("late", **{"If-Match": '"v1"'}).status_code == 412
    assert change("odd", **{"If-Match": "v2"}).status_code == 412
    assert change("any", **{"If-Match": "*"}).status_code == 200
    assert client.get(address, headers=owner).json()["name"] == "any"


@pytest.mark.parametrize("body", [{"name": None}, {"text": None}, {"name": ""}, {"text": " "}])
def test_name_and_text_cannot_be_taken_away(client, owner, body) -> None:
    address = f"{ADDRESS}/{a_startup_of(client, owner)['id']}"

    response = client.patch(address, json=body, headers={**owner, "If-Match": "*"})

    assert (response.status_code, response.json()["errors"][0]["in"]) == (422, "body")


def test_a_withdrawn_startup_stays_with_its_owner(client, owner) -> None:
    address = f"{ADDRESS}/{a_startup_of(client, owner)['id']}"

    assert client.delete(address, headers={**owner, "If-Match": '"v9"'}).status_code == 412
    withdrawn = client.delete(address, headers=owner)

    assert withdrawn.json()["withdrawn_at"]
    assert client.get(address, headers=owner).json()["version"] == 2
    assert client.delete(address, headers=owner).json()["version"] == 2


# The same call again


def test_a_key_makes_one_startup_of_two_calls(client, owner) -> None:
    headers = {**owner, "Idempotency-Key": "call-1"}

    first, again = (client.post(ADDRESS, json=BODY, headers=headers) for _ in range(2))
    other = client.post(ADDRESS, json=BODY | {"name": "Other"}, headers=headers)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key-reused")
    assert client.get(ADDRESS, headers=owner).json()["total"] == 1


def test_a_key_makes_a_change_once_whatever_was_written_since(client, owner) -> None:
    address = f"{ADDRESS}/{a_startup_of(client, owner)['id']}"
    headers = {**owner, "If-Match": "*", "Idempotency-Key": "change-1"}

    first = client.patch(address, json={"name": "First"}, headers=headers)
    client.patch(address, json={"name": "Second"}, headers={**owner, "If-Match": "*"})
    again = client.patch(address, json={"name": "First"}, headers=headers)
    other = client.patch(address, json={"name": "Third"}, headers=headers)

    assert (first.status_code, first.json()["name"], first.json()["version"]) == (200, "First", 2)
    assert (again.status_code, again.json()["name"], again.json()["version"]) == (200, "Second", 3)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key-reused")


def test_a_key_is_remembered_of_a_change_that_changes_nothing(client, owner) -> None:
    startup = a_startup_of(client, owner)
    address, headers = f"{ADDRESS}/{startup['id']}", {**owner, "If-Match": "*", "Idempotency-Key": "change-2"}

    first = client.patch(address, json={"name": startup["name"]}, headers=headers)
    client.patch(address, json={"name": "Second"}, headers={**owner, "If-Match": "*"})
    again = client.patch(address, json={"name": startup["name"]}, headers=headers)

    assert first.json()["version"] == 1
    assert again.json()["name"] == "Second"


@pytest.mark.parametrize("key", ["", "x" * 129, "a b"])
def test_a_key_that_is_none_is_named(client, owner, key) -> None:
    response = client.post(ADDRESS, json=BODY, headers={**owner, "Idempotency-Key": key})

    assert response.status_code == 422
    assert [(one["in"], one["field"]) for one in response.json()["errors"]] == [("header", "Idempotency-Key")]


# Lists


def test_pages_follow_each_other(client, owner) -> None:
    made = sorted(a_startup_of(client, owner)["id"] for _ in range(3))

    first = client.get(ADDRESS, params={"limit": 2}, headers=owner)
    second = client.get(first.links["next"]["url"], headers=owner)

    assert [one["id"] for one in first.json()["startups"] + second.json()["startups"]] == made
    assert (first.json()["total"], second.json()["next_cursor"]) == (3, None)


def test_filters(client, owner) -> None:
    gone = a_startup_of(client, owner, name="Gone")
    chinese = a_startup_of(client, owner, name="北斗", text="我们研发导航芯片")
    client.delete(f"{ADDRESS}/{gone['id']}", headers=owner)

    def found(**wanted: object) -> list[str]:
        response = client.get(ADDRESS, params=wanted, headers=owner)
        assert response.status_code == 200, response.text
        return [one["name"] for one in response.json()["startups"]]

    assert found(withdrawn=True) == ["Gone"]
    assert found(language="zh") == ["北斗"]
    assert found(name="gON") == ["Gone"]
    assert found(updated_since="2999-01-01T00:00:00Z") == []
    assert set(found(updated_since=chinese["updated_at"])) == {"北斗", "Gone"}


@pytest.mark.parametrize(
    "wanted",
    [{"updated_since": "2026-01-01T00:00:00"}, {"updated_since": "0.5"}, {"limit": 0}, {"cursor": "x"}, {"text": "x"}],
)
def test_a_question_that_cannot_be_answered_is_named(client, owner, wanted) -> None:
    response = client.get(ADDRESS, params=wanted, headers=owner)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == list(wanted)


# Answers


def test_a_kept_startup_is_answered_as_its_text_is(client, owner, recommend) -> None:
    made = a_startup_of(client, owner, services=["service.site"])

    kept = client.get(
        f"{ADDRESS}/{made['id']}/recommendations", params={"k": 3, "scope": "all", "lang": "de"}, headers=owner
    )
    sent = client.post(
        ENDPOINT,
        json={key: made[key] for key in ("text", "name")}
        | {"services": ["service.site"], "k": 3, "scope": "all", "lang": "de"},
    )

    assert kept.json() | {"request_id": "", "startup_id": None} == sent.json() | {"request_id": ""}
    assert kept.json()["startup_id"] == made["id"]
    (first, _), (second, _) = recommend.queries
    assert (first.description, first.k, first.scope, first.language) == (
        second.description, second.k, second.scope, second.language,
    )  # fmt: skip


def test_a_text_that_is_sent_is_not_kept_unless_that_is_asked_for(client, owner) -> None:
    answered = client.post(ENDPOINT, json={"text": BODY["text"]}, headers=owner)

    assert answered.json()["startup_id"] is None
    assert client.get(ADDRESS, headers=owner).json()["total"] == 0


def test_a_text_is_kept_where_its_account_asks_for_it(client, owner) -> None:
    body = {"text": BODY["text"], "store": True, "stage": "stage.team"}
    headers = {**owner, "Idempotency-Key": "once"}

    answered = [client.post(ENDPOINT, json=body, headers=headers) for _ in range(2)]

    assert len({one.json()["startup_id"] for one in answered}) == 1
    [kept] = client.get(ADDRESS, headers=owner).json()["startups"]
    assert kept["id"] == answered[0].json()["startup_id"]
    assert (kept["name"], kept["text"], kept["stage"]) == (BODY["text"][:40].strip(), BODY["text"], "stage.team")


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.OFFICE, 403)])
def test_nobody_else_can_have_a_text_kept(client, services, recommend, role, status) -> None:
    headers = a_caller(services, role) if role else {}

    response = client.post(ENDPOINT, json={"text": BODY["text"], "store": True}, headers=headers)

    assert response.status_code == status
    assert recommend.queries == []


def test_a_marked_text_is_answered_but_not_kept(client, owner) -> None:
    body = {"text": "本项目涉密。我们研发导航芯片。"}

    assert client.post(ENDPOINT, json=body).status_code == 200
    assert client.post(ENDPOINT, json=body | {"store": True}, headers=owner).status_code == 422
    assert client.get(ADDRESS, headers=owner).json()["total"] == 0


# Others

CALLS = [
    ("GET", "", {}),
    ("PATCH", "", {"json": {"name": "x"}, "headers": {"If-Match": "*"}}),
    ("DELETE", "", {}),
    ("GET", "/recommendations", {}),
]


@pytest.mark.parametrize(("method", "path", "more"), CALLS)
def test_anothers_startup_and_none_are_the_same_answer(client, owner, stranger, method, path, more) -> None:
    id = a_startup_of(client, owner)["id"]
    sent = {**more, "headers": {**stranger, "X-Request-Id": "same", **more.get("headers", {})}}

    theirs = client.request(method, f"{ADDRESS}/{id}{path}", **sent)
    none = client.request(method, f"{ADDRESS}/{'0' * 32}{path}", **sent)

    assert theirs.status_code == none.status_code == 404
    assert theirs.text.replace(id, "0" * 32) == none.text
    assert client.get(f"{ADDRESS}/{id}", headers=owner).json()["version"] == 1


@pytest.mark.parametrize(("method", "path", "more"), [*CALLS, ("POST", None, {"json": BODY}), ("GET", None, {})])
@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.OFFICE, 403), (Role.ADMIN, 403)])
def test_only_startups_accounts_come_this_far(client, services, owner, method, path, more, role, status) -> None:
    id = a_startup_of(client, owner)["id"]
    who = a_caller(services, role) if role else {}
    address = ADDRESS if path is None else f"{ADDRESS}/{id}{path}"

    response = client.request(method, address, **{**more, "headers": {**more.get("headers", {}), **who}})

    assert response.status_code == status


def test_what_a_startup_writes_is_in_no_log(client, owner, capfd, caplog) -> None:
    word = "unmistakableword"
    made = a_startup_of(client, owner, name=word, text=f"{word} {BODY['text']}", contact=word)
    client.patch(f"{ADDRESS}/{made['id']}", json={"text": word * 2}, headers={**owner, "If-Match": "*"})
    client.post(ADDRESS, json=BODY | {"stage": word}, headers=owner)

    written = capfd.readouterr()
    assert word not in written.out + written.err + caplog.text
