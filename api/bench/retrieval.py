"""Exact top k and BM25 against plain Python, at the size of a nation of carriers and of the seed registry."""

from collections.abc import Iterator

import numpy as np

from api.bench.references import PlainBm25, plain_top_k
from api.bench.rows import Row, against_plain
from data.qrels import qrels_folder, read_qrels
from data.seed import read_seed, seed_folder
from matcher.retrieval.dense import top_k
from matcher.retrieval.sparse import Bm25Index
from matcher.services.baselines import LANGUAGES, record_text

N_CARRIERS, N_QUERIES, K = 15_000, 16, 200


def retrieval_rows() -> Iterator[Row]:
    similarities = np.random.default_rng(1).normal(size=(N_QUERIES, N_CARRIERS)).astype(np.float32)
    as_lists = similarities.tolist()
    yield against_plain(
        f"top {K} of {N_CARRIERS:,}, per query",
        lambda: top_k(similarities, K),
        lambda: plain_top_k(as_lists, K),
        N_QUERIES,
    )
    seed = read_seed(seed_folder())
    records = [
        "\n".join(record_text(carrier, seed.vocabulary, said) for said in LANGUAGES) for carrier in seed.carriers
    ]
    texts = [startup.text for startup in read_qrels(qrels_folder()).startups[:N_QUERIES]]
    ours, plain = Bm25Index.of(records), PlainBm25(records)
    yield against_plain(
        f"BM25 over {len(records)} carriers, per query",
        lambda: [ours.scores(text) for text in texts],
        lambda: [plain.scores(text) for text in texts],
        len(texts),
    )
