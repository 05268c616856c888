"""Runs over all pairs: the same bytes however they come about, and nothing is computed twice."""

import json
from threading import Event, Thread

import numpy as np
import pytest

from api.executor_kinds import ExecutorKind
from api.executors import executor_of
from data.seed import read_seed, seed_folder
from data.unit_of_work import open_store
from matcher.domain.errors import InvalidField, RunInProgress, RunStopped
from matcher.domain.reranking_runs import RerankStage
from matcher.ranking.board import build_board
from matcher.retrieval.bounds import BoundMaker
from matcher.services.initialise import Initialise
from matcher.services.rerank_block import World, score_columns
from matcher.services.rerank_lists import carrier_lists
from models.hashing_encoder import HashingEncoder
from models.learned_ranker import load_ranker
from tests.batch import a_crowd, a_run, content, with_changed_carriers, with_changed_startups

pq = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.db'}")
    store.migrate()
    Initialise(store.transactions)(read_seed(seed_folder()))
    with store.transactions() as unit:
        board = build_board(unit.registry(), HashingEncoder(), "太仓")
    store.close()
    return a_crowd(board, load_ranker(), 700, 80)


@pytest.fixture(scope="module")
def undisturbed(crowd, tmp_path_factory):
    return a_run(tmp_path_factory.mktemp("undisturbed"), crowd.all, crowd.ranker)


def test_leads_are_the_best_of_all_startups(crowd, undisturbed) -> None:
    sides = crowd.all
    world = World(sides.askers, BoundMaker(crowd.ranker, sides.homes), 5, np.full(80, -np.inf, np.float32))
    pairs = score_columns(world, np.arange(700), np.arange(80)).pairs
    expected = carrier_lists(world, pairs.rows(pairs.lead), 7).pairs

    found = pq.read_table(undisturbed.leads).to_pylist()

    assert [(row["carrier_id"], row["startup_id"], row["score"]) for row in found] == [
        (sides.homes.ids[carrier], sides.askers.ids[startup], score)
        for carrier, startup, score in zip(
            expected.carrier.tolist(), expected.startup.tolist(), expected.score.tolist(), strict=True
        )
    ]


def test_a_score_is_the_sum_of_its_parts_and_ranks_begin_at_one(crowd, undisturbed) -> None:
    rows = pq.read_table(undisturbed.lists).to_pylist()

    criteria = [
        name
        for name in rows[0]
        if name in {"field", "stage", "services", "facilities", "place", "wish", "standing", "history"}
    ]
    assert len(criteria) == 8
    assert all(row["score"] == sum(row[name] for name in criteria) for row in rows)
    ranks: dict[str, list[int]] = {}
    for row in rows:
        ranks.setdefault(row["startup_id"], []).append(row["rank"])
    assert all(of_one == list(range(1, len(of_one) + 1)) for of_one in ranks.values())
    assert len(ranks) == undisturbed.n_startups


@pytest.mark.parametrize(
    ("kind", "block"), [(ExecutorKind.LOCAL, 7), (ExecutorKind.LOCAL, 5_000), (ExecutorKind.POOL, 100)]
)
def test_neither_executor_nor_size_of_blocks_changes_a_byte(crowd, undisturbed, tmp_path, kind, block) -> None:
    run = a_run(tmp_path, crowd.all, crowd.ranker, executor=executor_of(kind, 2), block=block)

    assert content(run) == content(undisturbed)
    assert run.id == undisturbed.id


def test_a_run_on_the_same_input_computes_nothing(crowd, undisturbed, tmp_path) -> None:
    first = a_run(tmp_path, crowd.all, crowd.ranker)
    again = a_run(tmp_path, crowd.all, crowd.ranker)

    assert (first.n_blocks_reused, again.n_blocks_computed, again.n_pairs) == (0, 0, 0)
    assert (again.id, again.n_listed, again.n_leads) == (first.id, first.n_listed, first.n_leads)


def test_fresh_computes_all_again_to_the_same_bytes(crowd, undisturbed, tmp_path) -> None:
    a_run(tmp_path, crowd.all, crowd.ranker)
    again = a_run(tmp_path, crowd.all, crowd.ranker, fresh=True)

    assert again.n_blocks_reused == 0
    assert content(again) == content(undisturbed)


@pytest.mark.parametrize("after", [0, 1, 5])
def test_a_run_that_was_stopped_goes_on_where_it_was(crowd, undisturbed, tmp_path, after) -> None:
    done: list[int] = []

    def told(progress) -> None:
        if progress.stage is RerankStage.BLOCKS:
            done.append(progress.n_done)

    with pytest.raises(RunStopped, match=f"after {after} of"):
        a_run(tmp_path, crowd.all, crowd.ranker, told=told, stop=lambda: bool(done) and done[-1] >= after)
    assert not (tmp_path / "current.json").exists()

    run = a_run(tmp_path, crowd.all, crowd.ranker)

    assert run.n_blocks_reused == after
    assert content(run) == content(undisturbed)


def test_a_damaged_block_is_computed_again(crowd, undisturbed, tmp_path) -> None:
    with pytest.raises(RunStopped):
        a_run(tmp_path, crowd.all, crowd.ranker, stop=iter([False] * 4 + [True] * 9).__next__)
    for path in (tmp_path / "blocks").iterdir():
        path.write_bytes(path.read_bytes()[:-50])

    assert content(a_run(tmp_path, crowd.all, crowd.ranker)) == content(undisturbed)


def test_the_newest_result_is_named_and_an_older_one_stays(crowd, tmp_path) -> None:
    first = a_run(tmp_path, crowd.all, crowd.ranker)
    second = a_run(tmp_path, crowd.sides(np.arange(300), np.arange(80)), crowd.ranker)

    assert json.loads((tmp_path / "current.json").read_text())["id"] == second.id != first.id
    assert first.lists.is_file()


def test_two_runs_at_once_refuse_each_other(crowd, tmp_path) -> None:
    at_work, go_on = Event(), Event()

    def told(progress) -> None:
        at_work.set()
        go_on.wait(30)

    first = Thread(target=a_run, args=(tmp_path, crowd.all, crowd.ranker), kwargs={"told": told})
    first.start()
    at_work.wait(30)
    try:
        with pytest.raises(RunInProgress, match=r"process [0-9]+"):
            a_run(tmp_path, crowd.all, crowd.ranker)
    finally:
        go_on.set()
        first.join()
    assert a_run(tmp_path, crowd.all, crowd.ranker).n_blocks_computed == 0


def test_nobody_and_nowhere_make_empty_lists(crowd, tmp_path) -> None:
    for startups, carriers in (([], np.arange(80)), (np.arange(30), []), ([], [])):
        sides = crowd.sides(np.array(startups, np.int64), np.array(carriers, np.int64))
        run = a_run(tmp_path / f"{len(startups)}-{len(carriers)}", sides, crowd.ranker)
        assert (run.n_listed, run.n_leads) == (0, 0)
        assert pq.read_table(run.lists).num_rows == 0


@pytest.mark.parametrize("asked", [{"k": 0}, {"leads": 1001}, {"block": 0}])
def test_what_cannot_be_asked_is_refused(crowd, tmp_path, asked) -> None:
    with pytest.raises(InvalidField):
        a_run(tmp_path, crowd.all, crowd.ranker, **asked)


# What changed since the last run


@pytest.mark.parametrize("seed", range(8))
def test_after_any_changes_the_lists_are_those_of_a_run_from_scratch(crowd, tmp_path, seed) -> None:
    rng = np.random.default_rng(seed)
    startups, carriers = np.sort(rng.permutation(700)[:600]), np.sort(rng.permutation(80)[:75])
    a_run(tmp_path / "kept", crowd.sides(startups, carriers), crowd.ranker)
    for _ in range(3):
        if rng.random() < 0.5:
            startups = np.sort(rng.permutation(700)[: rng.integers(560, 640)])
        if rng.random() < 0.6:
            carriers = np.sort(rng.permutation(80)[: rng.integers(72, 80)])
        sides = crowd.sides(startups, carriers)
        sides = with_changed_startups(sides, rng.permutation(len(startups))[: rng.integers(0, 9)], rng)
        sides = with_changed_carriers(sides, rng.permutation(len(carriers))[: rng.integers(0, 4)], rng)

        run = a_run(tmp_path / "kept", sides, crowd.ranker)

        assert content(run) == content(a_run(tmp_path / f"scratch-{rng.integers(10**9)}", sides, crowd.ranker))


def test_only_what_changed_is_computed(crowd, tmp_path) -> None:
    sides = crowd.all
    a_run(tmp_path, sides, crowd.ranker)
    changed = with_changed_startups(sides, np.array([3, 400]), np.random.default_rng(0))

    run = a_run(tmp_path, changed, crowd.ranker)

    assert run.n_rows_reused == 698
    assert run.n_pairs < 2 * 80


def test_a_changed_carrier_is_scored_with_everybody_and_others_only_where_it_was_listed(crowd, tmp_path) -> None:
    sides = crowd.all
    first = a_run(tmp_path, sides, crowd.ranker)
    changed = with_changed_carriers(sides, np.array([17]), np.random.default_rng(0))

    run = a_run(tmp_path, changed, crowd.ranker)

    n_with_it = sum(row["carrier_id"] == sides.homes.ids[17] for row in pq.read_table(first.lists).to_pylist())
    assert run.n_pairs <= 700 + (n_with_it + 5) * 80
