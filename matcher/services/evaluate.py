"""Measures reading and ranking on judged texts, beside simpler systems and with intervals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from numpy.random import Generator

from matcher.domain.carriers import Carrier, Role
from matcher.domain.core_parks import core_parks
from matcher.domain.errors import InvalidField
from matcher.domain.judgements import Qrels, Run
from matcher.domain.matches import Answer
from matcher.domain.registry import Registry
from matcher.domain.startups import Description
from matcher.evaluation import pictures, wording
from matcher.evaluation.figures import SHOWN, Measured
from matcher.evaluation.folds import partitions
from matcher.evaluation.intervals import IntVector, group_numbers
from matcher.evaluation.report import EvaluationReport
from matcher.evaluation.trust import Trust, listed_pairs
from matcher.ports import Encoder, Ranker
from matcher.services.baselines import bm25_run, embedding_run, table_runs, tfidf_run
from matcher.services.recommend import MOST_MATCHES, Query
from matcher.services.relisting import Refit, Relisting


class AnswersMany(Protocol):
    def many(self, queries: Sequence[Query], *, on: date) -> list[Answer]: ...


@dataclass
class Evaluate:
    """Lets the real thing answer the judged texts; the carriers ranked are those of the home city."""

    recommend: AnswersMany
    encoder: Encoder
    snapshot: Callable[[], Registry]
    prior: Ranker  # the documented one, which is used as it is
    refit: Refit | None = None  # where the released ranker learned from judgements: measured without each text's fold
    home: str = "太仓"

    def __call__(self, qrels: Qrels, *, on: date, rng: Generator) -> EvaluationReport:
        """Raises InvalidField where there is no text."""
        if not qrels.startups:
            raise InvalidField("There is no judged text to measure on.", field="startups")
        registry = self.snapshot()
        homes = [carrier for carrier in registry.carriers if self._is_home(carrier)]
        answers = self.recommend.many(
            [
                Query(description=Description(text=startup.text), k=MOST_MATCHES, request_id=f"evaluate-{startup.id}")
                for startup in qrels.startups
            ],
            on=on,
        )
        groups = group_numbers([startup.twin or startup.id for startup in qrels.startups])
        divided = partitions(groups, rng)
        relisting = Relisting(registry, self.encoder, self.home, on)
        rankings = self._rankings(qrels, answers, groups, divided, relisting)
        measured = Measured(
            qrels=qrels,
            answers=answers,
            runs={
                **{name: [_run(qrels, one) for one in some] for name, some in rankings.items()},
                **_tables(qrels, answers, homes, divided),
                "embedding": [embedding_run(qrels.graded, homes, registry.taxonomy, self.encoder)],
                "tfidf": [tfidf_run(qrels.graded, homes, registry.taxonomy)],
                "bm25": [bm25_run(qrels.graded, homes, registry.taxonomy)],
            },
            carriers=[carrier.id for carrier in homes],
            parks=core_parks(homes, registry.taxonomy),
            taxonomy=registry.taxonomy,
            rng=rng,
        )
        trust = Trust(
            startups=qrels.startups,
            answers=answers,
            pairs=listed_pairs(qrels.startups, rankings["released"][0], qrels.grades),
            folds=divided[0],
            groups=groups,
            rng=rng,
        )
        ndcg5 = measured.values("ndcg5", "released")
        return EvaluationReport(
            models=answers[0].models,
            registry=registry.version,
            on=on,
            n_texts=len(qrels.startups),
            n_graded=len(qrels.graded),
            n_carriers=len(homes),
            figures=(*measured.figures(), *trust.figures()),
            comparisons=measured.comparisons(),
            notes=wording.NOTES,
            curves=trust.curves(),
            grids=(
                pictures.chain_confusion(qrels.startups, measured.readings, registry.taxonomy),
                pictures.subfield_confusion(qrels.startups, measured.readings, registry.taxonomy),
                pictures.by_chain_and_language(qrels.startups, ndcg5, registry.taxonomy),
            ),
            exposure=pictures.seen_most([answer.carrier_ids for answer in answers], homes, SHOWN),
        )

    def _rankings(
        self,
        qrels: Qrels,
        answers: list[Answer],
        groups: IntVector,
        divided: Sequence[IntVector],
        relisting: Relisting,
    ) -> Mapping[str, list[list[Answer]]]:
        """The answers of the released ranker and of the prior, one list for each time the texts are divided."""
        refit, is_prior = self.refit, answers[0].models.ranker == self.prior.id
        released, prior = [answers], [answers]
        if refit is not None:
            released = [relisting.out_of_fold(qrels, answers, refit, groups=groups, folds=folds) for folds in divided]
        if not is_prior:
            prior = [relisting.answers(answers, self.prior)]
        return {"released": released, "prior": prior}

    def _is_home(self, carrier: Carrier) -> bool:
        return carrier.role is Role.CARRIER and self.home in (carrier.city, carrier.landing_in)


def _run(qrels: Qrels, answers: Sequence[Answer]) -> Run:
    """The lists as long as they are shown."""
    return {one.id: answer.carrier_ids[:SHOWN] for one, answer in zip(qrels.startups, answers, strict=True)}


def _tables(
    qrels: Qrels, answers: Sequence[Answer], homes: Sequence[Carrier], divided: Sequence[IntVector]
) -> Mapping[str, list[Run]]:
    is_graded = [startup.id in qrels.grades for startup in qrels.startups]
    of_graded = [answer for answer, graded in zip(answers, is_graded, strict=True) if graded]
    return table_runs(qrels, of_graded, homes, [folds[is_graded] for folds in divided])
