"""What a record answers of a lead's card."""

from matcher.domain.lead_cards import LeadCard
from matcher.domain.matches import Criterion
from matcher.domain.messages import Language
from matcher.ranking.card_fit import card_fits
from tests.factories import a_carrier

CARD = LeadCard(
    chain="biomed",
    industry="biomed",
    subfields=("biomed.devices",),
    stage="stage.seed",
    services=("service.site",),
    capabilities=("cap.cmm",),
    language=Language.EN,
)


def fits(**record):
    known = {"industries": (), "subfields": (), "services": (), "capabilities": (), "site": (), "kind": None}
    return {fit.criterion: fit for fit in card_fits(CARD, a_carrier(**known | record))}


def test_what_the_record_names_is_covered() -> None:
    found = fits(
        industries=("biomed",), subfields=("biomed.devices",), services=("service.site",), kind="kind.incubator"
    )

    assert found[Criterion.FIELD].covered == ("biomed.devices", "biomed")
    assert found[Criterion.STAGE].covered == ("stage.seed",)
    assert found[Criterion.SERVICES].covered == ("service.site",)


def test_what_the_record_does_not_tell_of_is_unknown_and_never_missing() -> None:
    for fit in fits().values():
        assert fit.unknown
        assert (fit.covered, fit.missing) == ((), ())


def test_another_field_and_a_stage_of_other_kinds_are_missing() -> None:
    found = fits(industries=("materials",), kind="kind.industrial_park")

    assert found[Criterion.FIELD].missing == ("biomed",)
    assert fits(kind="kind.accelerator")[Criterion.STAGE].missing == ("stage.seed",)


def test_a_card_that_asks_for_nothing_is_told_nothing_of_it() -> None:
    assert [
        fit.criterion for fit in card_fits(LeadCard(chain="none", industry="other", language=Language.EN), a_carrier())
    ] == [Criterion.FIELD]
