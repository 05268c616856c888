"""Shown lists are kept under their request ids, and what came of them is told once, by whom it concerns."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import func, select

from api.feedback_services import build_feedback
from api.lead_services import build_leads
from api.metrics import Metrics
from api.settings import Settings
from data.tables import FeedbackRow, ImpressionRow
from matcher.domain.accounts import Role
from matcher.domain.ids import CarrierId
from matcher.domain.impressions import FeedbackKind
from matcher.domain.matches import ListOrder
from matcher.services.all_startups import AllStartups
from models.rankers import load_prior
from tests.factories import a_match, an_answer
from tests.http.callers import a_caller, a_startup_of, key_of

ASK, FEEDBACK = "/v1/recommendations", "/v1/feedback"
TEXT = "We develop catheters and need a cleanroom."


@pytest.fixture
def client(house, recommend):
    carriers = house.services.registry.snapshot().carriers[:3]
    matches = tuple(a_match(rank=rank, carrier=carrier) for rank, carrier in enumerate(carriers, start=1))
    recommend.answer = an_answer(matches=matches)
    with house.client() as client:
        yield client


@pytest.fixture
def owner(house):
    return a_caller(house.services)


def a_shown_list(client, **headers):
    """The id of the request, and the ids of the carriers."""
    answer = client.post(ASK, json={"text": TEXT}, headers=headers).json()
    return answer["request_id"], [match["carrier"]["id"] for match in answer["matches"]]


def a_startups_list(client, owner):
    startup = a_startup_of(client, owner)
    answer = client.get(f"/v1/startups/{startup['id']}/recommendations", headers=owner).json()
    return answer["request_id"], [match["carrier"]["id"] for match in answer["matches"]]


def tell(client, request_id, carrier_id, kind="click", headers=None, **more):
    body = {"request_id": request_id, "carrier_id": carrier_id, "kind": kind, **more}
    return client.post(FEEDBACK, json=body, headers=headers)


def n_rows(house, table) -> int:
    with house.store.transactions() as uow:
        return uow.session.scalar(select(func.count()).select_from(table))


def kept(house, request_id):
    house.services.feedback.shown.flush()
    with house.store.transactions() as uow:
        return uow.impressions.get(request_id)


# Impressions


def test_a_list_is_kept_under_its_request_id_without_text_account_or_address(client, house) -> None:
    request_id, carriers = a_shown_list(client)

    shown = kept(house, request_id)

    assert [place.carrier for place in shown.places] == carriers
    assert [place.rank for place in shown.places] == [1, 2, 3]
    assert shown.shown_at == house.clock()
    assert shown.startup is shown.places[0].startup is None
    assert TEXT not in repr(shown)


def test_a_kept_startups_list_names_the_startup(client, house, owner) -> None:
    startup = a_startup_of(client, owner)
    answer = client.get(f"/v1/startups/{startup['id']}/recommendations", headers=owner).json()
    stored = client.post(ASK, json={"text": TEXT, "store": True}, headers=owner).json()

    assert kept(house, answer["request_id"]).startup == startup["id"]
    assert kept(house, stored["request_id"]).startup == stored["startup_id"]


def test_an_account_that_asks_without_keeping_anything_leaves_no_trace_of_itself(client, house, owner) -> None:
    request_id, _ = a_shown_list(client, **owner)

    assert kept(house, request_id).startup is None


def test_a_neutral_list_is_recorded_as_such(client, house, recommend) -> None:
    recommend.answer = replace(recommend.answer, order=ListOrder.NEUTRAL)
    request_id, _ = a_shown_list(client)

    shown = kept(house, request_id)

    assert shown.order is ListOrder.NEUTRAL
    assert {place.score for place in shown.places} == {None}


def test_an_answer_without_a_list_is_not_recorded(client, house, recommend) -> None:
    recommend.answer = an_answer(matches=())
    request_id, _ = a_shown_list(client)

    assert kept(house, request_id) is None


def test_lists_are_written_when_the_server_stops(house, recommend) -> None:
    recommend.answer = an_answer()
    with house.client() as client:
        request_id, _ = a_shown_list(client)

    with house.store.transactions() as uow:
        assert uow.impressions.get(request_id) is not None


def test_recording_can_be_switched_off(house, recommend) -> None:
    settings = Settings(record_impressions=False)
    feedback = build_feedback(house.store.transactions, settings, Metrics(), an_answer().models)
    off = replace(house, services=replace(house.services, feedback=feedback))
    before = n_rows(house, ImpressionRow)  # other tests write to the store that this one was copied from
    with off.client() as client:
        request_id, carriers = a_shown_list(client)
        assert tell(client, request_id, carriers[0]).status_code == 404

    assert n_rows(house, ImpressionRow) == before


# Who tells what


def test_a_click_on_an_open_list_is_taken_from_anybody_and_kept_with_its_rank(client, house) -> None:
    request_id, carriers = a_shown_list(client)

    response = tell(client, request_id, carriers[1])

    assert response.status_code == 200
    assert response.json()["feedback"] == {
        "list_id": request_id,
        "carrier_id": carriers[1],
        "kind": "click",
        "rank": 2,
        "at": house.clock().isoformat(),
        "recorded_at": house.clock().isoformat(),
    }
    assert response.json()["request_id"] != request_id


def test_the_same_told_twice_is_one_row_and_the_first_stays(client, house) -> None:
    request_id, carriers = a_shown_list(client)
    first = tell(client, request_id, carriers[0])
    house.clock.forward(minutes=10)

    again = tell(client, request_id, carriers[0])

    assert (first.json()["is_new"], again.json()["is_new"]) == (True, False)
    assert again.json()["feedback"] == first.json()["feedback"]
    assert n_rows(house, FeedbackRow) == 1


def test_another_kind_is_another_row(client, house) -> None:
    request_id, carriers = a_shown_list(client)

    assert tell(client, request_id, carriers[0]).status_code == 200
    assert tell(client, request_id, carriers[0], "dismissed").status_code == 200

    assert n_rows(house, FeedbackRow) == 2


@pytest.mark.parametrize("kind", ["contact", "visit", "admission"])
def test_an_open_list_takes_no_more_than_what_is_done_on_a_page(client, kind) -> None:
    request_id, carriers = a_shown_list(client)

    response = tell(client, request_id, carriers[0], kind)

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "kind"


def test_an_id_under_which_nothing_was_shown_is_404(client) -> None:
    response = tell(client, "no-such-list", "cn001")

    assert response.status_code == 404
    assert response.json()["type"] == "/problems/list-not-found"


def test_a_carrier_that_was_not_on_the_list_is_422(client, house) -> None:
    request_id, carriers = a_shown_list(client)
    other = next(one.id for one in house.services.registry.snapshot().carriers if one.id not in carriers)

    response = tell(client, request_id, other)

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "carrier_id"
    assert n_rows(house, FeedbackRow) == 0


@pytest.mark.parametrize("kind", [one.value for one in FeedbackKind])
def test_a_startups_owner_tells_all_kinds(client, owner, kind) -> None:
    request_id, carriers = a_startups_list(client, owner)

    assert tell(client, request_id, carriers[0], kind, owner).status_code == 200


def test_staff_tells_of_its_own_carrier_alone(client, house, owner) -> None:
    request_id, carriers = a_startups_list(client, owner)
    staff = a_caller(house.services, Role.STAFF, carriers[1])

    assert tell(client, request_id, carriers[1], "visit", staff).status_code == 200
    assert tell(client, request_id, carriers[0], "visit", staff).status_code == 404


def test_another_never_learns_that_there_is_such_a_list(client, house, owner) -> None:
    request_id, carriers = a_startups_list(client, owner)
    elsewhere = next(one.id for one in house.services.registry.snapshot().carriers if one.id not in carriers)
    strangers = {
        "nobody": None,
        "another startup": a_caller(house.services),
        "staff of a carrier that is not on it": a_caller(house.services, Role.STAFF, elsewhere),
        "office": a_caller(house.services, Role.OFFICE),
        "admin": a_caller(house.services, Role.ADMIN),
    }
    for who, headers in strangers.items():
        for carrier in (carriers[0], elsewhere):
            mine, none = (tell(client, id, carrier, "click", headers) for id in (request_id, "none"))
            assert (mine.status_code, none.status_code) == (404, 404), who
            assert mine.json()["detail"] == none.json()["detail"].replace("none", request_id), who
    assert n_rows(house, FeedbackRow) == 0


def test_a_key_without_the_scope_does_not_speak_for_its_owner(client, house) -> None:
    account = house.account()
    request_id, carriers = a_startups_list(client, key_of(house.services, account))
    narrow = {"Authorization": f"Bearer {house.key_of(account, ['startups'])}"}
    right = {"Authorization": f"Bearer {house.key_of(account, ['feedback'])}"}

    assert tell(client, request_id, carriers[0], "visit", narrow).status_code == 404
    assert tell(client, request_id, carriers[0], "visit", right).status_code == 200


def test_a_key_that_does_not_hold_is_401(client) -> None:
    request_id, carriers = a_shown_list(client)

    assert tell(client, request_id, carriers[0], headers={"Authorization": "Bearer mk_x_y"}).status_code == 401


# How it is told


def test_when_it_happened_may_be_told(client, house) -> None:
    request_id, carriers = a_shown_list(client)
    house.clock.forward(days=3)
    happened = house.clock() - timedelta(days=1)

    told = tell(client, request_id, carriers[0], at=happened.isoformat()).json()["feedback"]

    assert (told["at"], told["recorded_at"]) == (happened.isoformat(), house.clock().isoformat())


@pytest.mark.parametrize("days", [-1, 1])
def test_a_time_before_the_list_or_in_the_future_is_refused(client, house, days) -> None:
    request_id, carriers = a_shown_list(client)

    response = tell(client, request_id, carriers[0], at=(house.clock() + timedelta(days=days)).isoformat())

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "at"


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "liked"}, {"at": "2026-01-01T00:00:00"}, {"at": 5}, {"rank": 1}, {"carrier_id": ""}, {"request_id": 1}],
)
def test_what_cannot_be_used_is_named(client, wrong) -> None:
    request_id, carriers = a_shown_list(client)

    response = tell(client, **{"request_id": request_id, "carrier_id": carriers[0], **wrong})

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == list(wrong)


def test_a_key_of_a_write_is_not_taken_for_two_things(client, owner) -> None:
    request_id, carriers = a_startups_list(client, owner)
    with_key = owner | {"Idempotency-Key": "one"}

    assert tell(client, request_id, carriers[0], "visit", with_key).status_code == 200
    assert tell(client, request_id, carriers[0], "visit", with_key).json()["is_new"] is False
    assert tell(client, request_id, carriers[1], "visit", with_key).status_code == 422


def test_feedback_is_limited_apart_from_what_is_asked(house, recommend) -> None:
    recommend.answer = an_answer()
    limited = replace(house, services=replace(house.services, settings=Settings(asks_per_minute=2)))
    with limited.client() as client:
        request_id, carriers = a_shown_list(client)
        codes = [tell(client, request_id, carriers[0]).status_code for _ in range(3)]
        assert client.post(ASK, json={"text": TEXT}).status_code == 200

    assert codes == [200, 200, 429]


def test_a_second_list_under_a_callers_own_id_does_not_replace_the_first(client, house, recommend) -> None:
    _, carriers = a_shown_list(client, **{"X-Request-Id": "mine"})
    recommend.answer = an_answer(matches=(a_match(carrier=replace(a_match().carrier, id=CarrierId("cn099"))),))
    a_shown_list(client, **{"X-Request-Id": "mine"})

    assert [place.carrier for place in kept(house, "mine").places] == carriers


# Lists of leads


@pytest.fixture
def with_leads(house, board):
    """The house with startups and leads on its own store, each change seen at once."""
    everybodys = AllStartups(house.store.transactions, "steady@1", count().__next__)
    leads = build_leads(house.store.transactions, lambda: board, everybodys, load_prior())
    return replace(house, services=replace(house.services, leads=leads))


def test_a_page_of_leads_is_kept_for_its_carrier_and_takes_no_feedback(with_leads, owner) -> None:
    with with_leads.client() as client:
        startup = a_startup_of(client, owner)["id"]
        staff = a_caller(with_leads.services, Role.STAFF, "cn001")
        page = client.get("/v1/carriers/cn001/leads", headers=staff).json()

        [place] = kept(with_leads, page["request_id"]).places
        assert (place.rank, place.carrier, place.startup) == (1, "cn001", startup)
        assert place.score == page["leads"][0]["score"]
        assert tell(client, page["request_id"], "cn001", "visit", staff).status_code == 404
        assert tell(client, page["request_id"], "cn001", "click", owner).status_code == 404
