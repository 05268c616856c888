from datetime import date

import numpy as np
import pytest

from models.read_text import ALL, FIELD, ReadText
from models.reader_store import load_model
from models.text_views import TextView
from tests.released import released_encoder

TEXT = "我们做激光焊接设备，不做医疗器械。We need a hall."
FIELD_HEAD = "field"


@pytest.fixture(scope="module")
def read() -> ReadText:
    return prepared(TEXT)


def prepared(text) -> ReadText:
    view = TextView.of(text, date(2026, 11, 24))
    wholes, parts = released_encoder().encode_parts([view.field_text], [view.language.value], [view.clauses])
    return ReadText(load_model(), view, wholes[0], parts[0])


def test_a_view_is_counted_once(read) -> None:
    assert read.counts(FIELD) is read.counts(FIELD)
    assert read.counts(FIELD) is not read.counts(ALL)


def test_there_is_one_logit_per_class(read) -> None:
    classes = read.model.heads[FIELD_HEAD].classes

    assert read.logits(FIELD_HEAD, FIELD, np.zeros_like(read.signals)).shape == (len(classes),)


def test_evidence_quotes_the_text_and_leaves_denials_out(read) -> None:
    for number in range(len(read.model.heads[FIELD_HEAD].classes)):
        for span in read.evidence(FIELD_HEAD, number, FIELD):
            assert TEXT[span.start : span.end] == span.text
            assert "医疗器械" not in span.text


@pytest.mark.parametrize("text", ["激光焊接", "laser", "AI"])
def test_one_known_word_says_something(text) -> None:
    assert prepared(text).says_something


@pytest.mark.parametrize("text", ["x", "我", "a a a", "aaaaaaaa", "asdfgh qwertz", "🚀", "1234"])
def test_letters_alone_say_nothing(text) -> None:
    assert not prepared(text).says_something
