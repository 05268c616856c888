"""What every answer tells a browser, whatever was asked and however it ended."""

import pytest

from api.security_headers import SECURITY_HEADERS, secured
from matcher.domain.accounts import Role
from tests.security.asks import Scene, send
from tests.security.test_access_matrix import OPEN, Row, headers_for, rows_that_need_somebody, table


def browser_headers(answer) -> dict[str, str]:
    return {name.decode(): answer.headers.get(name.decode()) for name, _ in SECURITY_HEADERS}


def is_safe(answer) -> bool:
    told = browser_headers(answer)
    policy = told["content-security-policy"]
    return (
        told["x-content-type-options"] == "nosniff"
        and told["referrer-policy"] == "same-origin"
        and "frame-ancestors 'none'" in policy
        and "default-src 'none'" in policy
        and "unsafe" not in policy
    )


@pytest.mark.parametrize("endpoint", sorted(table()))
def test_every_endpoint_says_it(estate, endpoint) -> None:
    row: Row = table()[endpoint]
    account = estate.account(next(role for role, said in row.roles.items() if said not in ("401", "403")))
    scene = Scene(estate, account)

    assert is_safe(send(scene, endpoint, {}))
    assert is_safe(send(Scene(estate, account), endpoint, headers_for(estate, row, account)))


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/nowhere"), ("PUT", "/v1/taxonomy"), ("POST", "/v1/recommendations"), ("GET", "/openapi.json"),
     ("HEAD", "/v1/taxonomy"), ("OPTIONS", "/v1/startups")],
)  # fmt: skip
def test_problems_and_the_document_say_it_too(estate, method, path) -> None:
    assert is_safe(estate.ask(method, path))


def test_a_kept_answer_and_one_that_has_not_changed_say_it_too(estate) -> None:
    first, kept = (estate.ask("GET", "/v1/carriers?limit=3") for _ in range(2))
    unchanged = estate.ask("GET", "/v1/carriers?limit=3", {"If-None-Match": first.headers["etag"]})

    assert unchanged.status_code == 304
    assert all(is_safe(answer) for answer in (first, kept, unchanged))


def test_a_failure_of_ours_says_it_too(estate, monkeypatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr(type(estate.services.startups.own), "page", fails)
    answer = estate.ask("GET", "/v1/startups", estate.key(estate.account(Role.STARTUP)))

    assert answer.status_code == 500
    assert is_safe(answer)
    assert "secret" not in answer.text


def test_what_an_answer_says_itself_stands() -> None:
    own = (b"content-security-policy", b"default-src 'self'")

    assert [value for name, value in secured([own]) if name == own[0]] == [own[1]]


@pytest.mark.parametrize(("row", "role"), rows_that_need_somebody())
def test_no_cache_keeps_what_is_somebodys(estate, row, role) -> None:
    account = estate.account(role)

    answer = send(Scene(estate, account), row.endpoint, headers_for(estate, row, account))

    assert answer.status_code < 300
    assert "no-store" in answer.headers["cache-control"]


def test_what_is_open_is_named_as_such() -> None:
    assert {row.nobody for row in table().values()} <= {OPEN, "401"}
