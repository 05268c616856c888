"""Learning from the store: from whoever agreed, by what is on record, with the engine that learns from files."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.domain.accounts import Account, AccountId, Role
from matcher.domain.carriers import Role as CarrierRole
from matcher.domain.errors import InvalidInput
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.impressions import FeedbackKind
from matcher.domain.interactions import InteractionKind
from matcher.domain.leads import DeclineReason, Lead, LeadId, LeadStatus, LeadStep
from matcher.domain.startups import Description
from matcher.services.stored_network import StoredNetwork
from matcher.services.train import Train
from models.hashing_encoder import HashingEncoder
from models.network_learner import AdditiveLearner
from tests.contracts.test_feedback_contract import a_feedback
from tests.contracts.test_startups_contract import read_of
from tests.factories import NOW, a_draft, a_startup

OWNER = AccountId("owner")
FIRST, SECOND = CarrierId("cn001"), CarrierId("cn002")
EVER = date(2030, 1, 1)
CHOSEN = (FIRST, SECOND, CarrierId("cn003"), CarrierId("cn004"))
WORDS = ("catheters for hospitals", "drones over wind farms", "coatings against rust", "gearboxes of robots")


@pytest.fixture
def transactions(filled):
    with filled.transactions() as uow:
        uow.accounts.add(Account(id=OWNER, login="owner", role=Role.STARTUP, created_at=NOW), "hash")
        uow.commit()
    return filled.transactions


def keep(transactions, *, startups=(), feedback=(), steps=()) -> None:
    with transactions() as uow:
        for record in startups:
            uow.startups.put(record, read_of(record))
        for one in feedback:
            uow.feedback.add(one)
        for number, (startup, carrier, status, made_at) in enumerate(steps):
            lead = LeadId(f"lead-{number}")
            uow.leads.add([Lead(id=lead, carrier=carrier, startup=startup, created_at=made_at, updated_at=made_at)])
            reason = DeclineReason.NOT_CONVINCING if status is LeadStatus.DECLINED else None
            uow.leads.add_step(LeadStep(lead=lead, status=status, reason=reason, made_by=None, made_at=made_at))
        uow.commit()


def agreed(id: str, **changes):
    return a_startup(id=StartupId(id), draft=a_draft(name=f"Name of {id}", train_consent=True, **changes))


def admissions(n: int, *, years: int = 1):
    """Startups that agreed, each admitted where its words belong; spread over the years before NOW."""
    startups, told = [], []
    for number in range(n):
        kind = number % len(CHOSEN)
        startups.append(agreed(f"s{number:03}", description=Description(text=f"We make {WORDS[kind]}, no {number}.")))
        at = NOW - timedelta(days=365 * years * (n - number) // n)
        told.append(
            a_feedback(
                request_id=f"r{number}",
                startup=StartupId(f"s{number:03}"),
                carrier=CHOSEN[kind],
                kind=FeedbackKind.ADMISSION,
                rank=1 + number // 4 % 4,
                at=at,
            )
        )
    return startups, told


def test_only_startups_that_agreed_and_are_not_withdrawn_are_learned_from(transactions) -> None:
    startups, told = admissions(10)
    silent = a_startup(id=StartupId("silent"))
    gone = agreed("gone")
    keep(transactions, startups=[*startups, silent, gone], feedback=told)
    with transactions() as uow:
        uow.startups.withdraw(gone.withdrawn(NOW))
        uow.feedback.add(a_feedback(startup=silent.id))
        uow.feedback.add(a_feedback(request_id="r-gone", startup=gone.id))
        uow.commit()

    network = StoredNetwork(transactions)(EVER)

    assert [one.id for one in network.startups] == [one.id for one in startups]
    assert {one.startup for one in network.interactions} == {one.id for one in startups}


def test_a_startup_brings_its_text_and_what_was_read_and_neither_name_nor_contact(transactions) -> None:
    startups, told = admissions(10)
    startups[0] = replace(startups[0], draft=replace(startups[0].draft, contact="Tel. 1234"))
    keep(transactions, startups=startups, feedback=told)

    network = StoredNetwork(transactions)(EVER)

    assert network.startups[0].text == startups[0].draft.description.text
    assert "biomed.devices" in network.startups[0].tags
    assert network.startups[0].stage == "stage.seed"
    assert "Name of" not in repr(network.startups)
    assert "1234" not in repr(network.startups)


def test_carriers_are_homes_with_a_date_from_which_their_words_hold(transactions) -> None:
    startups, told = admissions(10)
    keep(transactions, startups=startups, feedback=told)

    network = StoredNetwork(transactions)(EVER)

    with transactions() as uow:
        homes = [one for one in uow.carriers.all() if one.role is CarrierRole.CARRIER]
    assert [one.id for one in network.carriers] == [one.id for one in homes]
    first = homes[0]
    newest = max(source.date for source in first.sources if source.date)
    assert network.carriers[0].as_of.isoformat().startswith(newest)
    assert network.carriers[0].tags == (*first.industries, *first.subfields)


def test_pipelines_and_feedback_are_joined_up_to_the_day_and_clicks_are_not(transactions) -> None:
    startups, told = admissions(10)
    one = startups[0].id
    late = NOW + timedelta(days=1)
    keep(
        transactions,
        startups=startups,
        feedback=[
            *told,
            a_feedback(request_id="c", startup=one, carrier=SECOND, kind=FeedbackKind.CLICK),
            a_feedback(request_id="d", startup=one, carrier=SECOND, kind=FeedbackKind.DISMISSED),
            a_feedback(request_id="e", startup=one, carrier=SECOND, kind=FeedbackKind.CONTACT, rank=7),
            a_feedback(request_id="f", startup=one, carrier=SECOND, kind=FeedbackKind.VISIT, at=late),
        ],
        steps=[
            (one, SECOND, LeadStatus.DECLINED, NOW),
            (startups[1].id, FIRST, LeadStatus.VISITED, NOW),
            (startups[2].id, SECOND, LeadStatus.VISITED, late),
        ],
    )

    found = StoredNetwork(transactions)(NOW.date()).interactions

    others = {(x.startup, x.carrier, x.kind, x.rank) for x in found if x.kind is not InteractionKind.ADMISSION}
    assert others == {
        (one, SECOND, InteractionKind.LEAD, 7),
        (one, SECOND, InteractionKind.DECLINED, None),
        (startups[1].id, FIRST, InteractionKind.VISIT, None),
    }


def test_too_few_admissions_are_counted_and_refused(transactions) -> None:
    startups, told = admissions(9)
    visit = a_feedback(request_id="v", startup=startups[0].id, carrier=SECOND, kind=FeedbackKind.VISIT)
    keep(transactions, startups=[*startups, agreed("more")], feedback=[*told, visit])

    with pytest.raises(InvalidInput) as refused:
        StoredNetwork(transactions)(EVER)

    params = refused.value.message.params
    assert (params["n_admissions"], params["n_outcomes"], params["n_startups"], params["fewest"]) == (9, 10, 10, 10)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_engine_for_files_learns_from_it_and_says_on_which_places_outcomes_stood(transactions) -> None:
    startups, told = admissions(160, years=4)
    keep(transactions, startups=startups, feedback=told)
    network = StoredNetwork(transactions)(NOW.date())

    ranker = Train(HashingEncoder(64), AdditiveLearner())(network, until=NOW.date())

    assert ranker.facts["n_interactions"] == {"admission": 160}
    assert ranker.facts["found_on_lists"] == {"n": 160, "mean_rank": 2.5, "share_first": 0.25}
    check = ranker.facts["check"]
    assert check["ranker"] > 0.95 > 0.7 > check["popularity"]
