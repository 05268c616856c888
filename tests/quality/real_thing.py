"""The released program on the judged texts of this project; as a module it records the baseline.

    python -m tests.quality.real_thing

A commit that changes the baseline says why.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from api.bootstrap import build_services, configured_encoder
from api.settings import Settings
from data.qrels import WRITTEN_ON, qrels_folder, read_qrels
from matcher.evaluation.report import EvaluationReport
from matcher.services.evaluate import Evaluate
from models.learned_ranker import load_ranker
from models.ranker_training import refitting
from models.rankers import load_prior

BASELINE = Path(__file__).parent / "baseline.json"
TOLERANCE = 0.02  # two texts of a hundred: what another processor's rounding may turn over
GUARDED = (
    *("chain_acc", "subfield_top1", "subfield_top3", "stage_exact", "stage_within1", "outcome_acc", "outcome_f1"),
    *("services_f1", "capabilities_f1", "site_f1"),
    *("ndcg5", "hit1_grade2", "mrr_grade2", "recall10_grade2", "twin_overlap10", "core_park_top3"),
)


def evaluated(folder: Path) -> EvaluationReport:
    """With a fresh store in this folder."""
    settings = Settings(data_dir=folder)
    with build_services(settings) as services:
        evaluate = Evaluate(
            recommend=services.recommend,
            encoder=configured_encoder(settings),
            snapshot=services.registry.snapshot,
            prior=load_prior(),
            refit=refitting(load_ranker()),
            home=settings.home_city,
        )
        return evaluate(read_qrels(qrels_folder()), on=WRITTEN_ON, rng=np.random.default_rng(1))


def record() -> None:
    with TemporaryDirectory() as folder:
        report = evaluated(Path(folder))
    figures = {name: round(report.value(name), 4) for name in GUARDED}
    BASELINE.write_text(json.dumps({"tolerance": TOLERANCE, "figures": figures}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()
