"""A result is shared without an account, shown without the founder's text, and ended by its maker."""

import json
import re
import zlib
from dataclasses import replace
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.tables import SharedAnswerRow
from matcher.domain.startups import Span
from matcher.ranking.listing import WISH_RULE
from tests.factories import a_carrier, a_finding, a_match, a_part, a_profile, an_advice, an_answer
from tests.http.paging import Person, main_of, said_by

TEXT = "Marzipan catheters for nougat hearts, near Praline."
WORDS = Span(9, 18, "catheters")
PLACE = "Praline"


@pytest.fixture
def person(house):
    with house.client(headers={"Accept-Language": "en", "Accept": "text/html"}) as client:
        yield Person(client)


@pytest.fixture(autouse=True)
def answer_with_words(recommend):
    """One in which every part that could repeat the text does."""
    profile = a_profile(
        subfields=(a_finding("biomed.devices", evidence=(WORDS,)),),
        age_evidence=(WORDS,),
        facts={"equity_cny": 7_654_321.0},
        fact_evidence={"equity_cny": (WORDS,)},
    )
    match = a_match(criteria=(a_part(evidence=(WORDS,)),))
    recommend.answer = an_answer(profile=profile, matches=(match,), advice=(an_advice(change={"districts": (PLACE,)}),))


def shares(person, **fields):
    return person.client.post("/", data={"text": TEXT, "districts": PLACE, "do": "share", **fields})


def addresses(answer) -> tuple[str, str]:
    """The one to pass on, and the one that ends it."""
    shown = re.search(r'id="shared-address"[^>]* value="([^"]+)"', answer.text)
    end = re.search(r'href="(/shared/[^"]+/end/[^"]+)"', answer.text)
    assert shown, answer.text
    assert end
    return unescape(shown[1]), unescape(end[1])


def kept(house) -> str:
    """All that the store holds of shared results."""
    with Session(house.store.engine) as session:
        return "".join(zlib.decompress(row.content).decode() for row in session.scalars(select(SharedAnswerRow)))


def test_whoever_has_the_address_sees_the_list_in_their_own_language(person, recommend) -> None:
    shown, _ = addresses(shares(person))
    assert TEXT.split()[0] not in shown
    (match,) = recommend.answer.matches

    english, german = person.opens(shown), person.opens(shown, lang="de")

    assert match.carrier.name.en in main_of(english)
    assert match.carrier.name.de in main_of(german)
    assert "A shared result" in main_of(english)
    assert english.headers["cache-control"] == "no-store"
    assert english.headers["x-robots-tag"] == "noindex"


def test_no_word_of_the_text_is_kept_or_shown(house, person) -> None:
    shown, _ = addresses(shares(person))

    page = person.opens(shown).text

    for word in ("Marzipan", "catheters", "nougat", PLACE, "7654321", "7,654,321", "request-"):
        assert word not in page
        assert word not in kept(house)


def test_single_words_go_along_only_where_the_founder_wants_it_and_never_the_text(house, person) -> None:
    shown, _ = addresses(shares(person, with_words="yes"))

    assert "“catheters”" in main_of(person.opens(shown))
    assert "Marzipan" not in kept(house)
    assert '"start"' not in kept(house)


def test_whom_the_founder_does_not_want_is_not_told(person, recommend) -> None:
    (refused,) = recommend.answer.not_eligible
    unwanted = replace(refused, carrier=a_carrier(), rule=WISH_RULE)
    recommend.answer = an_answer(not_eligible=(unwanted, refused))

    page = main_of(person.opens(addresses(shares(person))[0]))

    assert refused.carrier.name.en in page
    assert unwanted.carrier.name.en not in page


def test_a_shared_result_offers_nothing_that_only_the_founder_may_do(person) -> None:
    page = person.opens(addresses(shares(person))[0]).text

    assert 'name="do"' not in page
    assert "<form" not in page[page.index("<main") :]


def test_its_maker_ends_it_after_being_asked(person) -> None:
    shown, end = addresses(shares(person))
    assert "Delete it now" in main_of(person.opens(end))
    assert person.opens(shown).status_code == 200  # looking at the address has ended nothing

    answer = person.client.post(end)

    assert "The shared result is deleted" in said_by(answer)
    assert person.opens(shown).status_code == 404
    assert person.client.post(end).status_code == 404


def test_whoever_has_the_address_alone_cannot_end_it(person) -> None:
    shown, end = addresses(shares(person))

    assert person.client.post(end[:-1] + ("A" if end[-1] != "A" else "B")).status_code == 404
    assert person.opens(shown).status_code == 200


def test_it_is_gone_after_the_days_that_are_told(house, person) -> None:
    answer = shares(person)
    shown, _ = addresses(answer)
    assert "for 30 days" in said_by(person.client.post("/", data={"text": TEXT}))
    house.clock.forward(days=29)
    assert person.opens(shown).status_code == 200

    house.clock.forward(days=1)

    assert person.opens(shown).status_code == 404


def test_what_is_no_address_of_a_result_is_told_so_on_a_page(person) -> None:
    for path in ("/shared/nothing", f"/shared/{'x' * 65}", "/shared/%00", "/shared/a/end/b"):
        answer = person.opens(path)
        assert answer.status_code in {404, 422}
        assert "<h1" in answer.text


def test_sharing_without_end_is_refused_and_the_text_is_kept_in_the_field(person) -> None:
    answers = [shares(person) for _ in range(21)]

    assert [one.status_code for one in answers[-2:]] == [200, 429]
    assert TEXT in answers[-1].text


def test_the_store_keeps_no_secret(house, person) -> None:
    _, end = addresses(shares(person))

    with Session(house.store.engine) as session:
        (row,) = session.scalars(select(SharedAnswerRow))
    assert end.rpartition("/")[2] not in repr(vars(row))
    assert json.loads(zlib.decompress(row.content)).keys() == {"zh", "en", "de"}
