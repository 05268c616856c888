"""Reading and ranking a text of 200 tokens, beside encoding it alone: what the program adds to its encoder."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from api.bench.rows import Row
from api.bootstrap import build_registry
from api.settings import Settings
from matcher.domain.registry import Registry
from matcher.domain.startups import Description, Scope
from matcher.ranking.board import build_board
from matcher.ranking.scoring import score_pairs
from matcher.services.recommend import Query, Recommend
from models.bench_encoder import texts_of_length
from models.learned_ranker import load_ranker
from models.onnx_encoder import OnnxEncoder
from models.readers import load_reader

MOST_RATIO = 1.25
N_TOKENS, N_TEXTS, N_ROUNDS = 200, 24, 7
DAY = date(2026, 1, 1)
Work = Callable[[str, str], object]  # of a language and a text


def answering_rows() -> Iterator[Row]:
    with (
        TemporaryDirectory() as folder,
        build_registry(Settings(data_dir=Path(folder), database_url=None)) as registry,
    ):
        yield from _rows(registry.snapshot())


def _rows(registry: Registry) -> Iterator[Row]:
    encoder, ranker = OnnxEncoder(), load_ranker()
    reader = load_reader(encoder, registry.taxonomy)
    recommend = Recommend(snapshot=lambda: registry, encoder=encoder, reader=reader, ranker=ranker)
    recommend.warm()
    board = build_board(registry, encoder, recommend.home)

    def read_and_rank(_: str, text: str) -> object:
        (profile,) = reader.read([Description(text=text)], DAY)
        return score_pairs(profile, board, Scope.ALL, ranker).order

    def answer(_: str, text: str) -> object:
        return recommend(Query(description=Description(text=text), scope=Scope.ALL, request_id="bench"), on=DAY)

    texts = texts_of_length(N_TOKENS, N_TEXTS, encoder)
    encoding, ranking, answering = milliseconds(
        texts, (lambda language, text: encoder.encode([text], [language]), read_and_rank, answer)
    )
    n_carriers = len(board.rows_of_scope[Scope.ALL])
    yield Row(
        figure=f"reading and ranking a {N_TOKENS}-token text / encoder alone",
        value=ranking / encoding,
        unit="x",
        limit=MOST_RATIO,
        at_most=True,
        note=f"{ranking:.1f} ms / {encoding:.1f} ms of processor time, {n_carriers} carriers",
    )
    yield Row(
        figure="the same with reasons, questions and advice",
        value=answering / encoding,
        unit="x",
        note=f"{answering:.1f} ms; the whole answer",
    )


def milliseconds(texts: Sequence[tuple[str, str]], works: Sequence[Work], n_rounds: int = N_ROUNDS) -> list[float]:
    """Processor time a text of each kind of work, in turns: the mean over texts of the medians over rounds."""
    taken: list[list[list[float]]] = [[[] for _ in texts] for _ in works]
    for _ in range(n_rounds):
        for place, (language, text) in enumerate(texts):
            for number, work in enumerate(works):
                start = process_time()
                work(language, text)
                taken[number][place].append(process_time() - start)
    return [1000 * sum(map(median, of_work)) / len(texts) for of_work in taken]
