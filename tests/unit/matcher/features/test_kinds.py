"""How kinds of carriers suit stages, and how levels rank."""

from math import isnan

import pytest

from matcher.domain.taxonomy import Facet
from matcher.features.kinds import FIT, LEVEL_RANK, STAGES, fit_of_kind


def test_every_kind_level_and_stage_of_the_vocabulary_has_its_place(taxonomy) -> None:
    assert set(FIT) == set(taxonomy.ids(Facet.KIND))
    assert set(LEVEL_RANK) == set(taxonomy.ids(Facet.LEVEL))
    assert taxonomy.ids(Facet.STAGE) == STAGES


@pytest.mark.parametrize("kind", FIT)
def test_a_fit_lies_between_none_and_full_and_some_stage_suits_each_kind(kind) -> None:
    fits = [fit_of_kind(kind, stage) for stage in STAGES]

    assert all(0 <= fit <= 1 for fit in fits)
    assert max(fits) >= 0.8


def test_the_handover_chain_runs_from_makerspace_to_park() -> None:
    best = [max(FIT, key=lambda kind: FIT[kind][place]) for place in (0, 2, 3, 4)]

    assert best == ["kind.makerspace", "kind.incubator", "kind.accelerator", "kind.industrial_park"]


@pytest.mark.parametrize(
    ("kind", "stage"), [(None, "stage.seed"), ("kind.castle", "stage.seed"), ("kind.incubator", "")]
)
def test_an_unknown_kind_or_stage_is_neither_good_nor_bad(kind, stage) -> None:
    assert isnan(fit_of_kind(kind, stage))
