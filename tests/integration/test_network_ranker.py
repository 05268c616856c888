"""Learning from a network's own files, end to end: better than popularity, exact parts, the same bytes twice."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from data.fingerprints import fingerprint
from data.foreign_files import read_network
from matcher.domain.errors import InvalidField, InvalidFile, ModelNotFound
from matcher.domain.networks import Network
from matcher.ranking.network import NetworkRanker
from matcher.services.rank import Rank, RankedPair
from matcher.services.train import Train
from models.hashing_encoder import HashingEncoder
from models.network_learner import SEED, AdditiveLearner
from models.network_store import load_network, save_network
from tests.networks import Files, write_network

UNTIL = date(2020, 12, 31)
ENCODER = HashingEncoder(128)


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Files:
    return write_network(tmp_path_factory.mktemp("network"), n_startups=400)


def read(files: Files, until: date | None = None) -> Network:
    return read_network(files.startups, files.carriers, files.interactions, until=until)


@pytest.fixture(scope="module")
def ranker(files) -> NetworkRanker:
    return Train(ENCODER, AdditiveLearner())(read(files), until=UNTIL)


def ranked(files: Files, ranker: NetworkRanker, network: Network | None = None, **options: object) -> list[RankedPair]:
    network = read(files, UNTIL) if network is None else network
    return list(Rank(ENCODER, ranker)(network, until=UNTIL, **{"k": 100, **options}))


def later(files: Files) -> dict[str, str]:
    """What those of 2021 chose."""
    return {one.startup: one.carrier for one in read(files).interactions if one.on > UNTIL}


def mean_ndcg(places: list[int]) -> float:
    return float(np.mean([1 / np.log2(place + 2) if place < 10 else 0 for place in places]))


def test_it_beats_popularity_clearly_on_a_year_that_it_never_saw(files, ranker) -> None:
    chosen = later(files)
    pairs = ranked(files, ranker, startups=list(chosen))
    lists = {startup: [one.carrier for one in pairs if one.startup == startup] for startup in chosen}
    popular = read(files, UNTIL)
    counts = {one.id: sum(each.carrier == one.id for each in popular.interactions) for one in popular.carriers}
    by_count = sorted(counts, key=lambda carrier: (-counts[carrier], carrier))

    ours = mean_ndcg([lists[startup].index(carrier) for startup, carrier in chosen.items()])
    popularity = mean_ndcg([by_count.index(carrier) for carrier in chosen.values()])

    assert ours > popularity + 0.15
    check = ranker.facts["check"]
    assert check["ranker"] > check["popularity"] + 0.1


def test_place_and_theme_are_what_it_learned(files, ranker) -> None:
    parts = np.array([one.parts for one in ranked(files, ranker, startups=list(later(files)))])
    spread = dict(zip(ranker.criteria, parts.std(axis=0), strict=True))

    assert spread["place"] > spread["history"]
    assert spread["text"] + spread["tags"] + spread["name"] > spread["history"]
    assert spread["stage"] == spread["services"] == 0  # nobody said anything about them


def test_parts_sum_to_the_score_and_lists_are_sorted(files, ranker) -> None:
    pairs = ranked(files, ranker, startups=["s001", "s002"], k=7)

    assert [one.startup for one in pairs] == ["s001"] * 7 + ["s002"] * 7
    assert all(sum(one.parts) == pytest.approx(one.score, abs=1e-12) for one in pairs)
    assert all(a.score >= b.score for a, b in pairwise(pairs[:7]))


def test_what_happens_later_changes_neither_model_nor_list(files, ranker) -> None:
    before, everything = read(files, UNTIL), read(files)

    again = Train(ENCODER, AdditiveLearner())(before, until=UNTIL)

    assert again.utilities.gain.to_text() == ranker.utilities.gain.to_text()
    assert ranked(files, ranker, before, startups=["s399"]) == ranked(files, ranker, everything, startups=["s399"])


def test_startups_of_the_file_that_are_not_asked_for_change_nothing(files, ranker) -> None:
    alone = [one for one in ranked(files, ranker) if one.startup == "s390"]

    again = ranked(files, ranker, startups=["s390"])
    assert [one.carrier for one in alone] == [one.carrier for one in again]
    assert [one.score for one in alone] == pytest.approx([one.score for one in again], abs=1e-9)


def test_the_same_files_give_the_same_bytes(files, ranker, tmp_path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        network = read(files)
        learned = Train(ENCODER, AdditiveLearner())(network, until=UNTIL)
        save_network(folder, learned, fingerprint(network.startups))

    one, two = ({path.name: path.read_bytes() for path in sorted(folder.iterdir())} for folder in folders)
    assert one == two
    assert set(one) == {"admits.txt", "gain.txt", "manifest.json", "words.npy"}
    manifest = json.loads(one["manifest.json"])
    assert {"id", "encoder", "data", "seed", "versions", "until", "check", "features", "heads"} <= set(manifest)
    assert manifest["seed"] == SEED
    assert {"python", "lightgbm", "numpy", "scikit-learn", "scipy"} <= set(manifest["versions"])
    assert ranked(files, load_network(folders[0]), startups=["s001"]) == ranked(files, ranker, startups=["s001"])


def test_refusals_teach_a_second_utility(tmp_path) -> None:
    files = write_network(tmp_path, declined=True)

    ranker = Train(ENCODER, AdditiveLearner())(read(files), until=UNTIL)
    save_network(tmp_path / "model", ranker, "")

    assert ranker.facts["carriers_learn_from"] == "refusals"
    assert ranker.facts["n_interactions"]["declined"] > 300
    pairs = ranked(files, load_network(tmp_path / "model"), startups=["s199"])
    assert all(sum(one.parts) == pytest.approx(one.score, abs=1e-12) for one in pairs)


def test_without_refusals_carriers_teach_whom_they_took_of_those_admitted_anywhere(ranker) -> None:
    assert ranker.facts["carriers_learn_from"] == "choices"
    assert ranker.utilities.admits is not None


def test_carriers_and_startups_without_any_words_are_ranked_too(tmp_path) -> None:
    files = write_network(tmp_path)
    for path in (files.startups, files.carriers):
        ids = [json.loads(line)["id"] for line in path.read_text().splitlines()]
        path.write_text("".join(json.dumps({"id": one}) + "\n" for one in ids))

    ranker = Train(ENCODER, AdditiveLearner())(read(files), until=UNTIL)

    assert len(ranked(files, ranker, startups=["s001"])) == 30


def test_too_little_to_learn_from_is_said(files, tmp_path) -> None:
    with pytest.raises(InvalidFile, match="too few to learn from"):
        Train(ENCODER, AdditiveLearner())(read(files), until=date(2013, 12, 31))


def test_what_cannot_be_ranked_is_said(files, ranker, tmp_path) -> None:
    with pytest.raises(InvalidField, match="no startup s999"):
        ranked(files, ranker, startups=["s999"])
    with pytest.raises(InvalidField, match="at least 1"):
        ranked(files, ranker, k=0)
    with pytest.raises(ModelNotFound, match="learned with the encoder"):
        Rank(HashingEncoder(64), ranker)(read(files), until=UNTIL)


def damaged(folder: Path, name: str, content: str | None) -> Path:
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content)
    return folder


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("manifest.json", None, "no file manifest.json"),
        ("gain.txt", None, "no file gain.txt"),
        ("words.npy", None, "no file words.npy"),
        ("manifest.json", "{", "is damaged"),
        ("manifest.json", '{"form": 99}', "another version"),
        ("gain.txt", "no trees", "is damaged"),
        ("words.npy", "no numbers", "is damaged"),
    ],
)
def test_a_damaged_model_is_named(ranker, tmp_path, name, content, said) -> None:
    save_network(tmp_path, ranker, "")

    with pytest.raises(ModelNotFound, match=said):
        load_network(damaged(tmp_path, name, content))
