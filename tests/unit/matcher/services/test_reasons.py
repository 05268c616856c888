"""Reasons held to account, by the real reader, ranker and registry on texts of their own."""

import pytest

from api.sentences import Sentences
from matcher.domain.matches import Answer, Criterion
from matcher.domain.messages import Language, Message, Texts
from matcher.domain.taxonomy import Facet
from tests.unit.matcher.services.own_texts import TEXTS, ask

MOST_CHARACTERS = 200
LEAST_SHARE = 0.95
LEAST_SHARE_OF_PARTS = 0.85  # what is left may name the same chain (airspace, airworthiness), which is most of the part
SAID = Sentences.load()


@pytest.fixture(scope="module")
def answers(recommend) -> list[Answer]:
    return [ask(recommend, text) for text in TEXTS]


def without(text: str, spans) -> str:
    for span in sorted(spans, key=lambda one: -one.start):
        text = text[: span.start] + " " + text[span.end :]
    return text


def field_of(match):
    return next(entry for entry in match.criteria if entry.criterion is Criterion.FIELD)


def match_of(answer, carrier):
    return next((match for match in answer.matches if match.carrier.id == carrier.id), None)


def test_without_the_words_cited_for_the_main_field_its_probability_falls(recommend, answers, taxonomy) -> None:
    subfields = taxonomy.ids(Facet.SUBFIELD)
    fell = []
    for text, answer in zip(TEXTS, answers, strict=True):
        main = answer.profile.subfields[0]
        rest = ask(recommend, without(text, main.evidence)).profile
        fell.append(rest.subfield_probabilities[subfields.index(main.id)] < main.probability)

    assert len(fell) >= 12
    assert sum(fell) / len(fell) >= LEAST_SHARE


def test_without_the_words_cited_for_the_field_of_the_first_match_this_part_falls(recommend, answers) -> None:
    fell = []
    for text, answer in zip(TEXTS, answers, strict=True):
        first = answer.matches[0]
        if words := field_of(first).evidence:
            same = match_of(ask(recommend, without(text, words)), first.carrier)
            fell.append(same is None or field_of(same).part < field_of(first).part)

    assert len(fell) >= 12
    assert sum(fell) / len(fell) >= LEAST_SHARE_OF_PARTS


@pytest.mark.parametrize("language", [Language.ZH, Language.EN, Language.DE])
def test_every_sentence_is_short_in_every_language(answers, language) -> None:
    sentences = {
        SAID.say(sentence, language)
        for answer in answers
        for match in answer.matches
        for sentence in (
            *(entry.sentence for entry in match.criteria),
            *((match.before_next.sentence,) if match.before_next else ()),
        )
    } | {SAID.say(piece.sentence, language) for answer in answers for piece in answer.advice}

    assert max(map(len, sentences)) <= MOST_CHARACTERS


def test_a_sentence_names_only_what_stands_in_one_of_the_two_records(answers, taxonomy) -> None:
    named = {term.label: set() for term in taxonomy}
    for term in taxonomy:
        named[term.label].add(term.id)

    for answer in answers:
        profile = answer.profile
        of_startup = {
            finding.id
            for finding in (
                profile.industry, *profile.subfields, *profile.services, *profile.capabilities, *profile.site,
                *((profile.stage,) if profile.stage else ()),
            )
        }  # fmt: skip
        for match in answer.matches:
            carrier = match.carrier
            known = of_startup | {
                carrier.kind, carrier.level, *carrier.industries, *carrier.subfields, *carrier.services,
                *carrier.capabilities, *carrier.site,
            }  # fmt: skip
            for entry in match.criteria:
                assert all(named[label] & known for label in labels_in(entry.sentence))
                assert {*entry.covered, *entry.missing, *entry.unknown} <= known


def labels_in(sentence: Message) -> list[Texts]:
    values = [one for value in sentence.params.values() for one in (value if isinstance(value, tuple) else (value,))]
    return [value for value in values if isinstance(value, Texts)]


def test_the_order_of_the_list_is_explained_to_the_exact_difference(answers) -> None:
    for answer in answers:
        for match, following in zip(answer.matches, answer.matches[1:], strict=False):
            before = match.before_next
            assert before.difference == match.score - following.score == sum(before.parts.values())
