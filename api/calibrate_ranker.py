"""Fits the prior's curve from score to probability on the judged texts: `python -m api.calibrate_ranker` writes it.

It is to be run after the readers or the prior's weights have changed. Same data, same models: same bytes.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from api.bootstrap import build_services, configured_encoder
from api.settings import Settings
from data.qrels import WRITTEN_ON, qrels_folder, read_qrels
from matcher.domain.startups import Description
from matcher.evaluation.calibration import fit_calibration
from matcher.evaluation.trust import listed_pairs
from matcher.services.recommend import MOST_MATCHES, Query
from matcher.services.relisting import Relisting
from models.rankers import load_prior, write_calibration


def main() -> None:
    qrels = read_qrels(qrels_folder())
    queries = [
        Query(description=Description(text=startup.text), k=MOST_MATCHES, request_id=startup.id)
        for startup in qrels.graded
    ]
    with TemporaryDirectory() as folder, build_services(Settings(data_dir=Path(folder))) as services:
        read = services.recommend.many(queries, on=WRITTEN_ON)
        settings, registry = services.settings, services.registry.snapshot()
        relisting = Relisting(registry, configured_encoder(settings), settings.home_city, WRITTEN_ON)
        answers = relisting.answers(read, load_prior())
    pairs = listed_pairs(qrels.graded, answers, qrels.grades)
    calibration = fit_calibration(pairs.scores, pairs.good)
    write_calibration(
        calibration,
        f"{len(pairs.scores)} pairs of {len(qrels.graded)} judged texts (data/qrels: invented, one assessor); a good"
        " visit is grade 2 or 3.",
    )
    Console().print(f"slope {calibration.slope:.4f}, intercept {calibration.intercept:.4f}", highlight=False)


if __name__ == "__main__":
    main()
