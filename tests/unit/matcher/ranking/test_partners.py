"""Who helps beside the list, and why."""

import pytest

from matcher.domain.carriers import Role
from matcher.domain.messages import Language
from matcher.domain.startups import Stated
from matcher.ranking.partners import GERMAN, MOST, partner_hints
from tests.factories import a_carrier, a_finding, a_read_profile
from tests.unit.matcher.ranking.worlds import TAXONOMY, a_device_maker

GERMAN_CENTRE, FLIGHT_TEST_BASE = "cn016", "cn033"


def a_partner(**record):
    unknown = dict.fromkeys(("industries", "subfields", "services", "capabilities", "site"), ())
    return a_carrier(**{"role": Role.PARTNER, "kind": None, **unknown, **record})


def hinted(profile, carriers, text="") -> list[str]:
    return [hint.carrier.id for hint in partner_hints(profile, text, carriers, TAXONOMY)]


@pytest.mark.parametrize(("text", "language"), [
    ("Wir bauen Katheter.", Language.DE),
    ("A German team that makes catheters", Language.EN),
    ("Our parent is Brunnfeld GmbH.", Language.EN),
    ("我们是一家德资企业，生产导管。", Language.ZH),
])  # fmt: skip
def test_german_founders_are_sent_to_the_german_centre(registry, text, language) -> None:
    assert GERMAN_CENTRE in hinted(a_device_maker(language=language), registry.carriers, text)


@pytest.mark.parametrize(
    "text", ["We cast germanium lenses.", "A germane idea", "我们是深圳的团队，生产锗镜片。", "Gmbhx"]
)
def test_words_that_only_look_german_are_not(registry, text) -> None:
    assert not GERMAN.search(text)
    assert GERMAN_CENTRE not in hinted(a_device_maker(services=()), registry.carriers, text)


@pytest.mark.parametrize("needs", [
    {"capabilities": (a_finding("cap.flight_test"),)}, {"site": (a_finding("req.airspace"),)}, {},
])  # fmt: skip
@pytest.mark.parametrize("language", [Language.ZH, Language.EN, Language.DE])
def test_drone_teams_are_sent_to_the_flight_test_base_and_first_if_they_ask_for_it(registry, needs, language) -> None:
    profile = a_read_profile(TAXONOMY, {"aerospace.uav": 1.0}, language=language, **needs)
    found = hinted(profile, registry.carriers)

    assert FLIGHT_TEST_BASE in found
    assert found[0] == FLIGHT_TEST_BASE or not needs


def test_only_partners_are_named_and_at_most_four() -> None:
    carriers = [a_partner(capabilities=("cap.medtech_test",)) for _ in range(6)]
    carriers.append(a_carrier(capabilities=("cap.medtech_test",)))

    assert hinted(a_device_maker(), carriers) == [carrier.id for carrier in carriers[:MOST]]


def test_the_most_telling_reason_comes_first() -> None:
    field = a_partner(subfields=("biomed.devices",))
    asked = a_partner(capabilities=("cap.medtech_test",))
    lands = a_partner(service_items=("match.german_firms",))
    abroad = a_partner(service_items=("match.german_firms",), country="DE")
    another = a_partner(service_items=("match.german_firms",), country="DE")

    assert hinted(a_device_maker(language=Language.DE), [field, another, abroad, lands, asked]) == [
        asked.id, lands.id, abroad.id, field.id,
    ]  # fmt: skip


def test_a_partner_that_could_not_help_is_not_named() -> None:
    assert hinted(a_device_maker(), [a_partner(), a_partner(subfields=("aerospace.uav",), industries=("ict",))]) == []


def test_an_institute_of_the_industry_helps_who_asks_for_technology() -> None:
    institute = a_partner(industries=("biomed",))
    asks, asks_not = (a_device_maker(services=services) for services in ((a_finding("service.technical"),), ()))

    assert hinted(asks, [institute]) == [institute.id]
    assert hinted(asks_not, [institute]) == []


def test_a_partner_that_is_not_wanted_is_not_named() -> None:
    partner = a_partner(capabilities=("cap.medtech_test",))

    assert hinted(a_device_maker(stated=Stated(exclude=frozenset({partner.id}))), [partner]) == []


def test_a_reason_names_what_both_sides_have() -> None:
    partner = a_partner(capabilities=("cap.medtech_test", "cap.flight_test"))
    (hint,) = partner_hints(a_device_maker(), "", [partner], TAXONOMY)

    assert TAXONOMY.label("cap.medtech_test").en in str(hint.sentence)
    assert TAXONOMY.label("cap.flight_test").en not in str(hint.sentence)
