"""Trains the released ranker on the judged pairs, and prints how it does on texts that it has not seen.

    python -m api.train_ranker [--out FOLDER]

The judgements are invented and by one assessor (data/qrels/CARD.md). Same data, models and versions: same bytes.
"""

import argparse
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from api.bootstrap import build_services, configured_encoder
from api.settings import Settings
from data.qrels import WRITTEN_ON, qrels_folder, read_qrels
from matcher.domain.calibration import Calibration
from matcher.domain.judgements import GOOD_GRADE
from matcher.domain.startups import Description
from matcher.evaluation.calibration import fit_calibration
from matcher.evaluation.folds import partitions
from matcher.evaluation.intervals import group_numbers
from matcher.evaluation.metrics import exponential_gain, ndcg
from matcher.ranking.board import build_board
from matcher.services.recommend import Query
from models.artefacts import versions_in_use
from models.learned_ranker import LEARNED, LearnedRanker
from models.ranker_training import GradedPairs, cross_validated, graded_pairs, learn
from models.rankers import PRIOR, RELEASED, PriorRanker, load_prior

CUTOFF = 5
SEED = 7
REVISION_DIGITS = 8
DECIMALS = 8
NAME = "additive-lambdamart"


def calibrated(pairs: GradedPairs, scores: NDArray[np.float64], prior: PriorRanker) -> LearnedRanker:
    """A ranker from all judged pairs, its probabilities from scores of rankers that had not seen the pair."""
    calibration = fit_calibration(scores.ravel(), (pairs.grades >= GOOD_GRADE).astype(np.float64).ravel())
    every = np.arange(len(pairs.grades))
    ranker = learn(pairs, every, prior, name=NAME, calibration=calibration)
    features = pairs.with_ratings(every, every)
    parts = np.concatenate([*ranker.parts(features.reshape(-1, features.shape[-1]))])
    return replace(ranker, id=revision_of(parts, calibration))


def revision_of(parts: NDArray[np.float64], calibration: Calibration) -> str:
    """An id that changes with the scores of the judged pairs and with what is made of a score."""
    together = sha256(parts.round(DECIMALS).tobytes())
    together.update(np.round([calibration.slope, calibration.intercept], DECIMALS).tobytes())
    return f"{NAME}@{together.hexdigest()[:REVISION_DIGITS]}"


def mean_ndcg(pairs: GradedPairs, scores: NDArray[np.float64]) -> float:
    values = []
    for row, grades in zip(scores, pairs.grades.astype(int), strict=True):
        ranking = [pairs.carriers[place] for place in np.argsort(-row, kind="stable")]
        judged = dict(zip(pairs.carriers, grades.tolist(), strict=True))
        values.append(ndcg(ranking, judged, CUTOFF, exponential_gain))
    return float(np.nanmean(values))


def read_pairs() -> tuple[GradedPairs, str]:
    """Read the judged texts anew; also the id of the encoder."""
    qrels = read_qrels(qrels_folder())
    queries = [
        Query(description=Description(text=startup.text), k=1, request_id=startup.id) for startup in qrels.graded
    ]
    with TemporaryDirectory() as folder, build_services(Settings(data_dir=Path(folder))) as services:
        profiles = [answer.profile for answer in services.recommend.many(queries, on=WRITTEN_ON)]
        encoder = configured_encoder(services.settings)
        board = build_board(services.registry.snapshot(), encoder, services.settings.home_city)
    groups = group_numbers([startup.twin or startup.id for startup in qrels.graded])
    grades = [qrels.grades[startup.id] for startup in qrels.graded]
    return graded_pairs(board, profiles, grades, groups), encoder.id


def _data_hash() -> str:
    together = sha256()
    for path in sorted(qrels_folder().glob("*.jsonl")):
        together.update(path.read_bytes())
    return together.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", metavar="FOLDER", type=Path, default=RELEASED)
    out = parser.parse_args().out
    prior, (pairs, encoder_id) = load_prior(), read_pairs()
    divided = partitions(pairs.groups, np.random.default_rng(SEED))
    unseen = [cross_validated(pairs, prior, folds) for folds in divided]
    ranker = calibrated(pairs, np.mean(unseen, axis=0), prior)
    startup, carrier = prior.parts(pairs.features.reshape(-1, pairs.features.shape[-1]))
    of_prior = ((startup + carrier).sum(axis=1) / 2).reshape(pairs.grades.shape)
    figures = {
        "ndcg5_prior": round(mean_ndcg(pairs, of_prior), 4),
        "ndcg5_cross_validated": round(float(np.mean([mean_ndcg(pairs, scores) for scores in unseen])), 4),
    }
    out.mkdir(parents=True, exist_ok=True)
    facts = {
        "learned_from": "data/qrels: invented judgements, one assessor",
        "texts": len(pairs.grades),
        "encoder": encoder_id,
        "data": {"sha256": _data_hash()},
        "seed": SEED,
        "versions": versions_in_use(),
        **figures,
    }
    if out.resolve() != RELEASED.resolve():
        copyfile(RELEASED / PRIOR, out / PRIOR)  # the trees correct this prior and no other
    ranker.save(out / LEARNED, facts)
    Console().print_json(json.dumps({"id": ranker.id, "texts": len(pairs.grades), **figures}))


if __name__ == "__main__":
    main()
