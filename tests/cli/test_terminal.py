"""Answers and records as a person reads them in a terminal."""

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from api.sentences import Sentences
from api.terminal.answer import AnswerPage
from api.terminal.record import CarrierRecord, carrier_table
from api.terminal.voice import Voice
from matcher.domain.carriers import Status
from matcher.domain.ids import TermId
from matcher.domain.matches import Answer, Criterion
from matcher.domain.messages import Language, Message, Texts
from matcher.domain.registry import Registry, RegistryVersion
from matcher.domain.startups import Finding, Outcome, Span
from matcher.domain.taxonomy import NO_CHAIN, Facet, Taxonomy, Term
from tests.factories import a_carrier, a_finding, a_match, a_part, a_profile, a_source, an_answer

SENTENCES = Sentences.load()
TERMS = (
    Term(id=TermId("biomed"), facet=Facet.INDUSTRY, label=Texts(zh="生物医药", en="Biomedicine", de="Biomedizin")),
    Term(id=TermId("stage.seed"), facet=Facet.STAGE, label=Texts(zh="种子期", en="Seed", de="Seed-Phase")),
)
REGISTRY = Registry(
    version=RegistryVersion(version="0" * 16, as_of="2026-11-22"),
    taxonomy=Taxonomy(version="1", terms=TERMS),
    carriers=(),
)


def drawn(thing: RenderableType, *, width: int = 80, terminal: bool = False) -> str:
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=terminal,
        markup=False,
        emoji=False,
        highlight=False,
        no_color=not terminal,
    )
    console.print(thing)
    return console.file.getvalue()


def page(answer: Answer, language: Language = Language.EN, *, explain: bool = False) -> AnswerPage:
    return AnswerPage(answer, Voice(SENTENCES, language, REGISTRY), explain=explain)


def record(language: Language = Language.EN, **changes: object) -> str:
    return drawn(CarrierRecord(a_carrier(**changes), Voice(SENTENCES, language, REGISTRY)))


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_an_answer_names_registry_and_models() -> None:
    text = one_line(drawn(page(an_answer())))

    assert "Registry 0000000000000000 as of 2026-11-22 · encoder@1 · reader@1 · ranker@1" in text


def test_what_was_understood_comes_with_its_certainty_and_the_words_that_show_it() -> None:
    profile = a_profile(
        chain=a_finding("biomed", probability=0.97, evidence=(Span(0, 8, "catheter"),)),
        stage=a_finding("stage.seed", stated=True),
    )

    text = one_line(drawn(page(an_answer(profile=profile))))

    assert "Chain Biomedicine ████▉ almost certain “catheter”" in text
    assert "Stage Seed as you stated" in text
    assert "Company age 14 months “14 months”" in text


def test_what_cannot_be_told_is_said_to_be_so() -> None:
    profile = a_profile(chain=Finding(id=TermId(NO_CHAIN), probability=0.9), stage=None)

    text = one_line(drawn(page(an_answer(profile=profile))))

    assert "Chain none of the four" in text
    assert "Stage cannot be told" in text


def test_a_match_shows_parts_reasons_open_points_rules_and_the_next_step() -> None:
    text = one_line(drawn(page(an_answer())))

    assert "Field ██████████ +0.25 It serves devices." in text
    assert "Stage █████ −0.12" in text
    assert "? Not known, worth asking: cap.medtech_test" in text
    assert "✓ met: The company is young enough. (City of Taicang · Press briefing · 2018-12-14)" in text
    assert "! Ask about permits." in text
    assert "→ Call the carrier." in text


def test_partners_refusals_questions_and_notes_follow() -> None:
    text = one_line(drawn(page(an_answer())))

    assert "It helps." in text
    assert "You left it out. (own-wish)" in text
    assert "Is a company registered? (--stage)" in text
    assert "Medical devices need a registration." in text


def test_a_carrier_that_is_not_open_yet_is_marked() -> None:
    match = a_match(carrier=a_carrier(status=Status.PLANNED, name=Texts(en="New Centre")))

    assert "1. New Centre  fits well  [planned, not open yet]" in drawn(page(an_answer(matches=(match,))))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_is_told_from_the_others(outcome) -> None:
    headings = {one: drawn(page(an_answer(outcome=one, matches=()))) for one in Outcome}

    assert len(set(headings.values())) == len(Outcome)
    assert "No carrier is listed." in headings[outcome]


def test_explaining_adds_exact_parts_and_each_fact_with_its_source() -> None:
    part = a_part(Criterion.FIELD, part=0.250244140625)

    text = one_line(drawn(page(an_answer(matches=(a_match(criteria=(part,)),)), explain=True)))

    assert "0.250244140625" in text
    assert "covered: biomed.devices" in text
    assert "your words: “catheter”" in text
    assert "Services stated City of Taicang · Press briefing (official, 2024-02-02)" in text


@pytest.mark.parametrize(
    ("language", "heading"), [(Language.ZH, "对描述的理解"), (Language.DE, "Was verstanden wurde")]
)
def test_labels_come_in_the_readers_language(language, heading) -> None:
    assert heading in drawn(page(an_answer(), language))


@pytest.mark.parametrize("language", [Language.ZH, Language.EN, Language.DE])
@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal(language, width) -> None:
    text = drawn(page(an_answer(), language, explain=True), width=width)

    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_without_colour_no_escape_sequence_is_written() -> None:
    assert "\x1b" not in drawn(page(an_answer(), explain=True))


def test_hostile_words_are_shown_and_do_nothing() -> None:
    hostile = "\x1b]0;pwned\x07[bold red]A[/] :boom: \u202e"
    profile = a_profile(chain=a_finding("biomed", evidence=(Span(0, len(hostile), hostile),)))
    match = a_match(carrier=a_carrier(name=Texts(en=hostile)), flags=(Message.of("{words}", words=hostile),))

    text = drawn(page(an_answer(profile=profile, matches=(match,)), explain=True), terminal=True)

    assert text.count("[bold red]A[/] :boom:") >= 3
    assert "\x1b]" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


def test_a_list_of_carriers_has_one_row_each() -> None:
    carriers = [
        a_carrier(name=Texts(en="First House")),
        a_carrier(name=Texts(en="Second House"), status=Status.PLANNED),
    ]

    text = drawn(carrier_table(carriers, Voice(SENTENCES, Language.EN, REGISTRY)))

    assert "First House" in text
    assert "Second House" in text
    assert "planned" in text


def test_a_record_shows_each_fact_with_basis_source_and_date() -> None:
    text = one_line(record(services=(TermId("service.site"),), evidence={"services": "stated; as of 2019"}))

    assert "Services service.site stated; as of 2019 · [1] 2024-02-02" in text
    assert "[1] City of Taicang · Press briefing (official, 2024-02-02)" in text


def test_a_record_says_what_is_not_known() -> None:
    text = one_line(record(operator=None, area_m2=None, tenants=(), founded=2012, specialised=False))

    unknown = text.split("Not known, worth asking: ")[1].split(" Confidence")[0]
    assert {"Operator", "Area", "Tenants"} <= set(unknown.split(", "))
    assert "Founded 2012" in text
    assert "Specialised no" in text


def test_a_record_without_dated_sources_still_reads() -> None:
    assert "undated" in record(sources=(a_source(date=None),))
