"""What happens to a startup's record, from its owner's first word to the lists of others, on a real store."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import numpy as np
import pytest

from data.tabular.startups import read_draft
from data.unit_of_work import open_store
from matcher.domain.accounts import NOBODY, Account, AccountId, Role, actor_of
from matcher.domain.errors import ImportRefused, KeyReused, NotAllowed, Outdated, SignInNeeded, StartupNotFound
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.imports import FileRow, ReadFile
from matcher.domain.messages import Language
from matcher.domain.startup_records import StartupFilter
from matcher.domain.startups import Description
from matcher.services.all_startups import AllStartups
from matcher.services.import_startups import ImportStartups
from matcher.services.own_startups import OwnStartups
from matcher.services.read_for_keeping import ReadForKeeping
from matcher.services.register_startup import Once, RegisterStartup
from matcher.services.reread_startups import RereadStartups
from matcher.services.update_startup import UpdateStartup
from matcher.services.withdraw_startup import WithdrawStartup
from tests.factories import NOW, a_draft
from tests.steady_reader import DIMS, SteadyReader

LATER = NOW + timedelta(hours=1)
NEXT_MONTH = NOW + timedelta(days=31)
OWNER, OTHER, STAFF = (
    Account(id=AccountId("owner"), login="owner", role=Role.STARTUP, created_at=NOW),
    Account(id=AccountId("other"), login="other", role=Role.STARTUP, created_at=NOW),
    Account(id=AccountId("staff"), login="staff", role=Role.STAFF, carrier=CarrierId("cn001"), created_at=NOW),
)
OWN, ANOTHER = actor_of(OWNER), actor_of(OTHER)


class World:
    """The services on one store, as `bootstrap` puts them together."""

    def __init__(self, store, vocabulary) -> None:
        numbers = count(1)
        self.store = store
        self.reader = SteadyReader(vocabulary)
        read = ReadForKeeping(self.reader)
        given = {"transactions": store.transactions, "read": read}

        def new_id() -> StartupId:
            return StartupId(f"s{next(numbers):03}")

        self.register = RegisterStartup(**given, new_id=new_id)
        self.update = UpdateStartup(**given)
        self.withdraw = WithdrawStartup(store.transactions)
        self.own = OwnStartups(store.transactions)
        self.reread = RereadStartups(**given)
        self.take_in = ImportStartups(**given, read_draft=read_draft, snapshot=self._registry, new_id=new_id)

    def everybodys(self, **changes) -> AllStartups:
        return AllStartups(
            self.store.transactions, **{"reader_id": self.reader.id, "clock": count().__next__, **changes}
        )

    def _registry(self):
        with self.store.transactions() as uow:
            return uow.registry()


@pytest.fixture
def world(filled, seed) -> World:
    with filled.transactions() as uow:
        for account in (OWNER, OTHER, STAFF):
            uow.accounts.add(account, "hash")
        uow.commit()
    return World(filled, seed.vocabulary)


def a_file(*rows: dict[str, object]) -> ReadFile:
    return ReadFile(rows=tuple(FileRow(line=line, values=values) for line, values in enumerate(rows, start=2)))


def text(words: str) -> Description:
    return Description(text=words)


# Who


@pytest.mark.parametrize(("actor", "error"), [(NOBODY, SignInNeeded), (actor_of(STAFF), NotAllowed)])
def test_only_startups_have_startups(world, actor, error) -> None:
    record, _ = world.register(OWN, a_draft(), now=NOW)
    calls = [
        lambda: world.register(actor, a_draft(), now=NOW),
        lambda: world.update(actor, record.id, lambda draft: draft, expected=None, now=NOW),
        lambda: world.withdraw(actor, record.id, expected=None, now=NOW),
        lambda: world.own.get(actor, record.id),
        lambda: world.own.page(actor, StartupFilter()),
        lambda: world.own.all(actor, now=NOW),
        lambda: world.take_in(actor, a_file(), now=NOW),
    ]

    for call in calls:
        with pytest.raises(error):
            call()


@pytest.mark.parametrize("id", ["theirs", "none"])
def test_anothers_startup_is_as_if_it_were_not_there(world, id) -> None:
    record, _ = world.register(ANOTHER, a_draft(), now=NOW)
    name = record.id if id == "theirs" else StartupId("s999")

    for call in (
        lambda: world.update(OWN, name, lambda draft: draft, expected=None, now=NOW),
        lambda: world.withdraw(OWN, name, expected=None, now=NOW),
        lambda: world.own.get(OWN, name),
    ):
        with pytest.raises(StartupNotFound, match=f"There is no startup {name}"):
            call()
    assert world.own.get(ANOTHER, record.id) == record


# One record


def test_a_startup_is_kept_with_the_language_of_its_text(world) -> None:
    record, is_new = world.register(OWN, a_draft(description=text("我们研发心脏介入导管")), now=NOW)

    assert is_new
    assert world.own.get(OWN, record.id) == record
    assert (record.owner, record.language, record.version) == (OWNER.id, Language.ZH, 1)


def test_the_same_call_again_makes_no_second_startup(world) -> None:
    once = Once("key", "hash")
    first, _ = world.register(OWN, a_draft(), now=NOW, once=once)

    again, is_new = world.register(OWN, a_draft(), now=LATER, once=once)

    assert (again, is_new) == (first, False)
    assert len(world.own.all(OWN, now=NOW)) == 1
    with pytest.raises(KeyReused):
        world.register(OWN, a_draft(), now=LATER, once=Once("key", "another"))
    assert world.register(ANOTHER, a_draft(), now=LATER, once=once)[1]


def test_a_changed_text_is_read_again_and_an_equal_one_is_not(world) -> None:
    record, _ = world.register(OWN, a_draft(description=text("one")), now=NOW)

    hidden = world.update(OWN, record.id, lambda draft: replace(draft, discoverable=False), expected=1, now=LATER)
    assert world.reader.texts == ["one"]

    told = world.update(OWN, record.id, lambda draft: replace(draft, description=text("two")), expected=2, now=LATER)
    assert world.reader.texts == ["one", "two"]
    assert (hidden.version, told.version) == (2, 3)
    assert world.own.get(OWN, record.id) == told


def test_a_change_that_changes_nothing_makes_no_version(world) -> None:
    record, _ = world.register(OWN, a_draft(), now=NOW)

    assert world.update(OWN, record.id, lambda draft: draft, expected=1, now=LATER) == record


def test_a_change_of_an_older_version_is_refused_and_leaves_no_trace(world) -> None:
    record, _ = world.register(OWN, a_draft(), now=NOW)
    after = world.update(OWN, record.id, lambda draft: replace(draft, name="Mine"), expected=1, now=LATER)

    with pytest.raises(Outdated):
        world.update(OWN, record.id, lambda draft: replace(draft, name="Too late"), expected=1, now=LATER)
    with pytest.raises(Outdated):
        world.withdraw(OWN, record.id, expected=1, now=LATER)

    assert world.own.get(OWN, record.id) == after


def test_who_writes_while_another_reads_wins_and_the_other_is_told(world) -> None:
    record, _ = world.register(OWN, a_draft(), now=NOW)

    def slow(draft):
        world.update(OWN, record.id, lambda one: replace(one, name="Fast"), expected=1, now=LATER)
        return replace(draft, name="Slow")

    with pytest.raises(Outdated):
        world.update(OWN, record.id, slow, expected=None, now=LATER)

    assert world.own.get(OWN, record.id).draft.name == "Fast"


def test_a_withdrawn_startup_is_kept_and_can_come_back(world) -> None:
    record, _ = world.register(OWN, a_draft(), now=NOW)

    withdrawn = world.withdraw(OWN, record.id, expected=1, now=LATER)
    assert world.withdraw(OWN, record.id, expected=None, now=LATER) == withdrawn
    assert withdrawn.withdrawn_at == LATER

    back = world.update(OWN, record.id, lambda draft: draft, expected=2, now=LATER)
    assert (back.withdrawn_at, back.version) == (None, 3)


# All of them


def test_a_text_is_in_the_list_of_all_as_soon_as_it_is_written(world) -> None:
    everybodys = world.everybodys()
    assert len(everybodys()) == 0
    record, _ = world.register(OWN, a_draft(description=text("x" * 3)), now=NOW)

    [listed] = everybodys().startups
    assert (listed.id, listed.version) == (record.id, 1)
    np.testing.assert_array_equal(everybodys().embeddings, np.eye(DIMS, dtype=np.float32)[[3]])

    world.update(OWN, record.id, lambda draft: replace(draft, description=text("x" * 4)), expected=1, now=LATER)
    np.testing.assert_array_equal(everybodys().embeddings, np.eye(DIMS, dtype=np.float32)[[4]])

    world.withdraw(OWN, record.id, expected=2, now=LATER)
    assert everybodys().startups == ()


def test_what_is_unchanged_is_not_read_from_the_store_again(world) -> None:
    for _ in range(3):
        world.register(OWN, a_draft(), now=NOW)
    everybodys = world.everybodys()
    before = everybodys()

    assert everybodys() is before
    record, _ = world.register(OWN, a_draft(), now=NOW)
    after = everybodys()

    assert [after.by_id[one.id] is one for one in before.startups] == [True] * 3
    assert record.id in after.by_id


def test_the_store_is_asked_at_most_twice_a_second(world) -> None:
    seconds = iter([0.0, 0.1, 0.4, 0.6, 0.7])
    everybodys = world.everybodys(clock=seconds.__next__)
    everybodys()
    world.register(OWN, a_draft(), now=NOW)

    assert len(everybodys()) == 0
    assert len(everybodys()) == 0
    assert len(everybodys()) == 1


def test_an_erased_startup_is_in_no_list(world) -> None:
    kept, _ = world.register(OWN, a_draft(), now=NOW)
    gone, _ = world.register(OWN, a_draft(), now=NOW)
    everybodys = world.everybodys()
    assert len(everybodys()) == 2
    with world.store.transactions() as uow:
        uow.startups.erase(gone.id)
        uow.commit()

    assert list(everybodys().by_id) == [kept.id]


def test_a_process_that_nobody_asks_forgets_what_was_erased_elsewhere(world) -> None:
    gone, _ = world.register(OWN, a_draft(), now=NOW)
    everybodys, never_asked = world.everybodys(clock=lambda: 0.0), world.everybodys()
    assert gone.id in everybodys().by_id
    with world.store.transactions() as uow:
        uow.startups.erase(gone.id)
        uow.commit()

    everybodys.forget_erased()
    never_asked.forget_erased()

    assert [len(one.by_id) for one in vars(everybodys).values() if hasattr(one, "by_id")] == [0]
    assert [one for one in vars(never_asked).values() if hasattr(one, "by_id")] == []


# Another reader, another month


def test_after_another_reader_each_text_is_read_anew_once(world) -> None:
    records = [world.register(OWN, a_draft(), now=NOW)[0] for _ in range(3)]
    world.reader.id = "steady@2"
    everybodys = world.everybodys()
    told: list[int] = []

    assert len(everybodys()) == 0
    assert world.reread.waiting(now=NOW) == 3
    assert world.reread(now=NOW, told=told.append) == 3

    assert sum(told) == 3
    assert len(everybodys()) == 3
    assert world.reread(now=NOW) == 0
    assert [world.own.get(OWN, record.id) for record in records] == records


def test_ages_are_counted_anew_in_another_month(world) -> None:
    world.register(OWN, a_draft(), now=NOW)

    assert world.reread(now=NEXT_MONTH) == 1
    assert world.reread(now=NEXT_MONTH) == 0


def test_rereading_that_is_stopped_goes_on_where_it_stopped(world) -> None:
    for _ in range(40):
        world.register(OWN, a_draft(), now=NOW)
    world.reader.id = "steady@2"

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.reread(now=NOW, told=stop)

    assert world.reread.waiting(now=NOW) == 8
    assert world.reread(now=NOW) == 8


# Files


def test_a_file_adds_changes_and_leaves_as_it_says(world) -> None:
    changed, _ = world.register(OWN, a_draft(contact="mail"), now=NOW)
    same, _ = world.register(OWN, a_draft(name="Same"), now=NOW)
    world.reader.texts.clear()

    report = world.take_in(
        OWN,
        a_file(
            {"id": None, "name": "New", "text": "New text"},
            {"id": changed.id, "name": "Changed"},
            {"id": same.id, "name": "Same"},
        ),
        now=LATER,
    )

    assert (report.added, report.changed, report.unchanged) == (1, 1, 1)
    assert report.ids[1:] == (changed.id, same.id)
    assert world.own.get(OWN, report.ids[0]).draft.description.text == "New text"
    assert world.own.get(OWN, changed.id).draft == replace(changed.draft, name="Changed")
    assert world.own.get(OWN, same.id) == same


def test_one_bad_row_keeps_all_out_unless_the_good_ones_are_asked_for(world) -> None:
    theirs, _ = world.register(ANOTHER, a_draft(), now=NOW)
    file = a_file(
        {"name": "Good", "text": "Good text"},
        {"name": "No stage", "text": "Text", "stage": "stage.none"},
        {"id": theirs.id, "name": "Theirs", "text": "Text"},
        {"name": "Marked", "text": "绝密"},
        {"name": "Empty", "text": ""},
        {"name": "Nowhere", "text": "Text", "exclude": ["nowhere"]},
    )

    with pytest.raises(ImportRefused) as refused:
        world.take_in(OWN, file, now=NOW)
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [
        (3, "stage"), (4, "id"), (5, "text"), (6, "text"), (7, "exclude"),
    ]  # fmt: skip
    assert world.own.all(OWN, now=NOW) == []

    report = world.take_in(OWN, file, now=NOW, keep_good=True)
    assert (report.added, report.faults) == (1, refused.value.faults)
    assert [record.draft.name for record in world.own.all(OWN, now=NOW)] == ["Good"]


def test_an_id_that_stands_twice_in_a_file_is_told(world) -> None:
    record, _ = world.register(OWN, a_draft(), now=NOW)

    with pytest.raises(ImportRefused) as refused:
        world.take_in(OWN, a_file({"id": record.id, "name": "a"}, {"id": record.id, "name": "b"}), now=NOW)

    assert [(fault.line, str(fault.reason)) for fault in refused.value.faults] == [
        (3, f"{record.id} stands already in line 2.")
    ]


def test_the_same_import_again_is_done_once(world) -> None:
    file, once = a_file({"name": "New", "text": "Text"}), Once("key", "hash")

    first = world.take_in(OWN, file, now=NOW, once=once)
    again = world.take_in(OWN, file, now=LATER, once=once)

    assert again == first
    assert len(world.own.all(OWN, now=NOW)) == 1


def test_a_startup_outlives_the_process(world, filled_url) -> None:
    record, _ = world.register(OWN, a_draft(), now=NOW)
    reopened = open_store(filled_url)

    with reopened.transactions() as uow:
        assert uow.startups.get(record.id, owner=OWNER.id) == record
    reopened.close()
