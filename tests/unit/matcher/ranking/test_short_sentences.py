"""However much is asked for, a reason stays short enough to be read."""

from datetime import date

import pytest

from api.sentences import Sentences
from matcher.domain.messages import Language, Message
from matcher.domain.startups import Scope
from matcher.domain.taxonomy import Facet
from matcher.ranking.explanation import Pair
from matcher.ranking.listing import ListMaker
from tests.factories import a_carrier, a_finding, a_read_profile
from tests.unit.matcher.ranking.worlds import RANKER, TAXONOMY

TODAY = date(2026, 11, 22)
MOST_CHARACTERS = 200
SAID = Sentences.load()
EVERYTHING = {
    name: tuple(map(a_finding, TAXONOMY.ids(facet)))
    for name, facet in (("services", Facet.SERVICE), ("capabilities", Facet.CAPABILITY), ("site", Facet.SITE))
}


@pytest.mark.parametrize("subfield", ["creative.content", "mobility.chassis_body", "aerospace.test_cert", "biomed.cro"])
def test_who_asks_for_everything_gets_reasons_of_at_most_two_hundred_characters(board, subfield) -> None:
    profile = a_read_profile(TAXONOMY, {subfield: 1.0}, "stage.growth", **EVERYTHING)
    matches = ListMaker(profile, board, RANKER, Scope.ALL, TODAY).make(100).matches
    sentences = [entry.sentence for match in matches for entry in match.criteria]

    for language in (Language.ZH, Language.EN, Language.DE):
        assert max(len(SAID.say(sentence, language)) for sentence in sentences) <= MOST_CHARACTERS


def test_what_finds_no_room_is_counted() -> None:
    pair = Pair(
        profile=a_read_profile(TAXONOMY, {"biomed.cro": 1.0}), carrier=a_carrier(), taxonomy=TAXONOMY,
        is_core_park=False, wished=None, fits_stage=None,
    )  # fmt: skip
    terms = TAXONOMY.ids(Facet.CAPABILITY)
    *named, more = pair.labels(terms)

    assert named == [TAXONOMY.label(term) for term in terms[: len(named)]]
    assert more == Message.of("{n} more", n=len(terms) - len(named))
    assert pair.labels(terms[:1]) == (TAXONOMY.label(terms[0]),)
