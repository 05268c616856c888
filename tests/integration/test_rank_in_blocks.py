"""`matcher rank` in blocks: the same lines wherever they are computed, and nothing is computed twice."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from api.executors import LocalExecutor, PoolExecutor
from data.foreign_files import read_network
from data.rank_folder import RankFolder
from data.text_vectors import KeptVectors
from matcher.domain.errors import RunInProgress, RunStopped
from matcher.domain.networks import Network
from matcher.ranking.network import NetworkRanker
from matcher.services.rank import Rank, RankedPair
from matcher.services.rank_blocks import STARTUPS_IN_BLOCK, RankInBlocks
from matcher.services.train import Train
from models.hashing_encoder import HashingEncoder
from models.network_learner import AdditiveLearner
from tests.networks import write_network

UNTIL = date(2020, 12, 31)
ENCODER = HashingEncoder(64)
N_STARTUPS = 2 * STARTUPS_IN_BLOCK + 100


@pytest.fixture(scope="module")
def network(tmp_path_factory) -> Network:
    files = write_network(tmp_path_factory.mktemp("network"), n_startups=N_STARTUPS)
    return read_network(files.startups, files.carriers, files.interactions, until=UNTIL)


@pytest.fixture(scope="module")
def ranker(tmp_path_factory) -> NetworkRanker:
    files = write_network(tmp_path_factory.mktemp("smaller"))
    known = read_network(files.startups, files.carriers, files.interactions, until=UNTIL)
    return Train(ENCODER, AdditiveLearner())(known, until=UNTIL)


@pytest.fixture(scope="module")
def undisturbed(network, ranker) -> list[RankedPair]:
    return list(Rank(ENCODER, ranker)(network, until=UNTIL, k=3))


def ranked(network: Network, ranker: NetworkRanker, blocks: RankInBlocks) -> list[RankedPair]:
    return list(Rank(ENCODER, ranker, blocks)(network, until=UNTIL, k=3))


@pytest.mark.parametrize("executor", [LocalExecutor(), PoolExecutor(2)], ids=["local", "pool"])
def test_every_executor_gives_the_same_lines(network, ranker, undisturbed, executor) -> None:
    assert ranked(network, ranker, RankInBlocks(executor)) == undisturbed


def test_a_stopped_run_goes_on_where_it_was(network, ranker, undisturbed, tmp_path) -> None:
    folder, told = RankFolder(tmp_path), list[tuple[int, int]]()
    with folder.held():
        blocks = RankInBlocks(files=folder, name="run", told=lambda *n: told.append(n), stop=lambda: len(told) == 1)
        with pytest.raises(RunStopped, match=r"after 1 of 3 blocks\. The same command goes on"):
            ranked(network, ranker, blocks)
    kept = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "blocks").iterdir()}

    with folder.held():
        found = ranked(network, ranker, RankInBlocks(files=folder, name="run"))

    assert list(kept) == ["run-000000.npz"]
    assert kept["run-000000.npz"] == (tmp_path / "blocks" / "run-000000.npz").stat().st_mtime_ns
    assert found == undisturbed


def test_a_damaged_block_is_computed_again_and_those_of_other_inputs_are_forgotten(
    network, ranker, undisturbed, tmp_path
) -> None:
    folder = RankFolder(tmp_path)
    with folder.held():
        ranked(network, ranker, RankInBlocks(files=folder, name="before"))
        ranked(network, ranker, RankInBlocks(files=folder, name="now"))
        damaged = tmp_path / "blocks" / "now-000001.npz"
        damaged.write_bytes(damaged.read_bytes()[:-2000])

        assert ranked(network, ranker, RankInBlocks(files=folder, name="now")) == undisturbed
    assert sorted(path.name for path in (tmp_path / "blocks").iterdir()) == [f"now-00000{n}.npz" for n in range(3)]


def test_two_runs_in_one_folder_refuse_each_other(tmp_path) -> None:
    folder = RankFolder(tmp_path)
    with folder.held(), pytest.raises(RunInProgress), RankFolder(tmp_path).held():
        pass
    with folder.held():
        pass  # whoever leaves has let go of it


@dataclass
class CountingEncoder(HashingEncoder):
    """Tells which texts it has read."""

    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HashingEncoder.__init__(self, 8)

    def encode(self, texts, languages):
        self.texts += texts
        return super().encode(texts, languages)


def test_a_text_is_read_once_however_the_process_ended(tmp_path: Path) -> None:
    path, texts, languages = tmp_path / "vectors.bin", ["pumps", "drones", "valves"], ["en"] * 3
    first = KeptVectors(CountingEncoder(), path).encode(texts, languages)
    whole = path.read_bytes()
    path.write_bytes(whole[:-5])  # killed while it wrote the last one
    real = CountingEncoder()

    again = KeptVectors(real, path).encode([*texts, "pumps"], [*languages, "de"])

    assert np.array_equal(again[:3], first)
    assert real.texts == ["valves", "pumps"]  # a language has its own mean
    assert path.read_bytes()[: len(whole)] == whole


def test_a_vector_that_was_damaged_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "vectors.bin"
    first = KeptVectors(CountingEncoder(), path).encode(["pumps", "drones"], ["en", "en"])
    raw = bytearray(path.read_bytes())
    raw[20] ^= 1
    path.write_bytes(raw)
    real = CountingEncoder()

    assert np.array_equal(KeptVectors(real, path).encode(["pumps", "drones"], ["en", "en"]), first)
    assert real.texts == ["pumps"]
