"""What a page draws: confusions, means by two things, exposure."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.ids import CarrierId, StartupId, TermId
from matcher.domain.judgements import JudgedStartup, Labels
from matcher.domain.messages import Language
from matcher.domain.startups import Outcome
from matcher.domain.taxonomy import Taxonomy
from matcher.evaluation.pictures import by_chain_and_language, chain_confusion, seen_most, subfield_confusion
from matcher.evaluation.reading import Reading
from tests.factories import a_carrier

TAXONOMY = Taxonomy(version="test", terms=())
NOTHING = frozenset[TermId]()


def a_text(chain: str, subfield: str, language=Language.EN, outcome=Outcome.RANKED) -> JudgedStartup:
    labels = Labels(outcome=outcome, chain=chain, industry=TermId(chain), subfields=(TermId(subfield),))
    return JudgedStartup(id=StartupId(f"{chain}-{subfield}"), language=language, text="…", labels=labels)


def read_as(chain: str, subfield: str) -> Reading:
    return Reading(
        outcome=Outcome.RANKED, chain=chain, subfields=(TermId(subfield),), stage=None, services=NOTHING,
        capabilities=NOTHING, site=NOTHING,
    )  # fmt: skip


TEXTS = [a_text("biomed", "biomed.devices"), a_text("biomed", "biomed.ivd"), a_text("materials", "materials.nano")]
READINGS = [
    read_as("biomed", "biomed.ivd"),
    read_as("equipment", "equipment.laser"),
    read_as("materials", "materials.nano"),
]


def test_a_chain_stands_in_the_column_it_was_read_as() -> None:
    grid = chain_confusion(TEXTS, READINGS, TAXONOMY)

    assert grid.counts[3] == (1, 0, 0, 1, 0)  # biomedicine: once as equipment, once right
    assert grid.counts[1] == (0, 1, 0, 0, 0)


def test_a_text_that_does_not_say_what_the_startup_does_is_not_confused() -> None:
    vague = [a_text("none", "other", outcome=Outcome.OUT_OF_SCOPE)]

    assert sum(map(sum, chain_confusion(vague, [read_as("biomed", "biomed.ivd")], TAXONOMY).counts)) == 0


def test_sub_fields_that_are_always_read_right_are_not_shown() -> None:
    grid = subfield_confusion(TEXTS, READINGS, TAXONOMY)

    assert [label.en for label in grid.rows] == ["biomed.devices", "biomed.ivd"]
    assert [label.en for label in grid.columns] == ["biomed.ivd", "equipment.laser"]
    assert grid.counts == ((1, 0), (0, 1))


def test_a_cell_is_the_mean_of_its_texts_and_one_without_texts_is_unknown() -> None:
    texts = [*TEXTS, replace(TEXTS[0], language=Language.DE)]

    grid = by_chain_and_language(texts, np.array([0.5, 1.0, np.nan, 0.2]), TAXONOMY)

    assert grid.values[3][1:3] == pytest.approx((0.75, 0.2))
    assert grid.counts[3] == (0, 2, 1, 0)
    assert np.isnan(grid.values[1][1])


def test_carriers_stand_in_the_order_of_how_often_they_are_seen() -> None:
    a, b, c = (a_carrier(id=CarrierId(name)) for name in "abc")

    seen = seen_most([("b", "a"), ("b", "c"), ("b",)], [a, b, c], 2)

    assert [(one.carrier, one.n) for one in seen] == [("b", 3), ("a", 1), ("c", 1)]
