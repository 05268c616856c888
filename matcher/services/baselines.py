"""What simpler systems list: BM25 over the words of the records, and the embedding of the text alone."""

from collections.abc import Sequence

import numpy as np

from matcher.domain.carriers import Carrier
from matcher.domain.judgements import JudgedStartup, Run
from matcher.domain.messages import Language
from matcher.domain.taxonomy import Taxonomy
from matcher.ports import Encoder
from matcher.retrieval.dense import DenseIndex, top_k
from matcher.retrieval.sparse import Bm25Index

LANGUAGES = (Language.ZH, Language.EN, Language.DE)


def record_text(carrier: Carrier, taxonomy: Taxonomy, language: Language) -> str:
    """Name, fields and description in one language: all that a reader of the record would see."""
    fields = [taxonomy.label(term).say(language) for term in (*carrier.industries, *carrier.subfields)]
    return "\n".join(filter(None, (carrier.name.say(language), *fields, carrier.description.say(language))))


def bm25_run(startups: Sequence[JudgedStartup], carriers: Sequence[Carrier], taxonomy: Taxonomy) -> Run:
    """Each record once, in its three languages together, so that a text finds it in any of them."""
    ordered = sorted(carriers, key=lambda carrier: carrier.id)
    index = Bm25Index.of(["\n".join(record_text(one, taxonomy, said) for said in LANGUAGES) for one in ordered])
    scores = np.array([index.scores(startup.text) for startup in startups], dtype=np.float32)
    best = top_k(scores.reshape(len(startups), len(ordered)), len(ordered))
    return {startup.id: tuple(ordered[row].id for row in rows) for startup, rows in zip(startups, best, strict=True)}


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
