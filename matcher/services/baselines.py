"""What simpler systems list: words of the records, the embedding of the text alone, and plain average grades."""

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from matcher.domain.carriers import Carrier
from matcher.domain.judgements import JudgedStartup, Qrels, Run
from matcher.domain.matches import Answer
from matcher.domain.messages import Language
from matcher.domain.taxonomy import Taxonomy
from matcher.evaluation.grade_tables import table_scores
from matcher.evaluation.intervals import FloatMatrix, IntVector
from matcher.ports import Encoder
from matcher.retrieval.dense import DenseIndex, top_k
from matcher.retrieval.sparse import Bm25Index
from matcher.retrieval.tfidf import TfidfIndex

LANGUAGES = (Language.ZH, Language.EN, Language.DE)


def record_text(carrier: Carrier, taxonomy: Taxonomy, language: Language) -> str:
    """Name, fields and description in one language: all that a reader of the record would see."""
    fields = [taxonomy.label(term).say(language) for term in (*carrier.industries, *carrier.subfields)]
    return "\n".join(filter(None, (carrier.name.say(language), *fields, carrier.description.say(language))))


def bm25_run(startups: Sequence[JudgedStartup], carriers: Sequence[Carrier], taxonomy: Taxonomy) -> Run:
    """Each record once, in its three languages together, so that a text finds it in any of them."""
    ordered = sorted(carriers, key=lambda carrier: carrier.id)
    index = Bm25Index.of(_all_words(ordered, taxonomy))
    return _listed(startups, ordered, np.array([index.scores(startup.text) for startup in startups]))


def tfidf_run(startups: Sequence[JudgedStartup], carriers: Sequence[Carrier], taxonomy: Taxonomy) -> Run:
    """Over the same words as BM25."""
    ordered = sorted(carriers, key=lambda carrier: carrier.id)
    index = TfidfIndex.of(_all_words(ordered, taxonomy))
    return _listed(startups, ordered, index.scores([startup.text for startup in startups]))


def table_runs(
    qrels: Qrels, answers: Sequence[Answer], carriers: Sequence[Carrier], divided: Sequence[IntVector]
) -> Mapping[str, list[Run]]:
    """Average grades of the other folds: for all texts alike, by the chain read, and by chain and stage read.

    Args:
        qrels: their graded texts are learned from and listed for.
        answers: one for each graded text, in order; say what was read.
        carriers: those to rank.
        divided: the fold of each graded text, once for each time that the texts are divided anew.
    """
    ordered = sorted(carriers, key=lambda carrier: carrier.id)
    judged = [qrels.grades[startup.id] for startup in qrels.graded]
    grades = np.array([[grade.get(one.id, 0) for one in ordered] for grade in judged], dtype=np.float64)
    grades = grades.reshape(len(judged), len(ordered))
    chains: list[Hashable] = [answer.profile.chain.id for answer in answers]
    stages = [answer.profile.stage.id if answer.profile.stage else None for answer in answers]
    cells: list[Hashable] = list(zip(chains, stages, strict=True))
    levels = {"popularity": [], "chain_table": [chains], "chain_stage_table": [chains, cells]}
    return {
        name: [_listed(qrels.graded, ordered, table_scores(grades, level, folds)) for folds in divided]
        for name, level in levels.items()
    }


def embedding_run(
    startups: Sequence[JudgedStartup], carriers: Sequence[Carrier], taxonomy: Taxonomy, encoder: Encoder
) -> Run:
    """By cosine between the text and the mean of the record's embeddings in the three languages."""
    languages = [said for _ in carriers for said in LANGUAGES]
    texts = [record_text(carrier, taxonomy, said) for carrier in carriers for said in LANGUAGES]
    means = encoder.encode(texts, languages).reshape(len(carriers), len(LANGUAGES), encoder.dims).mean(axis=1)
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    index = DenseIndex.of([carrier.id for carrier in carriers], means / np.where(lengths > 0, lengths, 1))
    queries = encoder.encode([startup.text for startup in startups], [startup.language for startup in startups])
    nearest = index.nearest(queries, len(carriers))
    return {
        startup.id: tuple(index.ids[row] for row in rows) for startup, rows in zip(startups, nearest.rows, strict=True)
    }


def _all_words(carriers: Sequence[Carrier], taxonomy: Taxonomy) -> list[str]:
    return ["\n".join(record_text(one, taxonomy, said) for said in LANGUAGES) for one in carriers]


def _listed(startups: Sequence[JudgedStartup], ordered: Sequence[Carrier], scores: FloatMatrix) -> Run:
    """All carriers by score, equal ones by id."""
    best = top_k(scores.astype(np.float32).reshape(len(startups), len(ordered)), len(ordered))
    return {startup.id: tuple(ordered[row].id for row in rows) for startup, rows in zip(startups, best, strict=True)}
