"""Learns to tell sentences of praise from sentences of content, alone and in a text."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from matcher.understanding.clauses import sentences
from matcher.understanding.lexis import Lexis
from matcher.understanding.praise import LONGEST_SENTENCE, has_figures
from models.cached_encoder import ReadsTexts
from models.own_texts import DATA
from models.praise_head import FloatMatrix, PraiseHead
from models.text_views import TextView

PRAISE_FILE = DATA / "praise" / "sentences.yaml"
SPOKEN = ("zh", "en", "de")
# Learning from four fifths it found 91 of 100 of the rest; of 7,400 sentences of the corpus without figure or term it
# took 67, half of them praise indeed; strengths of 1 and 100 do as well.
STRENGTH, PRAISE_WEIGHT = 10.0, 5.0
ITERATIONS = 500
TEXTS_AROUND, PLAIN_TEXTS = 3, 900  # into which each sentence of praise is put; in which nothing is put
Row = Mapping[str, Any]
Praise = Sequence[tuple[str, str]]  # sentence and language


def fit_praise(
    encoder: ReadsTexts, rows: Sequence[Row], lexis: Lexis, on: date, rng: np.random.Generator
) -> PraiseHead:
    """From the sentences of praise and the texts of the corpus; `rng` draws which stands in which."""
    spoken = [row for row in rows if row["lang"] in SPOKEN]
    by_language = yaml.safe_load(PRAISE_FILE.read_text(encoding="utf-8"))
    praise = [(words.rstrip(".。"), language) for language in SPOKEN for words in by_language[language]]
    return PraiseHead(*_alone(encoder, spoken, praise), *_in_context(encoder, spoken, praise, lexis, on, rng))


def _alone(encoder: ReadsTexts, rows: Sequence[Row], praise: Praise) -> tuple[FloatMatrix, float]:
    content = {
        (row["text"][start:end], row["lang"])
        for row in rows
        for start, end in sentences(row["text"])
        if end - start <= LONGEST_SENTENCE and not has_figures(row["text"][start:end])
    }
    examples = [*praise, *sorted(content)]
    vectors = encoder.encode([words for words, _ in examples], [language for _, language in examples])
    return _fitted(vectors, np.arange(len(examples)) < len(praise))


def _in_context(
    encoder: ReadsTexts, rows: Sequence[Row], praise: Praise, lexis: Lexis, on: date, rng: np.random.Generator
) -> tuple[FloatMatrix, float]:
    around = {language: [row["text"] for row in rows if row["lang"] == language] for language in SPOKEN}
    texts = [
        (*_with(words, text, language, rng), language)
        for words, language in praise
        for text in rng.choice(around[language], TEXTS_AROUND, replace=False).tolist()
    ]
    texts += [
        (rows[number]["text"], (0, 0), rows[number]["lang"]) for number in rng.permutation(len(rows))[:PLAIN_TEXTS]
    ]
    views = [TextView.of(text, on, lexis) for text, _, _ in texts]
    _, parts = encoder.encode_parts(
        [view.encoded_text for view in views],
        [view.language.value for view in views],
        [view.encoded_clauses for view in views],
    )
    is_praise = [
        start <= first < end
        for (_, (start, end), _), view in zip(texts, views, strict=True)
        for first, _ in view.clauses
    ]
    return _fitted(np.concatenate(parts), np.array(is_praise))


def _with(words: str, text: str, language: str, rng: np.random.Generator) -> tuple[str, tuple[int, int]]:
    """The text with one more sentence before any of its own or behind the last, and where that stands."""
    place = int(rng.choice([*(start for start, _ in sentences(text)), len(text)]))
    before = text[:place] + ("\n" if place == len(text) else "")
    mark = "。" if language == "zh" else ". "
    return f"{before}{words}{mark}{text[place:]}", (len(before), len(before) + len(words))


def _fitted(vectors: FloatMatrix, is_praise: NDArray[np.bool_]) -> tuple[FloatMatrix, float]:
    model = LogisticRegression(C=STRENGTH, max_iter=ITERATIONS, class_weight={True: PRAISE_WEIGHT, False: 1.0})
    model.fit(vectors, is_praise)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])
