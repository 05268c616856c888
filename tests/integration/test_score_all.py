"""All pairs scored for an allocation: the numbers of single lists, and what another service would change."""

from dataclasses import replace

import numpy as np
import pytest

from data.seed import read_seed, seed_folder
from data.unit_of_work import open_store
from matcher.domain.errors import CarrierNotFound, InvalidField, InvalidInput
from matcher.domain.taxonomy import Facet
from matcher.ranking.board import build_board
from matcher.ranking.what_if import with_service
from matcher.services.initialise import Initialise
from matcher.services.markets import worth_of_ranked
from matcher.services.score_all import worth_of_all
from models.hashing_encoder import HashingEncoder
from models.learned_ranker import load_ranker
from tests.batch import a_crowd, a_run


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.db'}")
    store.migrate()
    Initialise(store.transactions)(read_seed(seed_folder()))
    with store.transactions() as unit:
        board = build_board(unit.registry(), HashingEncoder(), "太仓")
    store.close()
    return a_crowd(board, load_ranker(), 300, 40)


def test_worth_is_the_probability_of_the_scores_of_lists_and_excluded_pairs_have_none(crowd, tmp_path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    sides = crowd.all
    worth = worth_of_all(sides.askers, sides.homes, crowd.ranker)
    lists = pq.read_table(a_run(tmp_path, sides, crowd.ranker).lists).to_pydict()
    row = {one: number for number, one in enumerate(sides.askers.ids)}
    column = {one: number for number, one in enumerate(sides.homes.ids)}
    places = [row[one] for one in lists["startup_id"]], [column[one] for one in lists["carrier_id"]]

    expected = worth_of_ranked(np.array(lists["score"], np.float64), crowd.ranker.calibration)

    assert worth[places].tolist() == expected.tolist()
    assert not worth[~sides.askers.facts.lists].any()
    assert not worth[tuple(sides.askers.unwanted.T)].any()
    facts = sides.askers.facts.facts
    barred = sides.homes.barred[np.maximum(facts, 0)] & (facts >= 0)[:, None]
    assert barred.any()
    assert not worth[:, sides.homes.ruling][barred].any()


def test_chosen_carriers_alone_get_the_same_numbers(crowd) -> None:
    sides = crowd.all
    worth = worth_of_all(sides.askers, sides.homes, crowd.ranker)

    some = worth_of_all(sides.askers, sides.homes, crowd.ranker, [3, 7])

    assert (some[:, [3, 7]] == worth[:, [3, 7]]).all()
    assert not np.delete(some, [3, 7], axis=1).any()


def test_another_service_is_worth_more_to_those_who_ask_for_it_alone(crowd) -> None:
    taxonomy = crowd.board.registry.taxonomy
    carrier = next(one for one in crowd.board.carriers if one.services and "service.market" not in one.services)
    row = crowd.board.carriers.index(carrier)
    homes = replace(
        crowd.homes.rows(np.arange(1)), table=crowd.board.table.rows(np.array([row])), ruling=np.zeros(0, int)
    )
    homes = replace(homes, barred=np.zeros((0, 0), bool))
    askers = replace(crowd.askers, unwanted=np.zeros((0, 2), np.int64))

    changed = with_service(crowd.board, carrier.id, "service.market")

    now = worth_of_all(askers, homes, crowd.ranker)[:, 0]
    then = worth_of_all(askers, replace(homes, table=changed.table.rows(np.array([row]))), crowd.ranker)[:, 0]
    bit = np.uint64(1) << np.uint64(taxonomy.ids(Facet.SERVICE).index("service.market"))
    asks = (askers.table.services & bit).astype(bool) & askers.facts.lists
    assert asks.any()
    assert (then[asks] > now[asks]).all()
    assert (then[~asks] == now[~asks]).all()


def test_nothing_else_of_the_board_changes(crowd) -> None:
    board = crowd.board
    carrier = next(one for one in board.carriers if "service.market" not in one.services)

    changed = with_service(board, carrier.id, "service.market")

    row = board.carriers.index(carrier)
    others = np.delete(np.arange(len(board.carriers)), row)
    for name in ("services", "serves_subfield", "core_park_of", "stage_fit", "embedding"):
        before, after = (getattr(one.table, name) for one in (board, changed))
        np.testing.assert_array_equal(before[others], after[others])
    np.testing.assert_array_equal(board.table.core_park_of, changed.table.core_park_of)
    assert changed.carriers[row].services == (*carrier.services, "service.market")
    assert changed.registry.carrier(carrier.id).services == changed.carriers[row].services


def test_what_is_not_there_is_named(crowd) -> None:
    with pytest.raises(CarrierNotFound, match="nowhere"):
        with_service(crowd.board, "nowhere", "service.market")
    with pytest.raises(InvalidField, match=r"service\.luck is none of"):
        with_service(crowd.board, crowd.board.carriers[0].id, "service.luck")


def test_too_many_pairs_are_refused_before_they_are_scored(crowd) -> None:
    with pytest.raises(InvalidInput, match="too many"):
        worth_of_all(crowd.askers, crowd.homes, crowd.ranker, most_pairs=10)
