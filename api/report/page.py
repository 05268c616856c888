"""The page as one text: everything is in it, and every word from outside is escaped."""

import platform
from importlib.metadata import version

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.report.panels import Panels
from api.terminal.voice import Voice
from matcher.domain.messages import Message
from matcher.evaluation.report import EvaluationReport

PAGE = "page.html"
PACKAGES = ("numpy", "scikit-learn", "onnxruntime")  # whose versions can move a figure


def report_page(report: EvaluationReport, voice: Voice, command: str) -> str:
    """The evaluation in the voice's language; `command` is what makes it again."""
    pages = Environment(
        loader=PackageLoader("api", "report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    panels = Panels(report, voice)
    return pages.get_template(PAGE).render(
        language=voice.language.value,
        title=voice.say(Message.of("How well texts are read and carriers are ranked")),
        counts=voice.say(
            Message.of(
                "{n_texts} judged texts, {n_graded} with grades, {n_carriers} carriers; ages counted on {date}",
                n_texts=report.n_texts,
                n_graded=report.n_graded,
                n_carriers=report.n_carriers,
                date=report.on,
            )
        ),
        known=voice.say(Message.of("To be known before reading")),
        notes=[voice.say(note) for note in report.notes],
        panels=list(panels.all()),
        all_figures=voice.say(Message.of("All figures")),
        figures=panels.figures(),
        made_by=voice.say(Message.of("Made by")),
        command=command,
        versions=[
            voice.say(
                Message.of(
                    "Registry {version} as of {date}", version=report.registry.version, date=report.registry.as_of
                )
            ),
            *(report.models.encoder, report.models.reader, report.models.ranker),
            f"matcher {version('matcher')}",
            f"Python {platform.python_version()}",
            *(f"{package} {version(package)}" for package in PACKAGES),
        ],
    )
