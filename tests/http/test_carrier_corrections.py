"""A carrier's staff over HTTP: what it puts right, and what everybody then sees."""

from datetime import timedelta

import pytest

from matcher.domain.accounts import Role
from tests.http.callers import a_caller

CARRIER = "cn050"
ADDRESS = f"/v1/carriers/{CARRIER}"
BODY = {"changes": {"places_left": 3}, "source": "carrier itself", "date": "2026-11-01"}


@pytest.fixture
def staff(services) -> dict[str, str]:
    return a_caller(services, Role.STAFF, CARRIER)


def correct(client, headers, body=BODY, address=ADDRESS, if_match="*"):
    return client.patch(address, json=body, headers={**headers, "If-Match": if_match})


def fact(answer, field: str):
    return next(one for one in answer.json()["facts"] if one["field"] == field)


def test_everybody_sees_what_was_put_right_with_its_source_and_date(client, staff, services) -> None:
    answer = correct(
        client,
        staff,
        {
            **BODY,
            "changes": {"operator": "新运营公司", "places_left": 2},
            "source": {"title": "Our page", "url": "https://example.org"},
        },
    )

    assert answer.status_code == 200, answer.text
    assert fact(answer, "operator") == {
        "field": "operator", "value": "新运营公司", "basis": "corrected by the carrier", "note": None,
        "source": "Our page", "as_of": "2026-11-01",
    }  # fmt: skip
    seen = client.get(ADDRESS)
    assert fact(seen, "operator")["value"] == "新运营公司"
    assert fact(seen, "places_left")["value"] == 2


def test_a_change_rests_on_the_record_that_was_read(client, staff, services) -> None:
    tag = client.get(ADDRESS).headers["etag"]

    first = correct(client, staff, {**BODY, "changes": {"founded": 2011}}, if_match=tag)
    late = correct(client, staff, {**BODY, "changes": {"founded": 2012}}, if_match=tag)
    next_ = correct(client, staff, {**BODY, "changes": {"founded": 2012}}, if_match=first.headers["etag"])

    assert (first.status_code, late.status_code, next_.status_code) == (200, 412, 200)
    assert client.patch(ADDRESS, json=BODY, headers=staff).status_code == 428
    assert correct(client, staff, if_match="v1").status_code == 412


def test_the_history_is_read_by_the_staff_alone(client, staff, services) -> None:
    correct(client, staff, {**BODY, "changes": {"area_m2": 1200}})

    entry = client.get(f"{ADDRESS}/history", headers=staff).json()["entries"][0]

    assert (entry["field"], entry["new"], entry["date"], bool(entry["made_by"])) == (
        "area_m2",
        1200,
        "2026-11-01",
        True,
    )
    for headers, status in (({}, 401), (a_caller(services), 403), (a_caller(services, Role.STAFF, "cn051"), 404)):
        assert client.get(f"{ADDRESS}/history", headers=headers).status_code == status
        assert correct(client, headers).status_code == status
    assert client.get(f"{ADDRESS}/history", headers=a_caller(services, Role.ADMIN)).status_code == 200


def test_another_carrier_and_none_are_the_same_answer(client, staff) -> None:
    answers = [
        correct(client, {**staff, "X-Request-Id": "same"}, address=f"/v1/carriers/{id}") for id in ("cn051", "zz051")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text.replace("cn051", "zz051") == answers[1].text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"changes": {"services": ["service.none"]}}, "services"),
        ({"changes": {"name": {"en": "x"}}}, "changes"),
        ({"changes": {}}, "changes"),
        ({"date": "2999-01-01"}, "date"),
        ({"date": "soon"}, "date"),
        ({"source": {"title": "x", "url": "javascript:x"}}, "url"),
        ({"made_by": "me"}, "made_by"),
    ],
)
def test_what_cannot_be_used_is_named(client, staff, change, field) -> None:
    response = correct(client, staff, BODY | change)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [field]


@pytest.mark.parametrize("missing", ["changes", "source", "date"])
def test_no_correction_without_source_and_date(client, staff, missing) -> None:
    body = {name: value for name, value in BODY.items() if name != missing}

    assert correct(client, staff, body).status_code == 422


def test_today_is_not_the_future(client, staff, services) -> None:
    today = services.now().date()

    assert correct(client, staff, {**BODY, "date": today.isoformat()}).status_code == 200
    assert correct(client, staff, {**BODY, "date": (today + timedelta(days=1)).isoformat()}).status_code == 422
