"""The parts of the encoder tries that need no encoder."""

import numpy as np
import pytest

from models.centring import unit
from models.encoder_tries.contrastive import PairSampler, contrastive_loss, learned_map
from models.encoder_tries.figures import difference, table
from models.encoder_tries.linear_maps import (
    class_means,
    rotated_to_chinese,
    whitened_within_fields,
    whitening,
    without_common_directions,
)
from models.encoder_tries.passages import ALWAYS_KNOWN, Kind, Passage, Passages
from models.encoder_tries.retrieval import across_languages, first_places

DIMS = 6
FIELDS = ("materials.alloys", "biomed.devices", "ict.software")


def some_passages(n_each: int = 4) -> Passages:
    """Texts of three sub-fields and carriers, in three languages."""
    texts = [
        Passage(Kind.TEXT, language, f"{name} {language} {number}", name, "materials")
        for name in FIELDS
        for language in ("zh", "en", "de")
        for number in range(n_each)
    ]
    carriers = [
        Passage(Kind.CARRIER, language, f"park {number}", f"cn{number}")
        for number in range(n_each)
        for language in ("zh", "en", "de")
    ]
    return Passages((*texts, *carriers), views=())


def by_meaning(passages: Passages, noise: float = 0.1) -> np.ndarray:
    """Vectors that lie close where the names are the same."""
    rng = np.random.default_rng(0)
    centre = {name: rng.normal(size=DIMS) for name in sorted(set(passages.names.tolist()))}
    means = np.array([centre[name] for name in passages.names.tolist()])
    return unit((means + noise * rng.normal(size=means.shape)).astype(np.float32))


def test_a_tie_with_something_irrelevant_is_counted_against_the_encoder() -> None:
    similarities = np.array([[0.9, 0.5, 0.1], [0.5, 0.5, 0.1], [0.2, 0.3, 0.4]], np.float32)
    relevant = np.array([[True, False, True], [True, False, False], [False, False, False]])

    places = first_places(similarities, relevant)

    assert places[:2].tolist() == [1.0, 2.0]
    assert np.isnan(places[2])  # nothing to be found


def test_a_passage_looks_for_its_like_in_each_other_language() -> None:
    vectors = unit(np.array([[1, 0], [1, 0.1], [0, 1], [0.1, 1]], np.float32))
    languages, names = np.array(["zh", "en", "de", "de"]), np.array(["a", "a", "a", "b"])
    asked, gallery = np.array([True, False, False, False]), np.ones(4, bool)

    first, reciprocal = across_languages(vectors, languages, names, asked, gallery)

    assert first[0] == pytest.approx(0.5)  # found in English; in German the other one is nearer
    assert reciprocal[0] == pytest.approx(0.75)
    assert np.isnan(first[1:]).all()


def test_twins_and_texts_of_one_theme_stay_in_one_fold() -> None:
    passages = some_passages()

    groups = passages.groups(by_meaning(passages))
    folds = passages.folds(groups, np.random.default_rng(1))

    pivots = {groups[n] for n, row in enumerate(passages.rows) if row.kind is Kind.TEXT and row.language == "zh"}
    for number, row in enumerate(passages.rows):
        if row.kind is Kind.TEXT:
            assert groups[number] in pivots
        same = [n for n, other in enumerate(passages.rows) if (other.kind, other.name) == (row.kind, row.name)]
        if row.kind is Kind.CARRIER:
            assert len({folds[n] for n in same}) == 1
    assert set(folds.tolist()) == {0, 1, 2}


def test_terms_are_always_known() -> None:
    passages = Passages((Passage(Kind.TERM, "en", "kiln", FIELDS[0]), *some_passages().rows), views=())

    folds = passages.folds(passages.groups(by_meaning(passages)), np.random.default_rng(1))

    assert folds[0] == ALWAYS_KNOWN


def test_whitening_evens_out_the_scatter_within_names() -> None:
    rng = np.random.default_rng(2)
    names = np.array(["a", "b"] * 200)
    vectors = rng.normal(size=(400, 3)) * [2.0, 1.0, 0.5] + (names == "a")[:, None]

    white = vectors @ whitening(vectors.astype(np.float32), names)

    residues = white - class_means(white, names)[(names == "b").astype(int)]
    spread = residues.std(axis=0)
    assert spread.max() / spread.min() < 2.0 / 0.5 / 1.5  # shrunk towards what it was, so not quite even


def test_a_direction_that_all_share_is_taken_out() -> None:
    passages = some_passages()
    shared = np.eye(DIMS, dtype=np.float32)[0] * np.linspace(-9, 9, len(passages.rows), dtype=np.float32)[:, None]
    vectors = unit(by_meaning(passages) + shared)

    mapped = without_common_directions(vectors, passages, np.ones(len(vectors), bool))

    assert np.abs(mapped[:, 0]).max() < 0.5 < np.abs(vectors[:, 0]).max()


def test_a_language_that_was_turned_is_turned_back() -> None:
    passages = some_passages()
    vectors = by_meaning(passages, noise=0.02)
    turn = np.linalg.qr(np.random.default_rng(3).normal(size=(DIMS, DIMS))).Q.astype(np.float32)
    english = passages.languages == "en"
    turned = vectors.copy()
    turned[english] = turned[english] @ turn

    mapped = rotated_to_chinese(turned, passages, np.ones(len(vectors), bool))

    before, after = ((of[english] * vectors[english]).sum(axis=1).mean() for of in (turned, mapped))
    assert before < 0.5 < 0.8 < after


def test_what_is_unknown_does_not_shape_a_map() -> None:
    passages = some_passages()
    vectors = by_meaning(passages)
    known = np.arange(len(vectors)) % 2 == 0
    changed = np.where(known[:, None], vectors, vectors[::-1])

    for one in (without_common_directions, whitened_within_fields, rotated_to_chinese):
        first, second = one(vectors, passages, known), one(changed, passages, known)
        assert np.allclose(first[known], second[known], atol=1e-6)


def test_pairs_are_alike_in_name_and_differ_in_language() -> None:
    passages = some_passages()
    sampler = PairSampler(passages, np.ones(len(passages.rows), bool), (Kind.TEXT,), np.random.default_rng(4))

    pairs = sampler.draw(n_twins=2, n_alike=3)

    names = [passages.rows[one].name for one, _ in pairs]
    assert len(pairs) == len(set(names)) == 5  # no two pairs of a batch belong together
    for one, other in pairs:
        assert passages.rows[one].name == passages.rows[other].name
        assert passages.rows[one].language != passages.rows[other].language


def test_pairs_come_from_what_is_known() -> None:
    passages = some_passages()
    known = np.array([row.name != FIELDS[0] for row in passages.rows])
    sampler = PairSampler(passages, known, (Kind.TEXT,), np.random.default_rng(4))

    drawn = {number for _ in range(20) for pair in sampler.draw() for number in pair}

    assert drawn <= set(np.flatnonzero(known).tolist())


def test_the_loss_is_small_where_pairs_lie_close() -> None:
    torch = pytest.importorskip("torch")
    one = torch.eye(4)

    assert contrastive_loss(one, one) < 0.01 < 1 < contrastive_loss(one, one.flip(0))


def test_a_learned_map_brings_what_is_alike_together() -> None:
    pytest.importorskip("torch")
    passages = some_passages()
    vectors = by_meaning(passages, noise=1.0)

    mapped = learned_map(vectors, passages, np.ones(len(vectors), bool), alike=(Kind.TEXT,))

    same = passages.names[:, None] == passages.names[None, :]
    before, after = ((of @ of.T)[same].mean() - (of @ of.T)[~same].mean() for of in (vectors, mapped))
    assert after > before


def test_a_difference_is_of_the_same_passages() -> None:
    released, other = np.array([0.0, 1.0, np.nan, 0.0]), np.array([1.0, 1.0, 1.0, np.nan])

    gain = difference(other, released, np.array([0, 1, 2, 3]))

    assert gain.value == pytest.approx(0.5)
    assert gain.low == 0.0
    assert gain.high == 1.0


def test_the_table_compares_with_its_first_row() -> None:
    measured = {"released": {"hit": np.array([0.0, 1.0])}, "other": {"hit": np.array([1.0, 1.0])}}

    lines = table(measured, ("hit",), np.array([0, 0]))

    assert lines[0] == "| try | hit (n 2) |"
    assert lines[2] == "| released | .500 |"
    assert lines[3] == "| other | 1.000 (+.500: +.500 to +.500) |"
