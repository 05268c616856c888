"""Every run has a record; whole ones are served, compared and gone back to, and nothing else moves what is served."""

import time
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

import numpy as np
import pytest

from data.unit_of_work import open_store
from matcher.domain.errors import RunInProgress, RunNotFound, RunStopped, StoreFull
from matcher.domain.ids import StartupId
from matcher.domain.matches import ModelIds
from matcher.domain.run_records import RunId, RunState, RunWish
from matcher.domain.startups import Scope
from matcher.ranking.board import build_board
from matcher.services.compare_runs import CompareRuns
from matcher.services.initialise import Initialise
from matcher.services.read_runs import ReadRuns
from models.hashing_encoder import HashingEncoder
from models.learned_ranker import load_ranker
from tests.batch import a_crowd, with_changed_carriers, with_changed_startups
from tests.runs import Town, keep_startups

pq = pytest.importorskip("pyarrow.parquet")

WISH = RunWish(k=4, leads=5)
N_STARTUPS, N_CARRIERS = 50, 20


@pytest.fixture(scope="module")
def crowd(seed):
    store = open_store("sqlite://")
    store.migrate()
    Initialise(store.transactions)(seed)
    with store.transactions() as unit:
        board = build_board(unit.registry(), HashingEncoder(), "太仓")
    store.close()
    return a_crowd(board, load_ranker(), N_STARTUPS, N_CARRIERS)


@pytest.fixture
def town(filled, crowd, tmp_path) -> Town:
    keep_startups(filled, crowd.askers.ids.tolist())
    return Town(filled, tmp_path / "rerank", crowd.ranker, crowd.all)


def record(town: Town, run_id: RunId):
    with town.store.transactions() as uow:
        return uow.runs.get(run_id)


def served(town: Town) -> RunId | None:
    found = ReadRuns(town.store.transactions, town.clock).served()
    return None if found is None else found.id


def lists(town: Town, run_id: RunId) -> dict[str, list[str]]:
    with town.store.transactions() as uow:
        return {one.startup: [place.carrier for place in one.places] for one in uow.runs.lists(run_id)}


def test_a_whole_run_is_recorded_and_its_lists_are_those_of_its_file(town) -> None:
    told, done = town.runs()(WISH)

    run = record(town, told.id)
    rows = pq.read_table(done.lists).to_pylist()
    in_file = {
        startup: [row["carrier_id"] for row in some] for startup, some in groupby(rows, lambda row: row["startup_id"])
    }
    kept = lists(town, run.id)
    assert {startup: places for startup, places in kept.items() if places} == in_file
    assert len(kept) == N_STARTUPS > len(in_file)  # who gets no list has an empty one
    assert (run.state, run.is_served, run.lists_kept, run.attempts) == (RunState.DONE, True, True, 1)
    assert (run.inputs.result, run.inputs.models, run.figures["n_listed"]) == (done.id, town.models, len(rows))
    assert (run.done, run.total, set(run.timings)) == (run.total, run.total, {"reading", "blocks", "joining"})
    assert run.folder == f"results/{done.id}"


def test_the_difference_names_the_startup_that_changed_and_no_other(town, crowd) -> None:
    first, _ = town.runs()(WISH)
    rows = np.array([3, 40])
    town.sides = with_changed_startups(town.sides, rows, np.random.default_rng(1))
    second, _ = town.runs()(WISH)

    before, after, difference = CompareRuns(town.store.transactions)()

    old, new = lists(town, first.id), lists(town, second.id)
    moved = {one for one in old if old[one] != new[one]}
    assert (before.id, after.id) == (first.id, second.id)
    assert {move.startup for move in difference.moves} == moved
    assert 0 < len(moved) <= 2
    assert moved <= set(crowd.askers.ids[rows])
    assert difference.by_cause == {"startup": len(moved)}
    assert (difference.n_same, difference.n_came, difference.n_gone) == (N_STARTUPS - len(moved), 0, 0)
    assert record(town, second.id).figures["moved_by_startup"] == len(moved)


def test_what_a_changed_carrier_moves_is_told_as_such(town) -> None:
    town.runs()(WISH)
    town.sides = with_changed_carriers(town.sides, np.array([2, 5]), np.random.default_rng(2))
    town.runs()(WISH)

    _, _, difference = CompareRuns(town.store.transactions)()

    assert set(difference.by_cause) == {"carriers"}
    assert difference.n_carriers_changed == 2


def test_another_model_is_the_cause_and_hides_what_else_there_was(town) -> None:
    town.runs()(WISH)
    town.models = ModelIds(encoder="another", reader="another", ranker="ranker")
    town.sides = with_changed_startups(town.sides, np.arange(30), np.random.default_rng(3))
    town.runs()(WISH)

    assert set(CompareRuns(town.store.transactions)()[2].by_cause) == {"model"}


def test_places_left_are_told_and_move_nobody(town, crowd) -> None:
    town.runs()(WISH)
    town.places_left = {crowd.homes.ids[0]: 3}
    town.runs()(WISH)

    _, _, difference = CompareRuns(town.store.transactions)()

    assert (difference.moves, difference.n_places_changed, difference.n_carriers_changed) == ((), 1, 0)


def test_startups_that_come_and_go_are_counted_apart(town, crowd) -> None:
    town.sides = crowd.sides(np.arange(1, N_STARTUPS), np.arange(N_CARRIERS))
    town.runs()(WISH)
    town.sides = crowd.sides(np.arange(N_STARTUPS - 2), np.arange(N_CARRIERS))
    town.runs()(WISH)

    _, _, difference = CompareRuns(town.store.transactions)()

    assert (difference.n_came, difference.n_gone, difference.moves) == (1, 2, ())


def test_another_scope_is_told_as_asked_for(town, crowd) -> None:
    town.runs()(WISH)
    town.sides = crowd.sides(np.arange(N_STARTUPS), np.arange(N_CARRIERS - 6))
    town.runs()(replace(WISH, scope=Scope.ALL))

    assert all("asked" in cause for cause in CompareRuns(town.store.transactions)()[2].by_cause)


@pytest.mark.parametrize("error", [StoreFull("The disk is full."), RunStopped("Stopped.")])
def test_a_run_that_fails_promotes_nothing(town, error) -> None:
    first, _ = town.runs()(WISH)
    town.error = error

    with pytest.raises(type(error)):
        town.runs()(WISH)

    failed = record(town, RunId("run-2"))
    assert (failed.state, str(failed.failure), failed.is_served) == (RunState.FAILED, str(error), False)
    assert served(town) == first.id
    assert len(lists(town, first.id)) == N_STARTUPS


def test_what_fails_while_lists_are_kept_leaves_the_last_run_served(town) -> None:
    first, _ = town.runs()(WISH)

    with pytest.raises(StoreFull):
        replace(town.runs(), results=WithoutRoom())(WISH)

    assert served(town) == first.id
    assert lists(town, RunId("run-2")) == {}


class WithoutRoom:
    """Files that cannot be read to their end."""

    def places(self, done):
        yield from ()
        raise StoreFull("The disk is full.")

    def name(self, done) -> None:
        return None


def test_only_so_many_runs_keep_their_lists_and_files(town) -> None:
    town.n_kept = 2
    runs = []
    for number in range(4):
        town.sides = with_changed_startups(town.sides, np.array([number]), np.random.default_rng(number))
        runs.append(town.runs()(WISH)[0].id)

    kept = [record(town, one) for one in runs]
    assert [one.lists_kept for one in kept] == [False, False, True, True]
    assert [bool(lists(town, one)) for one in runs] == [False, False, True, True]
    assert len(list((town.folder / "results").iterdir())) == 2
    with pytest.raises(RunNotFound):
        CompareRuns(town.store.transactions)(runs[0], runs[3])


def test_one_goes_back_to_the_run_before_or_to_any_that_is_kept(town) -> None:
    runs = [town.runs()(WISH)[0].id for _ in range(3)]
    read = ReadRuns(town.store.transactions, town.clock)

    assert read.roll_back().id == served(town) == runs[1]
    assert read.roll_back(runs[0]).is_served
    assert served(town) == runs[0]
    with pytest.raises(RunNotFound):
        read.roll_back(RunId("nothing"))


def test_the_served_run_keeps_its_lists_even_where_it_is_old(town) -> None:
    town.n_kept = 1
    first, second = (town.runs()(WISH)[0].id for _ in range(2))

    assert served(town) == second
    with pytest.raises(RunNotFound):
        ReadRuns(town.store.transactions, town.clock).roll_back(first)


def test_a_startup_that_is_erased_takes_its_lists_along(town, crowd) -> None:
    run, _ = town.runs()(WISH)
    gone = StartupId(crowd.askers.ids[0])

    with town.store.transactions() as uow:
        uow.startups.erase(gone)
        uow.commit()

    assert set(lists(town, run.id)) == set(crowd.askers.ids.tolist()) - {gone}
    again, _ = town.runs()(WISH)  # a run that had read it before: the others' lists are kept
    assert len(lists(town, again.id)) == N_STARTUPS - 1


def test_two_folders_with_one_store_refuse_each_other(town) -> None:
    with town.turns("elsewhere")():
        with pytest.raises(RunInProgress):
            town.runs()(WISH)
        assert ReadRuns(town.store.transactions, town.clock).latest(9) == []

    assert town.runs()(WISH)[0].state is RunState.DONE


def test_a_lease_that_was_lost_stops_the_run_and_leaves_its_record_to_the_other(town) -> None:
    turns = replace(town.turns(), seconds_between_renewals=0.01)

    def held_by_another(_) -> None:
        while not turns.leases.take("run", "another", every=timedelta(0), now=town.clock.forward(minutes=3)):
            pass  # it was renewed just now
        time.sleep(0.2)  # it is noticed within a hundredth

    with pytest.raises(RunStopped):
        town.runs(turns)(WISH, told=held_by_another)

    assert record(town, RunId("run-1")).state is RunState.RUNNING


def test_an_interrupted_run_is_gone_on_with_and_given_up_after_three_attempts(town) -> None:
    runs = town.runs()
    waiting = runs.ask(WISH, None)
    town.error = KeyboardInterrupt()
    for attempt in range(1, 4):
        with pytest.raises(KeyboardInterrupt):
            runs.next_one()
        assert (record(town, waiting.id).state, record(town, waiting.id).attempts) == (RunState.RUNNING, attempt)

    assert runs.next_one() is None

    failed = record(town, waiting.id)
    assert (failed.state, str(failed.failure)) == (RunState.FAILED, "The run was interrupted 3 times.")


def test_what_waits_is_done_once_and_a_stopped_one_waits_again(town) -> None:
    runs = town.runs()
    waiting = runs.ask(WISH, None)

    with pytest.raises(RunStopped):
        runs.next_one(stop=lambda: True)
    assert record(town, waiting.id).state is RunState.WAITING
    assert runs.next_one().id == waiting.id
    assert runs.next_one() is None
    assert served(town) == waiting.id


def test_a_cancelled_run_ends_between_two_blocks_or_before_it_begins(town) -> None:
    runs = town.runs()
    read = ReadRuns(town.store.transactions, town.clock)
    waiting = runs.ask(WISH, None)
    assert read.cancel(waiting.id).state is RunState.CANCELLED
    assert runs.next_one() is None

    with pytest.raises(RunStopped):
        runs(WISH, told=lambda _: read.cancel(RunId("run-2")))

    assert record(town, RunId("run-2")).state is RunState.CANCELLED
    assert served(town) is None


def test_another_wish_gives_up_what_was_interrupted(town) -> None:
    town.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        town.runs()(WISH)
    town.error = None

    other, _ = town.runs()(replace(WISH, k=2))

    assert record(town, RunId("run-1")).state is RunState.FAILED
    assert (other.id, served(town)) == ("run-2", "run-2")
