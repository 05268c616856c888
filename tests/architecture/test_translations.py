"""Everything that the program says can be said in Chinese and German too."""

import pytest
from babel.messages.pofile import read_po

from api.sentences import TRANSLATIONS, gaps
from tests.architecture.message_ids import sentences_in_code, sentences_in_templates

SAID = [*sentences_in_code(), *sentences_in_templates()]
SENTENCES = {said.text: said.place for said in SAID if said.text}


@pytest.fixture(params=["zh", "de"])
def catalogue(request) -> dict[str, str]:
    with (TRANSLATIONS / f"{request.param}.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file, abort_invalid=True) if entry.id}


def test_every_sentence_stands_in_the_source_as_it_is_said() -> None:
    assert [said.place for said in SAID if said.text is None] == []


def test_every_sentence_is_translated(catalogue) -> None:
    assert {text: place for text, place in SENTENCES.items() if not catalogue.get(text, "").strip()} == {}


def test_no_translation_has_lost_its_sentence(catalogue) -> None:
    assert sorted(set(catalogue) - set(SENTENCES)) == []


def test_a_translation_has_the_gaps_of_its_sentence(catalogue) -> None:
    assert {text: said for text, said in catalogue.items() if gaps(text) != gaps(said)} == {}
