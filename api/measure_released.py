"""Measures the released models on the judged texts, and keeps the figures that the page on quality shows.

    python -m api.measure_released [--out FILE]

In a store of its own, so that nothing but what is released counts. Same data, models and versions: same figures.
"""

import argparse
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.console import Console

from api.bootstrap import build_services, configured_encoder
from api.settings import Settings
from data.qrels import WRITTEN_ON, qrels_folder, read_qrels
from matcher.services.evaluate import Evaluate
from models.artefacts import versions_in_use
from models.learned_ranker import load_ranker
from models.ranker_training import refitting
from models.rankers import load_prior
from models.released_evaluation import RELEASED, ReleasedEvaluation

COMMAND = "python -m api.measure_released"
SEED = 1  # of the resampling, as in `matcher evaluate`


def measured() -> ReleasedEvaluation:
    with TemporaryDirectory() as folder, build_services(Settings(data_dir=Path(folder))) as services:
        evaluate = Evaluate(
            recommend=services.recommend,
            encoder=configured_encoder(services.settings),
            snapshot=services.registry.snapshot,
            prior=load_prior(),
            refit=refitting(load_ranker()),
            home=services.settings.home_city,
        )
        report = evaluate(read_qrels(qrels_folder()), on=WRITTEN_ON, rng=np.random.default_rng(SEED))
    return ReleasedEvaluation(
        report=report,
        measured_on=datetime.now(UTC).date(),
        command=COMMAND,
        data={path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(qrels_folder().glob("*.jsonl"))},
        versions=versions_in_use(),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", metavar="FILE", type=Path, default=RELEASED)
    out = parser.parse_args().out
    evaluation = measured()
    evaluation.write(out)
    Console().print(f"{len(evaluation.report.figures)} figures of {evaluation.report.models.ranker} kept.")


if __name__ == "__main__":
    main()
