"""Filling the store: twice is as good as once, a correction is seen, a broken batch is told."""

from dataclasses import replace

import pytest

from data.seed import BrokenRow
from matcher.domain.errors import InvalidFile, StoreNotReady
from matcher.domain.ids import CarrierId
from matcher.domain.messages import Message
from matcher.services.initialise import Initialise
from tests.factories import a_carrier

BROKEN = BrokenRow(file="carriers.jsonl", line=7, reason=Message("What stands here is wrong."))


def test_an_empty_store_gets_everything(store, seed) -> None:
    report = Initialise(store.transactions)(seed)

    assert report.added == {
        "vocabulary": 1,
        "places": len(seed.places),
        "carriers": len(seed.carriers),
        "entry_rules": len(seed.entry_rules),
        "finance": len(seed.finance),
    }
    assert set(report.changed.values()) == set(report.unchanged.values()) == {0}
    assert report.version.as_of == "2026-06-13"


def test_filling_twice_changes_nothing(store, seed) -> None:
    initialise = Initialise(store.transactions)
    first = initialise(seed)

    second = initialise(seed)

    assert second.nothing_new
    assert second.unchanged == first.added
    assert second.version == first.version


def test_a_correction_is_reported_as_a_change_and_renews_the_version(filled, seed) -> None:
    corrected = replace(seed.carriers[3], area_m2=4321.0)
    carriers = (*seed.carriers[:3], corrected, *seed.carriers[4:])

    report = Initialise(filled.transactions)(replace(seed, carriers=carriers))

    assert report.changed == {"vocabulary": 0, "places": 0, "carriers": 1, "entry_rules": 0, "finance": 0}
    assert report.unchanged["carriers"] == len(seed.carriers) - 1
    with filled.transactions() as uow:
        assert uow.registry_version() == report.version
        assert uow.carriers.get(corrected.id) == corrected


def test_what_the_batch_does_not_name_is_left_alone(filled, seed) -> None:
    with filled.transactions() as uow:
        uow.carriers.put(a_carrier(id=CarrierId("own")))
        uow.commit()

    Initialise(filled.transactions)(replace(seed, carriers=seed.carriers[:10]))

    with filled.transactions() as uow:
        assert len(uow.carriers.all()) == len(seed.carriers) + 1


def test_broken_rows_are_handed_on_and_the_rest_is_loaded(store, seed) -> None:
    report = Initialise(store.transactions)(replace(seed, broken=(BROKEN,)))

    assert report.broken == (BROKEN,)
    assert report.added["carriers"] == len(seed.carriers)


def test_with_strict_a_single_broken_row_stops_everything(store, seed) -> None:
    with pytest.raises(InvalidFile, match=r"carriers\.jsonl, line 7: What stands here is wrong\."):
        Initialise(store.transactions)(replace(seed, broken=(BROKEN,)), strict=True)

    with store.transactions() as uow, pytest.raises(StoreNotReady):
        uow.registry_version()


def test_a_filled_store_answers_with_the_seed(filled, seed) -> None:
    with filled.transactions() as uow:
        registry = uow.registry()

    assert registry.carriers == seed.carriers
    assert registry.taxonomy == seed.vocabulary
