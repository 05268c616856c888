"""The first page: asking without an account, putting right what was read, comparing, and the other outcomes."""

import re
from dataclasses import replace
from html import unescape

import pytest

from api.asks import Asks
from api.pages.examples import examples
from matcher.domain.accounts import Role
from matcher.domain.ids import CarrierId
from matcher.domain.matches import ListOrder
from matcher.domain.messages import Language, Message, Texts
from matcher.domain.startups import MAX_CHARACTERS, Outcome, Scope, Span
from tests.factories import (
    a_carrier,
    a_finding,
    a_match,
    a_part,
    a_profile,
    an_advice,
    an_answer,
)
from tests.http.paging import Person, main_of, said_by
from tests.security.hostile import IMAGE, SCRIPT

TEXT = "We make catheters."
SCRIPTED = {"HX-Request": "true"}


@pytest.fixture
def person(client):
    client.headers["Accept-Language"] = "en"
    return Person(client)


def asks(person, text=TEXT, **fields):
    """As a browser without scripts sends the form."""
    return person.client.post("/", data={"text": text, **fields}, headers={"Accept": "text/html"})


def stated(recommend):
    """What the last question stated beside its text."""
    return recommend.queries[-1][0].description.stated


def values(answer, name: str) -> list[str]:
    """Of all fields and buttons of this name on a page."""
    found = re.findall(rf'name="{name}" value="([^"]*)"', answer.text)
    return [unescape(value) for value in found]


# Asking


def test_a_founder_asks_without_an_account_and_reads_who_suits_and_why(person, recommend) -> None:
    shown = main_of(asks(person))

    (match,) = recommend.answer.matches
    assert match.carrier.name.en in shown
    assert "fits well" in shown or "fits partly" in shown or "fits little" in shown
    assert str(match.next_step) in shown
    assert str(match.criteria[0].sentence) in shown
    assert recommend.queries[-1][0].description.text == TEXT


def test_a_script_gets_the_form_and_the_answer_without_the_frame(person) -> None:
    answer = person.client.post("/", data={"text": TEXT}, headers=SCRIPTED)

    assert "<html" not in answer.text
    assert 'id="answer"' in answer.text
    assert TEXT in unescape(answer.text)


def test_an_answer_is_in_the_language_of_the_page_and_keeps_the_text_when_another_is_chosen(person, recommend) -> None:
    answer = person.client.post("/?lang=de", data={"text": TEXT}, headers={"Accept": "text/html"})

    assert answer.headers["content-language"] == "de"
    assert recommend.queries[-1][0].language is Language.DE
    assert 'formaction="?lang=zh#answer"' in answer.text
    assert TEXT in answer.text


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.language)
def test_an_example_fills_the_field_and_says_that_it_is_invented(person, example) -> None:
    page = person.opens("/")
    assert f"/?example={example.id}" in page.text
    assert example.name in said_by(page)

    assert example.text in unescape(person.opens("/", example=example.id).text)


def test_a_word_in_the_address_that_is_no_example_fills_nothing(person) -> None:
    page = person.opens("/", example="nonsense").text

    assert re.search(r"<textarea[^>]*>\s*</textarea>", page)


def test_facts_beside_the_text_reach_the_recommendation(person, recommend) -> None:
    asks(
        person,
        industry="biomed",
        stage="stage.seed",
        company_age_months="14",
        registered="yes",
        foreign_invested="no",
        districts="沙溪、 浮桥",
        scope="delta",
        order="neutral",
    )

    said, query = stated(recommend), recommend.queries[-1][0]
    assert (said.industry, said.stage, said.company_age_months) == ("biomed", "stage.seed", 14)
    assert (said.registered, said.foreign_invested, said.districts) == (True, False, ("沙溪", "浮桥"))
    assert (query.scope, query.order) == (Scope.DELTA, ListOrder.NEUTRAL)


def test_what_is_left_open_stays_unknown(person, recommend) -> None:
    asks(person, industry="", stage="", company_age_months=" ", registered="", districts="")

    said = stated(recommend)
    assert (said.industry, said.stage, said.company_age_months, said.registered) == (None, None, None, None)
    assert (said.services, said.subfields, said.districts) == (None, None, ())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": " "}, "The description is empty"),
        ({"text": "x" * (MAX_CHARACTERS + 1)}, "at most 20,000 can be read"),
        ({"company_age_months": "two"}, "A whole number is expected."),
        ({"stage": "stage.none"}, "stage.none is not in the vocabulary."),
        ({"scope": "moon"}, "moon is not one of"),
        ({"districts": "x" * 101}, "districts: at most 100 characters."),
        ({"exclude": "nobody"}, "nobody"),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_what_cannot_be_used_is_told_and_nothing_that_was_written_is_lost(person, fields, words) -> None:
    answer = asks(person, **{"text": TEXT, **fields})

    assert answer.status_code == 422
    assert words in said_by(answer)
    assert all(value.strip() in unescape(answer.text) for value in fields.values())


@pytest.mark.parametrize(
    "name", ["text", "stage", "company_age_months", "districts", "scope", "exclude", "do", "added"]
)
def test_no_field_becomes_markup_or_reaches_the_log(person, capsys, name) -> None:
    page = asks(person, **{"text": TEXT, name: f"{SCRIPT}{IMAGE}"})

    assert SCRIPT not in page.text
    assert IMAGE not in page.text
    assert "script" not in capsys.readouterr().out


def test_who_asks_too_often_is_told_so_and_keeps_the_text(house) -> None:
    services = replace(house.services, settings=house.services.settings.model_copy(update={"asks_per_minute": 1}))
    with replace(house, services=replace(services, asks=Asks())).client() as client:
        assert asks(Person(client)).status_code == 200
        answer = asks(Person(client), "A second text.")

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert "A second text." in answer.text


def test_who_has_signed_in_needs_the_token_of_the_page(house) -> None:
    with house.client() as client:
        person = Person(client)
        person.signs_in(house.account(Role.STARTUP))

        assert asks(person).status_code == 403
        assert person.sends("/", text=TEXT).status_code == 200


def test_a_list_is_counted_once_and_not_again_when_it_is_compared(person) -> None:
    asks(person)
    asks(person, do="compare")

    assert 'matcher_outcomes_total{outcome="ranked"} 1.0' in person.client.get("/metrics").text


# What was understood


def test_words_that_show_something_are_marked_and_nothing_becomes_markup(person, recommend) -> None:
    text = f"{SCRIPT} catheters {IMAGE}"
    at = text.index("catheters")
    shows = a_finding("biomed.devices", evidence=(Span(at, at + 9, "catheters"),))
    recommend.answer = an_answer(profile=a_profile(subfields=(shows,), age_evidence=()))

    answer = asks(person, text)

    assert re.search(r'<mark title="[^"]+">catheters</mark>', answer.text)
    assert SCRIPT not in answer.text
    assert IMAGE not in answer.text
    assert text in unescape(re.sub(r"</?mark[^>]*>", "", answer.text))


def test_each_finding_has_its_probability_and_what_is_stated_says_so(person, recommend) -> None:
    read = a_finding("service.site", probability=0.83)
    said = a_finding("service.financing", probability=1.0, stated=True)
    recommend.answer = an_answer(profile=a_profile(services=(read, said)))

    shown = main_of(asks(person))

    assert "83%" in shown
    assert "as you stated" in shown


def test_a_need_that_was_misread_is_taken_out_and_the_others_count_as_stated(person, recommend) -> None:
    needs = (a_finding("service.site"), a_finding("service.financing"))
    recommend.answer = an_answer(profile=a_profile(services=needs))
    page = asks(person)
    assert "drop:services:service.site" in values(page, "do")

    asks(person, read_services=values(page, "read_services"), do="drop:services:service.site")

    assert stated(recommend).services == ("service.financing",)
    assert stated(recommend).capabilities is None


def test_a_need_may_be_stated_to_be_none(person, recommend) -> None:
    asks(person, read_site="req.cleanroom", do="drop:site:req.cleanroom")

    assert stated(recommend).site == ()


def test_what_was_put_right_stays_so_until_it_is_left_to_the_text_again(person, recommend) -> None:
    page = asks(person, read_services="service.site", do="state:services")
    assert (values(page, "said"), values(page, "services")) == (["services"], ["service.site"])

    asks(person, said="services", services="service.site")
    assert stated(recommend).services == ("service.site",)

    asks(person, said="services", services="service.site", do="read:services")
    assert stated(recommend).services is None


def test_a_field_is_chosen_among_those_that_were_read_or_from_the_whole_vocabulary(person, recommend) -> None:
    asks(person, read_subfields=["biomed.devices", "biomed.cro"], do="state:subfields:biomed.cro")
    assert stated(recommend).subfields == ("biomed.cro",)

    asks(person, read_subfields="biomed.devices", do="add", added="subfields:materials.adv_ceramics", industry="biomed")
    assert (stated(recommend).subfields, stated(recommend).industry) == (("materials.adv_ceramics",), None)


def test_what_was_not_read_is_added(person, recommend) -> None:
    asks(person, read_services="service.site", do="add", added="services:service.financing")

    assert stated(recommend).services == ("service.site", "service.financing")


@pytest.mark.parametrize(
    ("do", "name", "expected"),
    [
        ("set:stage:stage.growth", "stage", "stage.growth"),
        ("set:industry:materials", "industry", "materials"),
        ("set:registered:no", "registered", False),
        ("set:foreign_invested:yes", "foreign_invested", True),
    ],
)
def test_one_thing_among_several_is_put_right_by_a_button(person, recommend, do, name, expected) -> None:
    page = asks(person)
    assert do in values(page, "do")

    asks(person, do=do)

    assert getattr(stated(recommend), name) == expected


def test_an_advice_can_be_tried_out(person, recommend) -> None:
    change = {"stage": "stage.seed", "registered": True, "services": ("service.site",), "capabilities": ()}
    recommend.answer = an_answer(advice=(an_advice(change=change),))
    (button,) = [value for value in values(asks(person), "do") if value.startswith("try:")]

    asks(person, do=button)

    said = stated(recommend)
    assert (said.stage, said.registered, said.services) == ("stage.seed", True, ("service.site",))
    assert (said.capabilities, said.site) == ((), None)


def test_a_button_that_there_is_not_changes_nothing(person, recommend) -> None:
    for do in ("", "drop", "drop:name:x", "set:text:x", "read:csrf", "add", "try:", "try:%00=%zz", "launch:x"):
        assert asks(person, do=do).status_code == 200
        assert stated(recommend) == stated_by_nobody()


def stated_by_nobody():
    return type(an_answer().profile.stated)()


# The list


def three_carriers():
    return tuple(
        a_match(rank=rank, carrier=a_carrier(id=CarrierId(f"cn00{rank}"), name=Texts(en=f"Park {rank}")))
        for rank in (1, 2, 3)
    )


def test_a_carrier_is_left_out_and_shown_again(person, recommend) -> None:
    asks(person, do="exclude:cn001")
    assert stated(recommend).exclude == {"cn001"}

    asks(person, exclude="cn001", do="include:cn001")
    assert stated(recommend).exclude == frozenset()


@pytest.mark.parametrize("n", [2, 3])
def test_two_or_three_carriers_are_compared_side_by_side(person, recommend, n) -> None:
    recommend.answer = an_answer(matches=three_carriers())

    answer = asks(person, do="compare", compare=[f"cn00{rank}" for rank in range(1, n + 1)])

    table = answer.text[answer.text.index("<table") : answer.text.index("</table>")]
    assert [f"Park {rank}" in table for rank in (1, 2, 3)] == [rank <= n for rank in (1, 2, 3)]


@pytest.mark.parametrize("ticked", [[], ["cn001"], ["cn001", "gone"]])
def test_one_carrier_alone_is_not_compared(person, recommend, ticked) -> None:
    recommend.answer = an_answer(matches=three_carriers())

    answer = asks(person, do="compare", compare=ticked)

    assert "<table" not in answer.text
    assert "Tick two or three carriers" in said_by(answer)


def test_an_entry_rule_is_told_with_its_source_and_date_and_what_is_unknown_by_name(person, recommend) -> None:
    (match,) = recommend.answer.matches
    part = a_part(unknown=("cap.medtech_test",))
    recommend.answer = an_answer(matches=(replace(match, criteria=(part,)),))

    shown = main_of(asks(person))

    for verdict in match.eligibility:
        assert str(verdict.sentence) in shown
        assert verdict.source.label in shown
    assert "Not known, worth asking" in shown
    assert "Medical-device testing" in shown


def test_who_is_not_eligible_and_who_else_helps_is_told_with_the_reason(person, recommend) -> None:
    shown = main_of(asks(person))

    for one in (*recommend.answer.not_eligible, *recommend.answer.partners):
        assert one.carrier.name.en in shown
        assert str(one.sentence) in shown


# The other outcomes


def test_what_is_too_vague_gets_questions_with_a_way_to_answer_them(person, recommend) -> None:
    recommend.answer = an_answer(
        outcome=Outcome.NEEDS_MORE_INFORMATION, matches=(), advice=(), partners=(), not_eligible=()
    )

    answer = asks(person)

    shown = main_of(answer)
    assert "More information is needed before there is a list" in shown
    assert all(str(question.sentence) in shown for question in recommend.answer.questions)
    assert "Answer it" in shown


def test_a_provisional_list_is_called_so(person, recommend) -> None:
    recommend.answer = an_answer(outcome=Outcome.NEEDS_MORE_INFORMATION)

    assert "More information is needed; a list for the time being" in main_of(asks(person))


def test_what_is_no_project_gets_no_list_and_a_way_on(person, recommend) -> None:
    recommend.answer = an_answer(
        outcome=Outcome.OUT_OF_SCOPE, matches=(), partners=(), not_eligible=(), questions=(), advice=()
    )

    answer = asks(person)

    assert "Outside what carriers are for; no list" in main_of(answer)
    assert "set:industry:equipment" in values(answer, "do")
    assert 'href="/carriers"' in answer.text


def test_a_product_outside_the_chains_gets_a_general_list_and_says_so(person, recommend) -> None:
    none = a_finding("none", probability=0.9)
    note = Message("This is a general list.")
    recommend.answer = an_answer(
        outcome=Outcome.NO_CORE_CHAIN, profile=a_profile(chain=none, industry=a_finding("ict")), general=(note,)
    )

    shown = main_of(asks(person))

    assert "None of the four core chains fits; a general list" in shown
    assert "none of the four chains" in shown
    assert "This is a general list." in shown


def test_where_no_carrier_is_left_the_search_can_be_widened(person, recommend) -> None:
    recommend.answer = an_answer(matches=(), scope=Scope.HOME)
    answer = asks(person)
    assert "No carrier is left on the list" in main_of(answer)
    assert "look:delta" in values(answer, "do")

    asks(person, do="look:delta")

    assert recommend.queries[-1][0].scope is Scope.DELTA
