"""The figures that are released belong to what is released, were measured, and can be said in every language."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from api.sentences import Sentences
from data.qrels import qrels_folder
from matcher.domain.errors import ModelNotFound
from matcher.domain.messages import Language, Message
from models.learned_ranker import load_ranker
from models.released_evaluation import RELEASED, released_evaluation
from tests.quality.real_thing import BASELINE, GUARDED, TOLERANCE

AGAIN = "run `python -m api.measure_released`"
GAP, WORDS = re.compile(r"\{\w+\}"), re.compile(r"[A-Za-z]{2}")
RECORDED = json.loads(BASELINE.read_text(encoding="utf-8"))["figures"]


def messages(value: object) -> Iterator[Message]:
    """All sentences in it, also those that fill others."""
    if isinstance(value, Message):
        yield value
        yield from messages(tuple(value.params.values()))
    elif isinstance(value, tuple):
        for one in value:
            yield from messages(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from messages(getattr(value, one.name))


def test_they_are_those_of_the_released_models(encoder, reader) -> None:
    models = released_evaluation().report.models

    assert (models.encoder, models.reader, models.ranker) == (encoder.id, reader.id, load_ranker().id), AGAIN


def test_they_were_measured_on_the_judgements_as_they_are() -> None:
    now = {path.name: sha256(path.read_bytes()).hexdigest() for path in qrels_folder().glob("*.jsonl")}

    assert dict(released_evaluation().data) == now, AGAIN


def test_they_were_measured_on_the_registry_as_it_is(registry) -> None:
    assert released_evaluation().report.registry == registry.version, AGAIN


@pytest.mark.parametrize("name", GUARDED)
def test_they_are_those_that_the_gate_on_quality_has_recorded(name) -> None:
    assert released_evaluation().report.value(name) == pytest.approx(RECORDED[name], abs=TOLERANCE), AGAIN


def test_every_sentence_in_them_is_translated() -> None:
    catalogue = Sentences.load().catalogues[Language.ZH]

    said = {one.text for one in messages(released_evaluation().report) if WORDS.search(GAP.sub("", one.text))}

    assert said
    assert sorted(said - set(catalogue)) == [], AGAIN


def test_a_figure_lies_within_its_interval() -> None:
    for one in released_evaluation().report.figures:
        if one.group in ("reading", "ranking"):
            assert one.estimate.low <= one.estimate.value <= one.estimate.high, one.name


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"report": {}}', "nonsense"])
def test_a_file_that_is_none_is_named(tmp_path: Path, content) -> None:
    path = tmp_path / "evaluation.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ModelNotFound, match=r"evaluation\.json"):
        released_evaluation(path)


def test_it_is_written_as_it_stands(tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"

    released_evaluation().write(copy)

    assert json.loads(copy.read_text(encoding="utf-8")) == json.loads(RELEASED.read_text(encoding="utf-8"))
