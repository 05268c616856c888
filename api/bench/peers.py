"""Finding and ranking carriers beside known programs, at the size of a nation of carriers, all in one thread.

Each of them does a part of the work only: it finds, or it scores, and none gives reasons.
"""

from collections.abc import Iterator
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from api.bench.nation import made_up_board, made_up_sides
from api.bench.rows import Row, beside, skipped
from api.bench.turns import Work
from data.qrels import qrels_folder, read_qrels
from data.seed import read_seed, seed_folder
from matcher.domain.ids import CarrierId
from matcher.features.pairs import PairBlock, pair_features
from matcher.ranking.reciprocal import reciprocal_parts
from matcher.retrieval.bounds import BoundMaker
from matcher.retrieval.dense import DenseIndex
from matcher.services.baselines import LANGUAGES, record_text
from matcher.services.rerank_all import Sides
from matcher.services.rerank_block import World, compute_block
from models.learned_ranker import load_ranker

N_CARRIERS, N_STARTUPS, K = 15_000, 512, 10
N_RECALLED = 100
N_CALLS = 8  # in a turn, of what takes a millisecond
MOST_OF_FAISS, MOST_OF_FAISS_CORE, MOST_OF_SEARCH, MOST_OF_BM25 = 1.1, 3.0, 0.35, 5.0
CORE = f"request: {N_CARRIERS:,} carriers to the best {K} with their parts"
EXTRA = "pip install 'matcher[bench]'"
Vectors = NDArray[np.float32]


def peer_rows(n_rounds: int = 41) -> Iterator[Row]:
    sides = made_up_sides(made_up_board(), N_STARTUPS, N_CARRIERS)
    items = np.ascontiguousarray(sides.homes.table.embedding)
    queries = np.ascontiguousarray(sides.askers.table.embedding)
    core = request_core(sides)
    yield from _faiss_rows(items, queries, core, n_rounds)
    yield from _search_rows(items, queries, core, max(9, n_rounds // 5))
    yield from _bm25_rows(core, n_rounds)
    yield from _implicit_rows(items, queries, core, n_rounds)
    yield beside(
        f"{CORE} / features and scores of all pairs",
        core,
        every_pair(sides),
        max(5, n_rounds // 10),
        limit=1.0,
        note="the second is how a single answer goes about it, with the few hundred carriers of a registry",
    )


def request_core(sides: Sides) -> Work:
    """One startup: bounds of all carriers, exact scores of whoever can be among the best, the best with their parts."""
    no_leads = np.full(len(sides.homes), np.inf, np.float32)
    world = World(sides.askers, BoundMaker(load_ranker(), sides.homes), K, no_leads)
    return lambda number: compute_block(world, np.array([number % len(sides.askers)]))


def every_pair(sides: Sides) -> Work:
    """One startup: features and parts of all carriers, then a sort."""
    ranker, homes = load_ranker(), sides.homes

    def work(number: int) -> object:
        row = slice(number % len(sides.askers), number % len(sides.askers) + 1)
        block = PairBlock(sides.askers.table.rows(row), homes.table, homes.chain_columns, None, None)
        parts = reciprocal_parts(*ranker.parts(pair_features(block)))
        return parts[np.argsort(-parts.sum(axis=1), kind="stable")[:K]]

    return work


def _faiss_rows(items: Vectors, queries: Vectors, core: Work, n_rounds: int) -> Iterator[Row]:
    figure = f"exact top {K} of {N_CARRIERS:,}, one query"
    if find_spec("faiss") is None:
        yield skipped(f"{figure} / faiss flat", f"faiss is not installed: {EXTRA}")
        return
    import faiss  # noqa: PLC0415 - an optional package

    faiss.omp_set_num_threads(1)
    flat = faiss.IndexFlatIP(items.shape[1])
    flat.add(items)
    ours = DenseIndex.of([CarrierId(f"{number:06}") for number in range(len(items))], items)
    found = ours.nearest(queries, N_RECALLED)
    true = np.sort(flat.search(queries, N_RECALLED)[0], axis=1)[:, 0]  # the least similarity among the best
    yield Row(
        figure=f"recall of the exact top {N_RECALLED}",
        value=float((found.similarities >= true[:, None] - 1e-6).mean()),
        unit="",
        limit=1.0,
        note="as many of the best as faiss flat finds; equal ones count alike",
    )

    def one(number: int) -> Vectors:
        row = number % len(queries)
        return queries[row : row + 1]

    yield beside(
        f"{figure} / faiss flat",
        lambda number: ours.nearest(one(number), K),
        lambda number: flat.search(one(number), K),
        n_rounds,
        n_calls=N_CALLS,
        limit=MOST_OF_FAISS,
    )
    yield beside(
        f"exact top {N_RECALLED}, {len(queries)} queries at once / faiss flat",
        lambda _: ours.nearest(queries, N_RECALLED),
        lambda _: flat.search(queries, N_RECALLED),
        5,
        limit=MOST_OF_FAISS,
    )
    yield beside(
        f"{CORE} / faiss flat finding {K}",
        core,
        lambda number: flat.search(one(number), K),
        n_rounds,
        n_calls=N_CALLS,
        limit=MOST_OF_FAISS_CORE,
    )


def _search_rows(items: Vectors, queries: Vectors, core: Work, n_rounds: int) -> Iterator[Row]:
    figure = f"{CORE} / sentence_transformers.util.semantic_search"
    missing = [name for name in ("torch", "sentence_transformers") if find_spec(name) is None]
    if missing:
        yield skipped(figure, f"{' and '.join(missing)} not installed: pip install 'matcher[encoder]'")
        return
    import torch  # noqa: PLC0415 - an optional package
    from sentence_transformers.util import semantic_search  # noqa: PLC0415 - likewise

    torch.set_num_threads(1)
    corpus, asked = torch.from_numpy(items), torch.from_numpy(queries)

    def search(number: int) -> object:
        return semantic_search(asked[number % len(asked)][None], corpus, top_k=K)

    yield beside(figure, core, search, n_rounds, n_calls=N_CALLS, limit=MOST_OF_SEARCH)


def _bm25_rows(core: Work, n_rounds: int) -> Iterator[Row]:
    figure = f"{CORE} / bm25s finding {K}"
    if find_spec("bm25s") is None:
        yield skipped(figure, f"bm25s is not installed: {EXTRA}")
        return
    import bm25s  # noqa: PLC0415 - an optional package

    seed = read_seed(seed_folder())
    rng = np.random.default_rng(3)
    lines = [
        line
        for one in seed.carriers
        for said in LANGUAGES
        for line in record_text(one, seed.vocabulary, said).split("\n")
    ]
    records = ["\n".join(lines[n] for n in chosen) for chosen in rng.integers(0, len(lines), (N_CARRIERS, 6))]
    texts = [startup.text for startup in read_qrels(qrels_folder()).startups]
    index = bm25s.BM25()
    index.index(bm25s.tokenize(records, show_progress=False), show_progress=False)
    asked = [bm25s.tokenize([text], show_progress=False) for text in texts]

    def search(number: int) -> object:
        return index.retrieve(asked[number % len(asked)], k=K, show_progress=False, n_threads=1)

    yield beside(
        figure,
        core,
        search,
        n_rounds,
        n_calls=N_CALLS,
        limit=MOST_OF_BM25,
        note="lines of real records, recombined; words only",
    )


def _implicit_rows(items: Vectors, queries: Vectors, core: Work, n_rounds: int) -> Iterator[Row]:
    figure = f"{CORE} / implicit finding {K}"
    if find_spec("implicit") is None:
        yield skipped(figure, f"implicit is not installed: {EXTRA}")
        return
    from implicit.cpu.topk import topk  # noqa: PLC0415 - an optional package

    def search(number: int) -> object:
        return topk(items, queries[number % len(queries)][None], K, num_threads=1)

    yield beside(
        figure,
        core,
        search,
        n_rounds,
        n_calls=N_CALLS,
        note="with the vectors in place of its factors: it has none for a new startup",
    )
