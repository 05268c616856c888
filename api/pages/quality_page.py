"""How good reading and ranking are: the released evaluation, with what has to be known to read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Response

from api.pages.visit import PageRoute, Visit, Visitor
from api.report.panels import Panels
from api.terminal.voice import Voice
from matcher.domain.messages import Message
from matcher.evaluation.intervals import Estimate
from matcher.evaluation.report import EvaluationReport, Figure
from models.released_evaluation import released_evaluation

HEADLINES: Sequence[tuple[str, Message]] = (  # by name of the figure: what it means to who never heard of it
    ("chain_acc", Message.of("Texts whose chain was read as it was judged, or of which it was seen that none fits.")),
    ("outcome_acc", Message.of("Texts that got what they should: a list, a general list, a question, or none.")),
    ("hit1_grade2", Message.of("Lists whose first carrier was judged a good one to visit.")),
    ("ndcg5", Message.of("How near the first five places come to the best possible order: 1 is that order.")),
    ("recall10_grade2", Message.of("Of the carriers judged good, the share that the first ten places hold.")),
    ("good_high", Message.of("Of the carriers said to fit well, the share that was judged good.")),
)
FURTHER = Message.of("Probabilities, confusions and exposure")

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure in plain words."""

    label: str
    words: str
    estimate: Estimate
    n: int


@router.get("/quality")
def show_quality(visit: Visitor) -> Response:
    """Figures with intervals, simpler systems in the same table, by chain and language; data and models."""
    panels = _panels(visit)
    report, in_force = panels.report, visit.caller.services.feedback.models
    return visit.page(
        "quality.html",
        title=Message.of("Quality"),
        place="quality",
        report=report,
        headlines=_headlines(report, panels.voice),
        notes=[panels.voice.say(note) for note in report.notes],
        panels=list(panels.ranking()),
        figures=panels.figures(),
        released=released_evaluation(),
        in_force=in_force,
        is_in_force=in_force == report.models,
    )


@router.get("/quality/further")
def show_further_figures(visit: Visitor) -> Response:
    """Whether probabilities hold, what is read as what, and how often each carrier is seen."""
    panels = _panels(visit)
    return visit.page("quality_further.html", title=FURTHER, place="quality", panels=list(panels.further()))


def _panels(visit: Visit) -> Panels:
    services = visit.caller.services
    voice = Voice(services.sentences, visit.language, services.registry.snapshot())
    return Panels(released_evaluation().report, voice)


def _headlines(report: EvaluationReport, voice: Voice) -> list[Headline]:
    figures: dict[str, Figure] = {one.name: one for one in report.figures}
    return [
        Headline(voice.say(figures[name].label), voice.say(words), figures[name].estimate, figures[name].n)
        for name, words in HEADLINES
        if name in figures
    ]
