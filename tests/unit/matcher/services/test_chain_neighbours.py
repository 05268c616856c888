"""Who stands beside a carrier on the way of a firm."""

from matcher.domain.carriers import Role
from matcher.domain.ids import TermId
from matcher.services.chain_neighbours import chain_neighbours
from tests.factories import a_carrier, a_registry


def test_carriers_of_its_city_and_field_stand_in_the_order_of_the_way(taxonomy) -> None:
    own = a_carrier(kind=TermId("kind.specialised_incubator"))
    park = a_carrier(kind=TermId("kind.industrial_park"))
    university = a_carrier(kind=TermId("kind.university_park"))
    elsewhere = a_carrier(kind=TermId("kind.industrial_park"), city="苏州")
    other_field = a_carrier(kind=TermId("kind.makerspace"), industries=(TermId("materials"),))
    partner = a_carrier(role=Role.PARTNER, kind=None)

    found = chain_neighbours(a_registry(taxonomy, own, park, university, elsewhere, other_field, partner), own)

    assert found is not None
    assert [(step.kind, [one.id for one in step.carriers], step.is_own) for step in found.steps] == [
        ("kind.makerspace", [], False),
        ("kind.incubator", [own.id], True),
        ("kind.accelerator", [], False),
        ("kind.industrial_park", [park.id], False),
        (None, [university.id], False),
    ]
    assert found.partners == (partner,)


def test_without_a_field_or_a_city_there_are_none(taxonomy) -> None:
    unknown, nowhere = a_carrier(industries=()), a_carrier(city=None)
    registry = a_registry(taxonomy, unknown, nowhere)

    assert chain_neighbours(registry, unknown) is None
    assert chain_neighbours(registry, nowhere) is None


def test_a_partner_sees_the_homes_of_its_field_and_not_itself(taxonomy) -> None:
    partner, home = a_carrier(role=Role.PARTNER, kind=None), a_carrier()

    found = chain_neighbours(a_registry(taxonomy, partner, home), partner)

    assert found is not None
    assert found.partners == ()
    assert [one for step in found.steps for one in step.carriers] == [home]
    assert not any(step.is_own for step in found.steps)
