"""What a process wrote, it sees at once; what another wrote, within a second."""

import pytest

from api.snapshot import RegistrySnapshot
from data.unit_of_work import open_store
from matcher.services.all_startups import AllStartups
from tests.factories import NOW, a_carrier, a_draft
from tests.integration.test_startup_records import OWN, world

__all__ = ["world"]  # the fixture


def stopped() -> float:
    """A clock by which half a second never passes."""
    return 0.1


def test_a_registry_written_here_is_seen_at_once_and_one_written_elsewhere_is_not(filled, filled_url) -> None:
    snapshot = RegistrySnapshot(filled.transactions, stopped, own_writes=lambda: filled.own_writes.registry)
    snapshot()
    here, elsewhere = a_carrier(), a_carrier()
    other = open_store(filled_url)

    with other.transactions() as uow:
        uow.carriers.put(elsewhere)
        uow.commit()
    other.close()
    assert elsewhere.id not in {carrier.id for carrier in snapshot().carriers}
    with filled.transactions() as uow:
        uow.carriers.put(here)
        uow.commit()

    assert {here.id, elsewhere.id} <= {carrier.id for carrier in snapshot().carriers}


def test_a_startup_written_here_is_listed_at_once(world) -> None:
    everybodys = AllStartups(
        world.store.transactions, world.reader.id, stopped, own_writes=lambda: world.store.own_writes.startups
    )
    assert len(everybodys()) == 0

    record, _ = world.register(OWN, a_draft(), now=NOW)
    assert list(everybodys().by_id) == [record.id]
    world.withdraw(OWN, record.id, expected=None, now=NOW)
    assert len(everybodys()) == 0


@pytest.mark.parametrize("commits", [True, False])
def test_only_what_is_kept_counts_and_only_where_it_belongs(filled, commits) -> None:
    before = filled.own_writes.registry, filled.own_writes.startups
    with filled.transactions() as uow:
        uow.carriers.put(a_carrier())
        if commits:
            uow.commit()

    assert (filled.own_writes.registry, filled.own_writes.startups) == (before[0] + commits, before[1])
