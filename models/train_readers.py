"""Trains the released reader from the texts and word lists in this repository.

    python -m models.train_readers [--out FOLDER]

Same data, same versions, same processor: same bytes. The judged texts in data/qrels take no part.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from matcher.understanding.signals import SIGNALS
from models.encoders import load_encoder
from models.linear_head import LinearHead
from models.need_cues import NeedCues
from models.own_texts import DATA
from models.read_text import AMOUNTS_AMONG_CUES
from models.reader_store import RELEASED, save_model
from models.text_views import TextView
from models.token_vocabulary import TokenCounts, TokenVocabulary

WRITTEN_ON = date(2026, 11, 24)  # the day to which the corpus' ages refer
SEEN_IN = 3
NEEDS_FILE = "needs.yaml"
READABLE = "readable"
UNKNOWN_STAGE = "unknown"
OWN_CUE_SCALE = 8.0
ITERATIONS, TOLERANCE = 200, 2e-3  # stopping early keeps the weights small
THRESHOLDS = {"services": 0.3, "capabilities": 0.35, "site": 0.4}
# A field head that had not seen a fifth of the corpus gave it the best log loss at 0.8 (1.86, against 1.91 at 1.0; the
# calibration error of the sub-field .05 against .09); the judged texts, which took no part in the choice, agree.
TEMPERATURES = {"field": 0.8, "stage": 1.0, "gate": 1.0}
FloatMatrix = NDArray[np.float32]


@dataclass(frozen=True)
class Recipe:
    """How one head is fitted: inverse regularisation, and how much its signals count."""

    strength: float
    signal_scale: float = 0.0
    positive_weight: float = 1.0
    term_weight: float = 0.0  # of one term of the word lists against one text


FIELD_RECIPES = (Recipe(20.0, term_weight=0.1), Recipe(10.0, term_weight=0.15))  # their weights are averaged
RECIPES = {
    "stage": Recipe(5.0, signal_scale=0.6),
    "needs": Recipe(0.3, signal_scale=3.0, positive_weight=2.0),
    "gate": Recipe(5.0, signal_scale=0.3, positive_weight=3.0, term_weight=0.05),
}


@dataclass(frozen=True)
class Examples:
    """Texts as the heads see them, one row each."""

    counts: Sequence[TokenCounts]
    vectors: FloatMatrix  # shape (n, dims)
    signals: FloatMatrix  # shape (n, n_signals)

    def matrix(self, n_pieces: int, signal_scale: float) -> sparse.csr_matrix:
        lengths = [len(count.columns) for count in self.counts]
        pieces = sparse.csr_matrix(
            (
                np.concatenate([count.weights for count in self.counts]),
                np.concatenate([count.columns for count in self.counts]),
                np.concatenate([[0], np.cumsum(lengths)]),
            ),
            shape=(len(lengths), n_pieces),
        )
        return sparse.hstack([pieces, sparse.csr_matrix(self.vectors), self.signals * signal_scale]).tocsr()


def corpus_rows() -> list[dict[str, Any]]:
    paths = sorted((DATA / "corpus").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def term_rows() -> Iterator[tuple[str, str, str]]:
    """Language, words and sub-field: labels and keywords of the vocabulary, and the word lists beside it."""
    vocabulary = yaml.safe_load((DATA / "seed" / "taxonomy.yaml").read_text(encoding="utf-8"))
    for subfield in vocabulary["subfields"]:
        for language in ("zh", "en", "de"):
            for words in (subfield[language], *subfield["keywords"].get(language, ())):
                yield language, str(words), subfield["id"]
    for path in sorted((DATA / "lexicon").glob("*.yaml")):
        if path.name != NEEDS_FILE:
            for name, by_language in yaml.safe_load(path.read_text(encoding="utf-8")).items():
                for language, terms in by_language.items():
                    for words in terms:
                        yield language, str(words), name


def ambiguous_words() -> Iterator[str]:
    """Words of the vocabulary that mean different things in different fields."""
    vocabulary = yaml.safe_load((DATA / "seed" / "taxonomy.yaml").read_text(encoding="utf-8"))
    for entry in vocabulary["ambiguous_terms"]:
        yield from (word.strip() for word in str(entry["term"]).split("/"))


def fit_head(
    classes: Sequence[str], examples: sparse.csr_matrix, target: NDArray[Any], weights: NDArray[np.float64] | None,
    recipe: Recipe, n_pieces: int, dims: int,
) -> LinearHead:  # fmt: skip
    """One softmax classifier; classes in the order of the alphabet."""
    model = LogisticRegression(C=recipe.strength, max_iter=ITERATIONS, tol=TOLERANCE)
    model.fit(examples, target, sample_weight=weights)
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients, bias = np.vstack([-coefficients, coefficients]) / 2, np.concatenate([-bias, bias]) / 2
    return _head(tuple(classes), coefficients.T, bias, recipe, n_pieces, dims)


def fit_needs(
    ids: Sequence[str], examples: sparse.csr_matrix, wanted: NDArray[np.bool_], recipe: Recipe, n_pieces: int,
    dims: int, progress: Callable[[str], None],
) -> LinearHead:  # fmt: skip
    """One yes-or-no classifier per id; its own cue, a column among the signals, counts more than the others'."""
    columns, biases = [], []
    for number, name in enumerate(ids):
        progress(f"needs: {name}")
        model = LogisticRegression(
            C=recipe.strength,
            max_iter=ITERATIONS,
            tol=TOLERANCE,
            class_weight={False: 1.0, True: recipe.positive_weight},
        )
        own_cue = n_pieces + dims + number
        emphasis = OWN_CUE_SCALE / recipe.signal_scale
        model.fit(sparse.hstack([examples, examples[:, [own_cue]] * emphasis]).tocsr(), wanted[:, number])
        weights = model.coef_[0][:-1].copy()
        weights[own_cue] += model.coef_[0][-1] * emphasis
        columns.append(weights)
        biases.append(model.intercept_[0])
    return _head(tuple(ids), np.array(columns).T, np.array(biases), recipe, n_pieces, dims)


def averaged(heads: Sequence[LinearHead]) -> LinearHead:
    """One head whose logits are the mean of theirs; all have the same classes."""

    def mean(part: str) -> NDArray[np.float32]:
        return np.mean([getattr(head, part) for head in heads], axis=0, dtype=np.float32)

    return LinearHead(heads[0].classes, mean("tokens"), mean("vector"), mean("signals"), mean("bias"))


def _head(
    classes: tuple[str, ...], weights: NDArray[Any], bias: NDArray[Any], recipe: Recipe, n_pieces: int, dims: int
) -> LinearHead:
    as_single = weights.astype(np.float32)
    return LinearHead(
        classes,
        as_single[:n_pieces],
        as_single[n_pieces : n_pieces + dims],
        as_single[n_pieces + dims :] * np.float32(recipe.signal_scale),
        bias.astype(np.float32),
    )


def train(folder: Path, progress: Callable[[str], None]) -> None:
    """Fit all heads and write the model."""
    rows, terms = corpus_rows(), list(term_rows())
    patterns = yaml.safe_load((DATA / "lexicon" / NEEDS_FILE).read_text(encoding="utf-8"))
    cues = NeedCues(patterns)
    progress(f"reading {len(rows)} texts and {len(terms)} terms")
    views = [TextView.of(row["text"], WRITTEN_ON) for row in rows]
    words = [term for _, term, _ in terms]
    vocabulary = TokenVocabulary.learn([*(view.clean for view in views), *words], seen_in=SEEN_IN)
    encoder = load_encoder()
    vectors = encoder.encode([view.encoded_text for view in views], [view.language.value for view in views])
    progress("encoding the terms")
    term_vectors = encoder.encode(words, [language for language, _, _ in terms])
    signals = np.array([view.signals.columns() for view in views])
    n_pieces, dims = len(vocabulary.pieces), encoder.dims
    sizes = {"n_pieces": n_pieces, "dims": dims}

    progress("field")
    is_readable = np.array([bool(row["subfields"]) and row["industry"] != "other" for row in rows])
    field_texts = [view.field_text for view, readable in zip(views, is_readable, strict=True) if readable]
    no_signals = np.zeros((int(is_readable.sum()) + len(terms), len(SIGNALS)), np.float32)
    field_examples = Examples(
        vocabulary.count_all([*field_texts, *words]), np.vstack([vectors[is_readable], term_vectors]), no_signals
    )
    field_target = np.array([row["subfields"][0] for row in rows if row["subfields"] and row["industry"] != "other"]
                            + [name for _, _, name in terms])  # fmt: skip
    kept = field_target != "other.unclassified"
    is_term = np.arange(len(field_target)) >= len(field_texts)
    field_matrix = field_examples.matrix(n_pieces, 0.0)[kept]
    heads = {
        "field": averaged(
            [
                fit_head(
                    sorted(set(field_target[kept])), field_matrix, field_target[kept],
                    np.where(is_term, recipe.term_weight, 1.0)[kept], recipe, **sizes,
                )
                for recipe in FIELD_RECIPES
            ]
        )
    }  # fmt: skip

    full = Examples(vocabulary.count_all([view.clean for view in views]), vectors, signals)
    progress("stage")
    stage_target = np.array([row["stage"] or UNKNOWN_STAGE for row in rows])
    recipe = RECIPES["stage"]
    stage_matrix = full.matrix(n_pieces, recipe.signal_scale)
    heads["stage"] = fit_head(sorted(set(stage_target)), stage_matrix, stage_target, None, recipe, **sizes)

    progress("gate")
    recipe = RECIPES["gate"]
    no_signals = np.zeros((len(terms), signals.shape[1]), np.float32)
    named = Examples(vocabulary.count_all(words), term_vectors, no_signals)  # to name a product is to be readable
    gate_matrix = sparse.vstack(
        [full.matrix(n_pieces, recipe.signal_scale), named.matrix(n_pieces, recipe.signal_scale)]
    ).tocsr()
    gate_target = np.array(
        [READABLE if row["outcome"] in ("ranked", "no_core_chain") else row["outcome"] for row in rows]
        + [READABLE] * len(terms)
    )
    gate_weights = np.where(gate_target == READABLE, 1.0, recipe.positive_weight)
    gate_weights[len(rows) :] = recipe.term_weight
    heads["gate"] = fit_head(sorted(set(gate_target)), gate_matrix, gate_target, gate_weights, recipe, **sizes)

    asked = Examples(
        vocabulary.count_all([view.need_text for view in views]), vectors,
        np.hstack([np.array([cues.columns(view.need_text) for view in views]), signals * AMOUNTS_AMONG_CUES]),
    )  # fmt: skip
    wanted = np.array(
        [[name in {*row["services"], *row["capabilities"], *row["site"]} for name in cues.ids] for row in rows]
    )
    recipe = RECIPES["needs"]
    heads["needs"] = fit_needs(
        cues.ids, asked.matrix(n_pieces, recipe.signal_scale), wanted, recipe, **sizes, progress=progress
    )
    save_model(folder, vocabulary, heads, patterns, _facts(encoder.id, len(rows), terms))


def _facts(encoder_id: str, n_texts: int, terms: Sequence[tuple[str, str, str]]) -> Mapping[str, Any]:
    together = sha256()
    for path in [
        *sorted((DATA / "corpus").glob("*.jsonl")),
        *sorted((DATA / "lexicon").glob("*.yaml")),
        DATA / "seed" / "taxonomy.yaml",
    ]:
        together.update(path.read_bytes())
    return {
        "encoder": encoder_id,
        "data": {"sha256": together.hexdigest(), "texts": n_texts, "terms": len(terms), "invented": True},
        "thresholds": THRESHOLDS,
        "temperatures": TEMPERATURES,
        "terms": {
            name: [words for _, words, of in terms if of == name] for name in sorted({name for _, _, name in terms})
        },
        "ambiguous": list(ambiguous_words()),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", metavar="FOLDER", type=Path, default=RELEASED)
    train(parser.parse_args().out, lambda step: print(step, file=sys.stderr, flush=True))  # noqa: T201 - a script
    return 0


if __name__ == "__main__":
    sys.exit(main())
