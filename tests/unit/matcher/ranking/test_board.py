"""The registry laid out for ranking: who can be a home, and how far one looks."""

import numpy as np

from matcher.domain.carriers import Role
from matcher.domain.messages import Texts
from matcher.domain.registry import Place
from matcher.domain.startups import Scope
from matcher.domain.taxonomy import CHAINS
from matcher.ranking.board import describe
from tests.factories import a_carrier
from tests.unit.matcher.ranking.worlds import ENCODER, HOME, TAXONOMY, a_board

SUZHOU = Place(id="苏州", name=Texts(zh="苏州", en="Suzhou", de="Suzhou"), country="CN", province="江苏", delta=True)
XIAN = Place(id="西安", name=Texts(zh="西安", en="Xi'an", de="Xi'an"), country="CN", province="陕西", delta=False)


def in_scope(board, scope) -> set[str]:
    return {board.carriers[row].id for row in board.rows_of_scope[scope]}


def test_scopes_are_nested_and_the_widest_holds_everyone(board) -> None:
    home, delta, everywhere = (in_scope(board, scope) for scope in (Scope.HOME, Scope.DELTA, Scope.ALL))

    assert home < delta < everywhere
    assert everywhere == {carrier.id for carrier in board.carriers}


def test_partners_are_no_homes(board, registry) -> None:
    partners = {carrier.id for carrier in registry.carriers if carrier.role is Role.PARTNER}

    assert partners
    assert partners.isdisjoint(carrier.id for carrier in board.carriers)


def test_an_enclave_that_lands_firms_in_the_home_city_belongs_to_it() -> None:
    enclave = a_carrier(city="西安", landing_in=HOME)
    other = a_carrier(city="西安", landing_in="苏州")
    near, far, nowhere = a_carrier(city="苏州"), a_carrier(city="西安"), a_carrier(city=None)
    board = a_board(enclave, other, near, far, nowhere, places={"苏州": SUZHOU, "西安": XIAN})

    assert in_scope(board, Scope.HOME) == {enclave.id}
    assert in_scope(board, Scope.DELTA) == {enclave.id, near.id}
    assert len(in_scope(board, Scope.ALL)) == 5


def test_every_chain_of_the_seed_has_its_core_park_at_home(board) -> None:
    assert set(board.core_park_rows) == set(CHAINS)
    assert set(board.core_park_rows.values()) <= set(board.rows_of_scope[Scope.HOME].tolist())
    for chain, row in board.core_park_rows.items():
        assert board.table.core_park_of[row, CHAINS.index(chain)] == 1


def test_a_carrier_elsewhere_is_no_core_park_even_if_it_holds_the_anchor() -> None:
    anchor = TAXONOMY.core_park("biomed")
    board = a_board(a_carrier(city="西安", anchors=(anchor,)))

    assert board.core_park_rows == {}
    assert not board.table.core_park_of.any()


def test_a_description_is_the_mean_of_its_languages_and_none_is_a_zero_vector() -> None:
    both = a_carrier(description=Texts(zh="激光孵化器", en="A laser incubator"))
    vectors = describe([both, a_carrier(description=Texts())], ENCODER)
    zh, en = ENCODER.encode(["激光孵化器", "A laser incubator"], ["zh", "en"])

    np.testing.assert_allclose(vectors[0], (zh + en) / np.linalg.norm(zh + en), atol=1e-6)
    assert not vectors[1].any()


def test_without_carriers_there_is_an_empty_board() -> None:
    board = a_board(a_carrier(role=Role.PARTNER))

    assert board.carriers == ()
    assert all(len(rows) == 0 for rows in board.rows_of_scope.values())
