"""Training, on a slice small enough for every run."""

from datetime import date

import numpy as np
import pytest

from matcher.understanding.signals import SIGNALS
from models.need_cues import NeedCues
from models.reader_store import MANIFEST, PIECES, WEIGHTS, load_model, save_model
from models.text_views import TextView
from models.token_vocabulary import TokenVocabulary
from models.train_readers import Examples, Material, Recipe, corpus_rows, figures, fit_head, fit_needs, term_rows
from tests.released import released_encoder, vocabulary

PATTERNS = {"service.site": ["厂房|hall|halle"], "service.financing": ["融资|investor"]}
N_TEXTS = 60


def train_a_little(folder) -> dict:
    """As the released reader is trained, on every so many texts of the corpus."""
    rows = [row for row in corpus_rows() if row["subfields"]]
    rows = rows[:: len(rows) // N_TEXTS]
    views = [TextView.of(row["text"], date(2026, 11, 24)) for row in rows]
    pieces = TokenVocabulary.learn([view.clean for view in views], seen_in=3)
    vectors = released_encoder().encode([view.field_text for view in views], [view.language.value for view in views])
    sizes = {"n_pieces": len(pieces.pieces), "dims": released_encoder().dims}
    cues = NeedCues(PATTERNS)
    signals = np.array([view.signals.columns() for view in views])
    recipe = Recipe(1.0, signal_scale=1.0)
    texts = Examples(pieces.count_all([view.clean for view in views]), vectors, signals)
    asked = Examples(texts.counts, vectors, np.array([cues.columns(view.need_text) for view in views]))
    chains = np.array([row["chain"] for row in rows])
    wanted = np.array([[name in row["services"] for name in cues.ids] for row in rows])
    heads = {
        "field": fit_head(sorted(set(chains)), texts.matrix(sizes["n_pieces"], 1.0), chains, None, recipe, **sizes),
        "needs": fit_needs(
            cues.ids, asked.matrix(sizes["n_pieces"], 1.0), wanted, recipe, **sizes, progress=lambda step: None
        ),
    }
    save_model(folder, pieces, heads, PATTERNS, {"encoder": "any", "thresholds": {}, "temperatures": {}})
    return {"heads": heads, "texts": texts, "chains": chains, **sizes}


def test_the_same_data_gives_the_same_bytes(tmp_path) -> None:
    train_a_little(tmp_path / "one")
    train_a_little(tmp_path / "two")

    for name in (WEIGHTS, PIECES, MANIFEST):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_head_says_what_the_classifier_learned(tmp_path) -> None:
    trained = train_a_little(tmp_path)
    head, texts = trained["heads"]["field"], trained["texts"]

    assert list(head.classes) == sorted(set(trained["chains"]))
    assert head.signals.shape == (len(SIGNALS), len(head.classes))
    rows = zip(texts.counts, texts.vectors, texts.signals, strict=True)
    best = [head.classes[int(np.argmax(head.scores(*row)))] for row in rows]
    assert np.mean([one == chain for one, chain in zip(best, trained["chains"], strict=True)]) > 0.9


def test_a_head_of_two_classes_weighs_both_alike() -> None:
    counts = TokenVocabulary(("光",), np.ones(1, np.float32)).count_all(["光", "光", "x", "x"])
    examples = Examples(counts, np.zeros((4, 1), np.float32), np.zeros((4, 1), np.float32)).matrix(1, 0.0)

    head = fit_head(["a", "b"], examples, np.array(["a", "a", "b", "b"]), None, Recipe(1.0), n_pieces=1, dims=1)

    np.testing.assert_allclose(head.tokens[:, 0], -head.tokens[:, 1])
    assert head.tokens[0, 0] > 0


def test_examples_hold_words_vector_and_scaled_signals_side_by_side() -> None:
    counts = TokenVocabulary(("光", "激"), np.ones(2, np.float32)).count_all(["激", "x"])
    examples = Examples(counts, np.array([[0.5], [0.25]], np.float32), np.array([[1.0], [0.0]], np.float32))

    assert examples.matrix(2, 3.0).toarray() == pytest.approx(np.array([[0, 1, 0.5, 3], [0, 0, 0.25, 0]]))


def test_the_corpus_reads_itself_by_heads_that_have_not_seen_the_text() -> None:
    rows = [row for row in corpus_rows() if row["industry"] in ("agrifood", "creative", "other")][::4]
    views = [TextView.of(row["text"], date(2026, 11, 24)) for row in rows]
    terms = [term for term in term_rows() if term[2].startswith(("agrifood", "creative"))][::9]
    encoder = released_encoder()
    material = Material(
        rows=rows,
        views=views,
        vectors=encoder.encode([view.field_text for view in views], [view.language.value for view in views]),
        signals=np.array([view.signals.columns() for view in views]),
        terms=terms,
        term_vectors=encoder.encode([words for _, words, _ in terms], [language for language, _, _ in terms]),
        vocabulary=TokenVocabulary.learn([view.clean for view in views], seen_in=3),
        lexis=load_model().lexis,
    )

    once, twice = (figures(material, lambda step: None) for _ in range(2))

    assert once == twice
    assert 0.5 < once["corpus_subfield_top1"] < once["corpus_subfield_top3"] <= 1
    assert 0.3 < once["corpus_stage_exact"] < 1
    assert 0.4 < once["corpus_outcome_f1"] < 1


def test_terms_come_from_the_vocabulary_and_the_word_lists() -> None:
    terms = list(term_rows())

    assert {language for language, _, _ in terms} == {"zh", "en", "de"}
    assert all(words.strip() and name in vocabulary().by_id for _, words, name in terms)
