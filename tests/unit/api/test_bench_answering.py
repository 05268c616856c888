"""What the bench takes for the time of a piece of work; no timing is asserted."""

from api.bench.answering import milliseconds


def test_all_kinds_of_work_are_done_in_turns_on_every_text() -> None:
    done = []
    works = [lambda language, text: done.append(("one", language, text)), lambda _, text: done.append(("two", text))]

    taken = milliseconds([("en", "a"), ("zh", "b")], works, n_rounds=3)

    assert done == [("one", "en", "a"), ("two", "a"), ("one", "zh", "b"), ("two", "b")] * 3
    assert len(taken) == 2
    assert all(time >= 0 for time in taken)
