"""A command that is killed leaves the store whole, and the next one goes on."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.seed import read_seed, seed_folder
from data.unit_of_work import Store, open_store
from matcher.domain.errors import StoreNotReady
from matcher.services.initialise import Initialise

MATCHER = Path(sys.executable).with_name("matcher")
WITHIN_S = 60


def has_file(folder: Path) -> bool:
    return (folder / "matcher.db").exists()


def has_tables(folder: Path) -> bool:
    store = open_store(f"sqlite:///{folder / 'matcher.db'}")
    try:
        return store.revision() is not None
    except StoreNotReady:  # it is being made
        return False
    finally:
        store.close()


def n_carriers(store: Store) -> int:
    with store.transactions() as uow:
        return len(uow.carriers.all())


@pytest.mark.parametrize("moment", [has_file, has_tables])
def test_an_init_that_is_killed_leaves_all_or_nothing(tmp_path, moment) -> None:
    process = subprocess.Popen(
        [MATCHER, "init"],
        env=os.environ | {"MATCHER_DATA_DIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + WITHIN_S
    while not moment(tmp_path):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.005)

    process.kill()
    process.wait()

    seed = read_seed(seed_folder())
    store = open_store(f"sqlite:///{tmp_path / 'matcher.db'}")
    store.migrate()
    assert n_carriers(store) in (0, len(seed.carriers))
    Initialise(store.transactions)(seed, strict=True)
    assert n_carriers(store) == len(seed.carriers)
    store.close()
