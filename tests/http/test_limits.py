"""What is open to all is not open without end."""

import pytest

from tests.http.signing import a_house, bearer

ASK = "/v1/recommendations"


@pytest.fixture
def house(services, own_store):
    return a_house(services, own_store, asks_per_minute=2, account_asks_per_minute=4)


def test_whoever_asks_too_often_is_told_when_to_come_again(house) -> None:
    with house.client() as client:
        statuses = [client.post(ASK, json={"text": "a"}).status_code for _ in range(2)]
        answer = client.post(ASK, json={"text": "a"})

    assert statuses == [200, 200]
    assert answer.status_code == 429
    assert answer.json()["type"] == "/problems/too-many"
    assert 1 <= int(answer.headers["retry-after"]) <= 60


def test_each_address_is_counted_by_itself_and_a_network_of_ipv6_as_one(house) -> None:
    statuses = []
    for host in ("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8::ffff", "2001:db8:1::1"):
        with house.client(client=(host, 5000)) as client:
            statuses.append([client.post(ASK, json={"text": "a"}).status_code for _ in range(2)][-1])

    assert statuses == [200, 200, 200, 429, 429, 200]


def test_who_has_signed_in_is_counted_by_account_and_may_ask_more(house) -> None:
    one, other = house.account(), house.account()
    with house.client() as client:
        for _ in range(3):
            client.post(ASK, json={"text": "a"})
        of_one = [client.post(ASK, json={"text": "a"}, headers=bearer(house.key_of(one))).status_code for _ in range(5)]
        of_other = client.post(ASK, json={"text": "a"}, headers=bearer(house.key_of(other))).status_code

    assert of_one == [200] * 4 + [429]
    assert of_other == 200


def test_a_forwarded_address_counts_for_nothing_unless_a_proxy_is_trusted(house) -> None:
    with house.client() as client:
        statuses = [
            client.post(ASK, json={"text": "a"}, headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code
            for n in range(3)
        ]

    assert statuses == [200, 200, 429]


def test_what_only_reads_facts_is_not_counted(house) -> None:
    with house.client() as client:
        assert {client.get("/v1/carriers").status_code for _ in range(5)} == {200}
