"""Measures reading and ranking on judged texts, beside simpler systems and with intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from numpy.random import Generator

from matcher.domain.carriers import Carrier, Role
from matcher.domain.core_parks import core_parks
from matcher.domain.errors import InvalidField
from matcher.domain.judgements import Qrels
from matcher.domain.matches import Answer
from matcher.domain.registry import Registry
from matcher.domain.startups import Description
from matcher.domain.taxonomy import Facet
from matcher.evaluation import wording
from matcher.evaluation.figures import SHOWN, Measured
from matcher.evaluation.report import EvaluationReport
from matcher.ports import Encoder
from matcher.services.baselines import bm25_run, embedding_run
from matcher.services.recommend import Query


class AnswersMany(Protocol):
    def many(self, queries: Sequence[Query], *, on: date) -> list[Answer]: ...


@dataclass
class Evaluate:
    """Lets the real thing answer the judged texts; the carriers ranked are those of the home city."""

    recommend: AnswersMany
    encoder: Encoder
    snapshot: Callable[[], Registry]
    home: str = "太仓"

    def __call__(self, qrels: Qrels, *, on: date, rng: Generator) -> EvaluationReport:
        """Raises InvalidField where there is no text."""
        if not qrels.startups:
            raise InvalidField("There is no judged text to measure on.", field="startups")
        registry = self.snapshot()
        homes = [carrier for carrier in registry.carriers if self._is_home(carrier)]
        answers = self.recommend.many(
            [
                Query(description=Description(text=startup.text), k=SHOWN, request_id=f"evaluate-{startup.id}")
                for startup in qrels.startups
            ],
            on=on,
        )
        listed = zip(qrels.startups, answers, strict=True)
        measured = Measured(
            qrels=qrels,
            answers=answers,
            runs={
                "released": {startup.id: answer.carrier_ids for startup, answer in listed},
                "embedding": embedding_run(qrels.graded, homes, registry.taxonomy, self.encoder),
                "bm25": bm25_run(qrels.graded, homes, registry.taxonomy),
            },
            carriers=[carrier.id for carrier in homes],
            parks=core_parks(homes, registry.taxonomy),
            stages=registry.taxonomy.ids(Facet.STAGE),
            rng=rng,
        )
        return EvaluationReport(
            models=answers[0].models,
            registry=registry.version,
            on=on,
            n_texts=len(qrels.startups),
            n_graded=len(qrels.graded),
            n_carriers=len(homes),
            figures=measured.figures(),
            comparisons=measured.comparisons(),
            notes=wording.NOTES,
        )

    def _is_home(self, carrier: Carrier) -> bool:
        return carrier.role is Role.CARRIER and self.home in (carrier.city, carrier.landing_in)
