"""What a carrier's staff puts right stands with its source, is kept in the history, and outlives the next filling."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.tabular.carriers import carrier_record, read_carrier_row
from matcher.domain.accounts import NOBODY, Account, AccountId, Role, actor_of
from matcher.domain.carriers import CORRECTED, Status, version_of
from matcher.domain.corrections import CORRECTABLE, Conflict
from matcher.domain.errors import CarrierNotFound, ImportRefused, InvalidField, NotAllowed, Outdated, SignInNeeded
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.imports import FileRow, ReadFile
from matcher.services.carrier_history import CarrierHistoryOf
from matcher.services.correct_carrier import CorrectCarrier, Grounds
from matcher.services.import_carriers import ImportCarriers
from matcher.services.initialise import Initialise
from tests.factories import NOW, a_source

CARRIER, OTHER_CARRIER = CarrierId("cn001"), CarrierId("cn002")
TODAY = NOW.date()
LATER = NOW + timedelta(hours=1)
OWN_WORD = Grounds(on=TODAY)
STAFF, ADMIN, STARTUP, OTHERS = (
    Account(id=AccountId("staff"), login="staff", role=Role.STAFF, carrier=CARRIER, created_at=NOW),
    Account(id=AccountId("admin"), login="admin", role=Role.ADMIN, created_at=NOW),
    Account(id=AccountId("startup"), login="startup", role=Role.STARTUP, created_at=NOW),
    Account(id=AccountId("others"), login="others", role=Role.STAFF, carrier=OTHER_CARRIER, created_at=NOW),
)


class World:
    def __init__(self, store) -> None:
        self.transactions = store.transactions
        form = {"record_of": carrier_record, "read": read_carrier_row}
        self._correct = CorrectCarrier(store.transactions, **form)
        self._take_in = ImportCarriers(store.transactions, **form)
        self._history = CarrierHistoryOf(store.transactions)
        self.initialise = Initialise(store.transactions, clock=lambda: LATER)

    def correct(self, changes, who=STAFF, carrier=CARRIER, grounds=OWN_WORD, expected=None):
        return self._correct(actor_of(who), carrier, changes, grounds, expected=expected, now=NOW)

    def take_in(self, *rows, who=ADMIN, keep_good=False):
        file = ReadFile(rows=tuple(FileRow(line=line, values=values) for line, values in enumerate(rows, start=2)))
        return self._take_in(actor_of(who), file, keep_good=keep_good, now=LATER)

    def history(self, who=STAFF, carrier=CARRIER):
        return self._history(actor_of(who), carrier)

    def carrier(self, carrier=CARRIER):
        with self.transactions() as uow:
            return uow.carriers.get(carrier)

    def version(self):
        with self.transactions() as uow:
            return uow.registry_version()


@pytest.fixture
def world(filled) -> World:
    with filled.transactions() as uow:
        for account in (STAFF, ADMIN, STARTUP, OTHERS):
            uow.accounts.add(account, "hash")
        uow.commit()
    return World(filled)


def with_carrier(seed, **changes):
    """The seed with another record for the carrier."""
    return replace(seed, carriers=tuple(replace(one, **changes) if one.id == CARRIER else one for one in seed.carriers))


# One correction


def test_a_corrected_fact_stands_with_its_source_and_date(world) -> None:
    before, version = world.carrier(), world.version()

    after = world.correct(
        {"services": ["service.site", "service.mentoring"], "places_left": 3},
        grounds=Grounds(title="Our page", url="https://example.org/x", on=date(2026, 11, 1)),
    )

    assert world.carrier() == after
    assert after.services == ("service.site", "service.mentoring")
    assert (after.places_left, after.places_left_as_of) == (3, "2026-11-01")
    fact = after.fact("services")
    assert (fact.basis, fact.source, fact.as_of, fact.sources[0].url) == (
        CORRECTED, "Our page", "2026-11-01", "https://example.org/x",
    )  # fmt: skip
    assert after.fact("industries") == before.fact("industries")
    assert world.version().version != version.version
    assert world.version().as_of == "2026-11-01"


def test_the_carriers_own_word_bears_its_name(world) -> None:
    after = world.correct({"operator": "新运营公司"})

    assert after.fact("operator").source == after.name.zh
    assert after.fact("operator").as_of == TODAY.isoformat()


def test_the_old_value_is_kept_with_who_and_when(world) -> None:
    before = world.carrier()
    world.correct({"services": ["service.site"]})
    world.correct({"services": None, "status": "planned"}, who=ADMIN)

    entries = [(one.field, one.old, one.new, one.made_by, one.made_at) for one in world.history()]
    assert entries == [
        ("status", before.status.value, "planned", ADMIN.id, NOW),
        ("services", ["service.site"], None, ADMIN.id, NOW),
        ("services", [str(one) for one in before.services] or None, ["service.site"], STAFF.id, NOW),
    ]
    assert world.carrier().services == ()
    assert world.carrier().status is Status.PLANNED
    assert world.carrier().status_as_of == TODAY.isoformat()


def test_a_value_that_stays_is_confirmed(world) -> None:
    before = world.carrier()

    after = world.correct({"status": before.status.value})

    assert after.status is before.status
    assert after.fact("status").as_of == TODAY.isoformat()


@pytest.mark.parametrize("field", CORRECTABLE)
def test_every_field_that_can_be_corrected_can_become_unknown(world, field) -> None:
    changes = {field: None} if field != "industries" else {field: None, "subfields": None}

    after = world.correct(changes)

    assert field in after.corrected
    assert world.carrier() == after


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"services": ["service.none"]}, "services"),
        ({"services": "service.site"}, "services"),
        ({"status": "closed"}, "status"),
        ({"places_left": -1}, "places_left"),
        ({"places_left": 2.5}, "places_left"),
        ({"area_m2": "large"}, "area_m2"),
        ({"description": {"fr": "x"}}, "fr"),
        ({"level": "level.national"}, "changes"),
        ({"id": "other"}, "changes"),
        ({"sources": []}, "changes"),
        ({}, "changes"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_and_nothing_is_written(world, changes, field) -> None:
    before = world.carrier()

    with pytest.raises(InvalidField) as refused:
        world.correct(changes)

    assert refused.value.field == field
    assert (world.carrier(), world.history()) == (before, [])


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(1900, 1, 1)])
def test_a_date_that_cannot_be_is_refused(world, on) -> None:
    with pytest.raises(InvalidField, match="to today"):
        world.correct({"operator": "x"}, grounds=Grounds(on=on))


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidField):
        Grounds(url="javascript:alert(1)", on=TODAY)


def test_a_correction_of_an_older_version_is_refused(world) -> None:
    version = version_of(world.carrier())
    after = world.correct({"operator": "first"}, expected=version)

    with pytest.raises(Outdated):
        world.correct({"operator": "second"}, expected=version)

    assert world.carrier() == after


# Who


def test_only_the_carriers_staff_and_admins_correct_it(world) -> None:
    with pytest.raises(NotAllowed):
        world.correct({"operator": "x"}, who=STARTUP)
    with pytest.raises(SignInNeeded):
        world._correct(NOBODY, CARRIER, {"operator": "x"}, OWN_WORD, expected=None, now=NOW)
    for carrier in (CARRIER, CarrierId("none")):
        with pytest.raises(CarrierNotFound, match=f"There is no carrier {carrier}"):
            world.correct({"operator": "x"}, who=OTHERS, carrier=carrier)
        with pytest.raises(CarrierNotFound, match=f"There is no carrier {carrier}"):
            world.history(who=OTHERS, carrier=carrier)
    assert world.correct({"operator": "x"}, who=ADMIN).operator == "x"
    assert len(world.history(who=ADMIN)) == 1
    with pytest.raises(CarrierNotFound):
        world.correct({"operator": "x"}, who=ADMIN, carrier=CarrierId("none"))


# The next filling


def test_filling_again_leaves_a_correction_as_it_is(world, seed) -> None:
    after = world.correct({"services": ["service.site"], "places_left": 3})

    report = world.initialise(seed)

    assert report.nothing_new
    assert report.conflicts == ()
    assert world.carrier() == after


def test_what_was_not_corrected_follows_the_files(world, seed) -> None:
    world.correct({"services": ["service.site"]})

    report = world.initialise(with_carrier(seed, operator="From the file"))

    assert report.changed["carriers"] == 1
    assert world.carrier().operator == "From the file"
    assert world.carrier().services == ("service.site",)


def test_an_older_fact_of_the_files_does_not_undo_a_correction_but_is_told(world, seed) -> None:
    world.correct({"services": ["service.site"]})

    report = world.initialise(with_carrier(seed, services=(TermId("service.mentoring"),)))

    assert world.carrier().services == ("service.site",)
    assert report.conflicts == (Conflict(carrier=CARRIER, field="services", file_won=False),)


def test_a_newer_fact_of_the_files_replaces_a_correction_which_is_kept(world, seed) -> None:
    world.correct({"services": ["service.site"], "operator": "Ours"}, grounds=Grounds(on=date(2026, 11, 1)))
    newer = a_source(date="2026-11-20")

    report = world.initialise(with_carrier(seed, services=(TermId("service.mentoring"),), sources=(newer,)))

    assert world.carrier().services == ("service.mentoring",)
    assert world.carrier().operator == "Ours"  # the file only says again what was corrected
    assert report.conflicts == (Conflict(carrier=CARRIER, field="services", file_won=True),)
    last = world.history()[0]
    assert (last.field, last.old, last.new, last.made_by, last.made_at) == (
        "services", ["service.site"], ["service.mentoring"], None, LATER,
    )  # fmt: skip
    assert world.initialise(with_carrier(seed, services=(TermId("service.mentoring"),), sources=(newer,))).nothing_new


def test_a_year_is_not_later_than_a_day_of_that_year(world, seed) -> None:
    world.correct({"services": ["service.site"]}, grounds=Grounds(on=date(2026, 11, 1)))

    world.initialise(with_carrier(seed, services=(TermId("service.mentoring"),), sources=(a_source(date="2026"),)))

    assert world.carrier().services == ("service.site",)


# Files of carriers


def test_an_admins_file_adds_and_changes_carriers(world) -> None:
    before = world.carrier()
    new = {**carrier_record(before), "id": "new-1"}

    report, conflicts = world.take_in(
        {"id": CARRIER, "operator": "From the file"}, new, carrier_record(world.carrier(OTHER_CARRIER))
    )

    assert (report.added, report.changed, report.unchanged, conflicts) == (1, 1, 1, ())
    assert world.carrier() == replace(before, operator="From the file")
    assert world.carrier(CarrierId("new-1")) == replace(before, id=CarrierId("new-1"))


def test_an_admins_file_does_not_undo_what_the_staff_put_right(world) -> None:
    exported = carrier_record(world.carrier())
    after = world.correct({"services": ["service.site"]})

    _, conflicts = world.take_in({**exported, "services": ["service.mentoring"]})

    assert world.carrier() == after
    assert conflicts == (Conflict(carrier=CARRIER, field="services", file_won=False),)


def test_a_bad_row_keeps_the_whole_file_out(world) -> None:
    rows = ({"id": CARRIER, "operator": "x"}, {"id": CARRIER}, {"id": "new-1"}, {"operator": "x"}, {"id": "a b"})

    with pytest.raises(ImportRefused) as refused:
        world.take_in(*rows)

    assert [(fault.line, fault.column) for fault in refused.value.faults] == [
        (3, "id"), (4, "sources"), (5, "id"), (6, "sources"),
    ]  # fmt: skip
    assert world.carrier().operator != "x"
    report, _ = world.take_in(*rows, keep_good=True)
    assert (report.changed, len(report.faults)) == (1, 4)


def test_only_admins_take_in_carriers(world) -> None:
    for who in (STAFF, STARTUP):
        with pytest.raises(NotAllowed):
            world.take_in(who=who)
