"""Who seeks and who offers by field, counted by hand; small counts hidden across the whole table."""

import pytest

from matcher.domain.carriers import Status
from matcher.domain.ids import TermId
from matcher.domain.office_figures import Offer
from matcher.domain.small_cells import FEW, Count
from matcher.evaluation.demand import demand, needs, supply
from tests.factories import a_carrier, a_finding, a_read_profile


@pytest.fixture
def startups(taxonomy):
    def make(subfield: str, stage: str | None, n: int, **changes):
        return [a_read_profile(taxonomy, {subfield: 0.8}, stage, **changes) for _ in range(n)]

    return make


def field(fields, id):
    return next(one for one in fields if one.id == id)


def test_startups_are_counted_by_industry_stage_and_main_subfield(startups, taxonomy) -> None:
    found = demand(
        [
            *startups("biomed.devices", "stage.seed", 6),
            *startups("biomed.devices", "stage.growth", 7),
            *startups("materials.coatings", "stage.seed", 8),
            *startups("materials.coatings", None, 9),
        ],
        [],
        taxonomy,
    )

    biomed = field(found.industries, "biomed")
    of_stage = dict(zip(found.stages, found.by_stage, strict=True))
    assert found.total == Count(30)
    assert biomed.startups.n in (13, None)
    assert of_stage["stage.seed"].n in (14, None)
    assert of_stage["stage.incubation"] == FEW
    assert [one.id for one in found.industries][:4] == ["equipment", "materials", "aerospace", "biomed"]


def test_a_field_with_few_startups_is_not_numbered(startups, taxonomy) -> None:
    found = demand(
        [*startups("biomed.devices", "stage.seed", 20), *startups("materials.coatings", "stage.seed", 4)], [], taxonomy
    )

    assert field(found.industries, "materials").startups == FEW
    assert field(found.subfields, "materials.coatings").startups == FEW
    assert found.total == Count(24)


def test_nothing_is_numbered_while_there_are_few_startups(startups, taxonomy) -> None:
    found = demand(startups("biomed.devices", "stage.seed", 4), [], taxonomy)

    every = [found.total, *found.by_stage, *found.without_subfield.values()]
    every += [one.startups for one in (*found.industries, *found.subfields)]
    every += [count for one in found.industries for count in one.by_stage]
    assert {one.n for one in every} == {None}


def test_carriers_stand_with_every_field_that_they_name(taxonomy) -> None:
    carriers = [
        a_carrier(industries=(TermId("biomed"), TermId("materials")), subfields=(TermId("biomed.devices"),)),
        a_carrier(industries=(TermId("biomed"),), subfields=(), status=Status.PLANNED),
        a_carrier(industries=(), subfields=()),
    ]

    found = demand([], carriers, taxonomy)

    biomed, materials = (field(found.industries, id).supply for id in ("biomed", "materials"))
    assert (biomed.n_open, biomed.n_planned) == (1, 1)
    assert (materials.n_open, materials.n_planned) == (1, 0)
    assert field(found.subfields, "biomed.devices").supply.n_open == 1
    assert (found.n_carriers, found.n_any_field) == (3, 1)


def test_places_that_nobody_has_told_are_unknown_and_not_none() -> None:
    silent, full, free = a_carrier(), a_carrier(places_left=0), a_carrier(places_left=7)

    assert supply([silent]).places_left is None
    assert supply([full]).places_left == 0
    assert (supply([silent, full, free]).places_left, supply([silent, full, free]).n_places_unknown) == (7, 1)


def test_what_no_record_speaks_of_is_told_from_what_none_is_known_to_offer(startups, taxonomy) -> None:
    asking = {
        "services": (a_finding("service.site"), a_finding("service.financing")),
        "site": (a_finding("req.wet_lab"),),
    }
    carriers = [a_carrier(services=(TermId("service.site"),)), a_carrier(services=())]

    found = {one.id: one for one in needs(startups("biomed.devices", None, 5, **asking), carriers, taxonomy)}

    assert found["service.site"].offer is Offer.OFFERED
    assert found["service.financing"].offer is Offer.NOWHERE
    assert (found["service.financing"].n_speaking, found["service.financing"].n_silent) == (1, 1)
    assert found["req.wet_lab"].offer is Offer.UNKNOWN
    assert found["req.wet_lab"].asked == Count(5)
    assert found["service.mentoring"].asked == FEW
