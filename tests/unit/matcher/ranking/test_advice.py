"""Advice: realistic changes only, and none without a gain that a second scoring shows."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matcher.domain.carriers import Role, Status
from matcher.domain.entry_rules import Treatment
from matcher.domain.matches import AdviceKind
from matcher.domain.startups import Outcome, Scope, Stated
from matcher.domain.taxonomy import Facet
from matcher.ranking.advice import LEAST_GAIN, MOST, WITHIN, advice
from matcher.ranking.standings import Standings
from tests.factories import a_carrier, a_finding, a_read_profile, an_entry_rule
from tests.unit.matcher.ranking.worlds import RANKER, TAXONOMY, a_board, a_plain_carrier

TODAY = date(2026, 11, 22)
STAGES = TAXONOMY.ids(Facet.STAGE)
UNCHANGEABLE = {"company_age_months", "foreign_invested", "industry", "exclude"}


def a_startup(stage="stage.seed", subfields=None, **changes):
    return a_read_profile(TAXONOMY, subfields or {"biomed.devices": 1.0}, stage, **changes)


def an_uncertain_stage(**stages: float):
    probabilities = np.array([stages.get(name.removeprefix("stage."), 0.0) for name in STAGES])
    best = STAGES[int(np.argmax(probabilities))]
    stage = a_finding(best, probability=float(probabilities.max()))
    return replace(a_startup(best), stage=stage, stage_probabilities=probabilities)


def advised(profile, *carriers, scope=Scope.HOME, **registry):
    return advice(profile, Standings(a_board(*carriers, **registry), RANKER, scope, TODAY))


def changes(pieces) -> list:
    return [dict(piece.change) for piece in pieces]


def test_an_uncertain_stage_is_to_be_said() -> None:
    (piece,) = advised(an_uncertain_stage(incubation=0.5, growth=0.3, industrial=0.2), a_plain_carrier())

    assert (piece.kind, piece.change) == (AdviceKind.DESCRIBE, {"stage": "stage.incubation"})
    assert piece.score_after - piece.score_before >= LEAST_GAIN


def test_a_stage_that_is_not_told_is_to_be_said_in_its_most_probable_way() -> None:
    profile = replace(a_startup(), stage=None, stage_probabilities=np.array([0.1, 0.2, 0.4, 0.2, 0.1]))

    assert {"stage": "stage.incubation"} in changes(advised(profile, a_plain_carrier()))


@pytest.mark.parametrize("carrier", [a_plain_carrier(kind="kind.industrial_park"), a_plain_carrier(kind=None)])
def test_what_does_not_raise_a_score_is_not_advised(carrier) -> None:
    assert advised(a_startup("stage.team", registered=True), carrier) == ()


def test_an_uncertain_field_is_to_be_said() -> None:
    profile = a_startup("stage.incubation", {"biomed.devices": 0.6, "materials.coatings": 0.4})
    (piece,) = advised(profile, a_plain_carrier())

    assert piece.change == {"subfields": ("biomed.devices",)}


def test_a_field_that_is_a_mere_guess_is_not_advised() -> None:
    spread = dict.fromkeys(TAXONOMY.ids(Facet.SUBFIELD)[:6], 1 / 6)

    assert all(
        "subfields" not in one for one in changes(advised(a_startup("stage.incubation", spread), a_plain_carrier()))
    )


def test_a_need_hinted_at_is_to_be_said_where_a_carrier_has_it_on_record() -> None:
    profile = a_startup("stage.incubation", possible_needs=(a_finding("cap.medtech_test", probability=0.2),))
    (piece,) = advised(profile, a_plain_carrier(capabilities=("cap.medtech_test",)))

    assert piece.change == {"services": (), "capabilities": ("cap.medtech_test",), "site": ()}
    assert advised(profile, a_plain_carrier(capabilities=("cap.flight_test",))) == ()


def test_a_team_may_register_its_company_and_a_young_firm_run_a_pilot() -> None:
    (register,) = advised(a_startup("stage.team"), a_plain_carrier())
    (pilot,) = advised(a_startup("stage.seed"), a_plain_carrier(kind="kind.accelerator", specialised=True))

    assert (register.kind, register.change) == (AdviceKind.BECOME, {"stage": "stage.seed", "registered": True})
    assert (pilot.kind, pilot.change) == (AdviceKind.BECOME, {"stage": "stage.incubation"})


def test_without_a_company_nobody_is_told_to_call_itself_a_young_firm_or_to_run_a_pilot() -> None:
    unregistered = replace(an_uncertain_stage(seed=0.6, growth=0.4), registered=False)

    assert advised(unregistered, a_plain_carrier(), a_plain_carrier(kind="kind.accelerator")) == ()


def test_to_become_something_gains_more_than_to_say_what_is_so_already() -> None:
    team = an_uncertain_stage(team=0.5, industrial=0.5)
    makerspace = a_plain_carrier(kind="kind.university_park")  # takes teams as gladly as young firms

    assert changes(advised(team, makerspace)) == [{"stage": "stage.team"}]


def test_a_carrier_that_is_not_open_may_be_waited_for() -> None:
    planned = a_plain_carrier(status=Status.PLANNED)
    (piece,) = advised(a_startup("stage.incubation"), planned, a_plain_carrier(industries=("ict",)))
    (opened,) = Standings(a_board(replace(planned, status=Status.OPERATING)), RANKER, Scope.HOME, TODAY).of(
        [a_startup("stage.incubation")]
    )

    assert (piece.kind, piece.change, piece.carrier) == (AdviceKind.BECOME, {}, planned)
    assert piece.score_after == opened.scores[0]


def test_a_wish_for_a_place_is_to_be_given_up_only_where_a_carrier_then_stands_higher() -> None:
    near = a_plain_carrier(id="near", district="沙溪镇", kind="kind.incubator", industries=("biomed", "ict"))
    far = a_plain_carrier(id="far", district="双凤镇", level="level.national")
    profile = a_startup("stage.incubation", stated=Stated(districts=("沙溪",)))
    (piece,) = advised(profile, near, far)

    assert (piece.carrier.id, piece.change) == ("far", {"districts": ()})
    assert (piece.rank_before, piece.rank_after) == (2, 1)
    assert advised(profile, far) == ()


def test_a_need_that_only_a_partner_has_on_record_may_be_met_there() -> None:
    asked = (a_finding("cap.medtech_test"), a_finding("cap.flight_test"))
    carrier = a_plain_carrier(capabilities=("cap.medtech_test",))
    partner = a_carrier(role=Role.PARTNER, capabilities=("cap.flight_test",))
    (piece,) = advised(a_startup("stage.incubation", capabilities=asked), carrier, partner)

    assert piece.change["capabilities"] == ("cap.medtech_test",)
    assert piece.sentence.params["partner"] == partner.name
    assert advised(a_startup("stage.incubation", capabilities=asked), carrier) == ()


def test_a_carrier_that_its_own_rule_takes_off_is_nobodys_help() -> None:
    carrier = a_plain_carrier()
    rule = an_entry_rule(
        carrier_kinds=(), carrier_id=carrier.id, subject="stage", op="not in", value=("stage.seed",),
        treatment=Treatment.EXCLUDE,
    )  # fmt: skip

    assert len(advised(a_startup("stage.team"), carrier)) == 1
    assert advised(a_startup("stage.team"), carrier, entry_rules=(rule,)) == ()


def test_nothing_is_advised_out_of_scope_or_without_carriers() -> None:
    profile = a_startup("stage.team")

    assert advised(replace(profile, outcome=Outcome.OUT_OF_SCOPE), a_plain_carrier()) == ()
    assert advised(profile, a_carrier(city="西安")) == ()


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("subfield", ["biomed.devices", "aerospace.uav", "equipment.laser", "ict.saas_cloud"])
@pytest.mark.parametrize("stage", [None, *STAGES])
def test_on_the_seed_each_of_at_most_three_pieces_gains_and_asks_for_nothing_that_cannot_change(
    board, scope, subfield, stage
) -> None:
    profile = a_read_profile(TAXONOMY, {subfield: 0.6, "materials.coatings": 0.4}, stage)
    pieces = advice(profile, Standings(board, RANKER, scope, TODAY))

    assert len(pieces) <= MOST
    for piece in pieces:
        assert piece.score_after - piece.score_before >= LEAST_GAIN
        assert piece.rank_after <= min(WITHIN, piece.rank_before)
        assert not set(piece.change) & UNCHANGEABLE
    kinds = [piece.kind for piece in pieces]
    assert kinds == sorted(kinds, key=list(AdviceKind).index)
