"""Public answers that are kept: of which registry, within which bound, with whose id."""

import json

from api.kept_answers import LONGEST_QUERY, Asked, KeptAnswer, KeptAnswers


def an_answer(version: str = "1", body: bytes = b'{"total":1}') -> KeptAnswer:
    return KeptAnswer(version=version, route="/v1/carriers", tag='W/"a"', headers=(), body=body)


def asked(query: str = "") -> Asked:
    return Asked("/v1/carriers", query.encode(), None)


def test_each_request_gets_its_own_id_in_the_same_answer() -> None:
    answer = an_answer()

    assert json.loads(answer.written_for("one")) == {"request_id": "one", "total": 1}
    assert json.loads(answer.written_for("two")) == {"request_id": "two", "total": 1}


def test_an_answer_is_given_to_the_same_question_about_the_same_registry_only() -> None:
    kept = KeptAnswers()
    kept.put(asked("limit=1"), an_answer(version="1"))

    assert kept.get(asked("limit=1"), "1") == an_answer()
    assert kept.get(asked("limit=1"), "2") is None
    assert kept.get(asked("limit=2"), "1") is None


def test_a_newer_answer_takes_the_place_of_the_older_one() -> None:
    kept = KeptAnswers()
    kept.put(asked(), an_answer(version="1"))
    kept.put(asked(), an_answer(version="2"))

    assert len(kept) == 1
    assert kept.get(asked(), "2") == an_answer(version="2")


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    kept = KeptAnswers(most_bytes=2 * an_answer().n_bytes)
    kept.put(asked("1"), an_answer())
    kept.put(asked("2"), an_answer())
    kept.get(asked("1"), "1")

    kept.put(asked("3"), an_answer())

    assert [kept.get(asked(query), "1") is not None for query in "123"] == [True, False, True]


def test_many_questions_with_small_answers_stay_within_the_bound() -> None:
    kept = KeptAnswers(most_bytes=100_000)

    for number in range(1000):
        kept.put(asked(f"name={number}"), an_answer())

    assert len(kept) == 100_000 // an_answer().n_bytes


def test_what_is_too_long_to_keep_is_not_kept() -> None:
    kept = KeptAnswers(most_bytes=10_000)

    kept.put(asked("n" * (LONGEST_QUERY + 1)), an_answer())
    kept.put(asked(), an_answer(body=b"{" + b" " * 10_000 + b"}"))

    assert len(kept) == 0
