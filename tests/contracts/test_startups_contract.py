"""What every store promises of startups, of the history of carriers, and of keys of writes."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from data.seed import read_seed, seed_folder
from data.unit_of_work import open_store
from matcher.domain.accounts import Account, AccountId, Role
from matcher.domain.corrections import Correction
from matcher.domain.errors import InvalidField, KeyReused, StartupNotFound
from matcher.domain.facts import Grade
from matcher.domain.ids import CarrierId, StartupId, TermId
from matcher.domain.messages import Language
from matcher.domain.startup_records import ReadStartup, StartupChanges, StartupFilter, content_hash
from matcher.domain.startups import Description, Stated
from tests.factories import NOW, a_draft, a_finding, a_read_profile, a_source, a_startup

VOCABULARY = read_seed(seed_folder()).vocabulary
OWNER, OTHER = AccountId("owner"), AccountId("other")


def with_accounts(url) -> None:
    store = open_store(url)
    store.migrate()
    with store.transactions() as uow:
        for number, owner in enumerate((OWNER, OTHER)):
            uow.accounts.add(Account(id=owner, login=f"login{number}", role=Role.STARTUP, created_at=NOW), "hash")
        uow.commit()
    store.close()


@pytest.fixture
def transactions(database):
    """Opens units of work on a store that holds two accounts and nothing else."""
    store = open_store(database.copy("two accounts", with_accounts))
    yield store.transactions
    store.close()


def read_of(record, **changes) -> ReadStartup:
    profile = a_read_profile(VOCABULARY, {"biomed.devices": 0.1 + 0.2}, stage="stage.seed", stated=record.stated)
    return replace(
        ReadStartup(
            startup_id=record.id,
            content_hash=content_hash(record.draft.description),
            reader_id="reader@1",
            read_in="2026-11",
            profile=profile,
        ),
        **changes,
    )


def keep(transactions, *records) -> None:
    with transactions() as uow:
        for record in records:
            uow.startups.put(record, read_of(record))
        uow.commit()


def page(transactions, after=None, limit=100, **wanted):
    with transactions() as uow:
        return uow.startups.page(OWNER, StartupFilter(**wanted), after=after, limit=limit)


def ids(startups) -> list[str]:
    return [one.id for one in startups]


def changed_since(uow, change: int) -> dict[str, bool]:
    return {one.id: one.listed is not None for block in uow.startups.changed_since(change) for one in block}


def assert_same(found, wanted) -> None:
    """Field by field: arrays compare element by element."""
    for name in wanted.__dataclass_fields__:
        np.testing.assert_equal(getattr(found, name), getattr(wanted, name), err_msg=name)


# Records


def test_a_startup_comes_back_as_it_was_put(transactions) -> None:
    stated = Stated(
        industry=TermId("biomed"), subfields=(), services=(TermId("service.site"),), registered=False,
        company_age_months=0, districts=("高新区",), exclude=frozenset({CarrierId("cn002"), CarrierId("cn001")}),
    )  # fmt: skip
    draft = a_draft(
        contact="mail",
        description=Description(text="Text\nline 😀", stated=stated),
        discoverable=False,
        train_consent=True,
    )
    record = a_startup(draft=draft, language=Language.MIXED, version=3, withdrawn_at=NOW + timedelta(microseconds=1))
    keep(transactions, record)

    with transactions() as uow:
        assert uow.startups.get(record.id, owner=OWNER) == record


def test_what_was_read_comes_back_to_the_last_bit(transactions) -> None:
    record = a_startup()
    read = read_of(record)
    read = replace(
        read,
        profile=replace(
            read.profile,
            stage_probabilities=np.full(5, np.nan),
            embedding=np.random.default_rng(1).standard_normal(384).astype(np.float32),
            services=(a_finding("service.site", stated=True),),
            fact_evidence={"equity_cny": read.profile.subfields[0].evidence},
            registered=None,
        ),
    )
    with transactions() as uow:
        uow.startups.put(record, read)
        uow.commit()

    with transactions() as uow:
        found = uow.startups.read(record.id)

    assert_same(found.profile, read.profile)
    assert replace(found, profile=read.profile) == read


def test_anothers_startup_and_none_are_the_same_answer(transactions) -> None:
    record = a_startup(owner=OTHER)
    keep(transactions, record)

    with transactions() as uow:
        with pytest.raises(StartupNotFound) as anothers:
            uow.startups.get(record.id, owner=OWNER)
        with pytest.raises(StartupNotFound) as none:
            uow.startups.get(StartupId("none"), owner=OWNER)
        assert uow.startups.of(OWNER) == []

    assert str(anothers.value).replace(record.id, "") == str(none.value).replace("none", "")


def test_an_erased_startup_leaves_nothing(transactions) -> None:
    record = a_startup()
    keep(transactions, record)

    with transactions() as uow:
        uow.startups.erase(record.id)
        uow.commit()

    with transactions() as uow:
        assert uow.startups.read(record.id) is None
        assert uow.startups.of(OWNER) == []


# Pages


def test_pages_follow_each_other_and_hold_every_startup_once(transactions) -> None:
    keep(transactions, *(a_startup(id=StartupId(f"s{number}")) for number in (3, 1, 2)), a_startup(owner=OTHER))

    first = page(transactions, limit=2)
    second = page(transactions, limit=2, after=first.next_after)

    assert (ids(first.startups), ids(second.startups)) == (["s1", "s2"], ["s3"])
    assert (first.total, second.total, second.next_after) == (3, 3, None)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"language": Language.DE}, ["german"]),
        ({"withdrawn": True}, ["gone"]),
        ({"withdrawn": False}, ["german", "new"]),
        ({"updated_since": NOW + timedelta(hours=1)}, ["new"]),
        ({"name": "STRASSE"}, ["new"]),
        ({"name": "100%"}, []),
        ({"withdrawn": False, "language": Language.EN}, ["new"]),
    ],
)
def test_filters_are_joined_by_and(transactions, wanted, found) -> None:
    keep(
        transactions,
        a_startup(id=StartupId("german"), language=Language.DE),
        a_startup(id=StartupId("new"), updated_at=NOW + timedelta(hours=1), draft=a_draft(name="Neue Straße 100")),
        a_startup(id=StartupId("gone"), withdrawn_at=NOW),
    )

    assert ids(page(transactions, **wanted).startups) == found


def test_a_page_of_nothing_is_refused(transactions) -> None:
    with pytest.raises(InvalidField):
        page(transactions, limit=0)


# Changes


def test_every_change_counts_and_is_found_from_there_on(transactions) -> None:
    one, two = a_startup(id=StartupId("one")), a_startup(id=StartupId("two"))
    with transactions() as uow:
        assert uow.startups.changes() == StartupChanges()
    keep(transactions, one, two)
    with transactions() as uow:
        before = uow.startups.changes()
        assert changed_since(uow, 0) == {"one": True, "two": True}
        assert changed_since(uow, before.last) == {}

    keep(transactions, one.withdrawn(NOW))

    with transactions() as uow:
        assert uow.startups.changes().last == before.last + 1
        assert changed_since(uow, before.last) == {"one": False}


def test_an_erasure_is_told_apart_from_a_change(transactions) -> None:
    record = a_startup()
    keep(transactions, record)
    with transactions() as uow:
        uow.startups.erase(record.id)
        uow.commit()

    with transactions() as uow:
        assert uow.startups.changes() == StartupChanges(last=2, erased=2)
        assert changed_since(uow, 0) == {}


def test_what_is_listed_holds_neither_name_nor_text(transactions) -> None:
    draft = a_draft(name="Secretive", contact="mail@example.org", description=Description(text="A unique sentence."))
    keep(transactions, a_startup(draft=draft))

    with transactions() as uow:
        listed = next(iter(uow.startups.changed_since(0)))[0].listed

    assert not any(word in repr(listed) for word in ("Secretive", "mail@", "unique"))


def test_texts_that_another_reader_or_month_read_are_found_and_read_anew(transactions) -> None:
    new, old, past = (a_startup(id=StartupId(name)) for name in ("new", "old", "past"))
    with transactions() as uow:
        uow.startups.put(new, read_of(new))
        uow.startups.put(old, read_of(old, reader_id="reader@0"))
        uow.startups.put(past, read_of(past, read_in="2026-10"))
        uow.commit()
    with transactions() as uow:
        assert ids(uow.startups.to_reread("reader@1", "2026-11", after=None, limit=5)) == ["old", "past"]
        assert ids(uow.startups.to_reread("reader@1", "2026-11", after=StartupId("old"), limit=5)) == ["past"]
        before = uow.startups.changes().last
        uow.startups.reread(read_of(old))
        uow.commit()

    with transactions() as uow:
        assert ids(uow.startups.to_reread("reader@1", "2026-11", after=None, limit=5)) == ["past"]
        assert changed_since(uow, before) == {"old": True}
        assert uow.startups.get(old.id, owner=OWNER) == old


def test_startups_leave_the_version_of_the_registry_alone(transactions) -> None:
    with transactions() as uow:
        uow.vocabulary.put(VOCABULARY)
        uow.commit()
        before = uow.registry_version()

    keep(transactions, a_startup())

    with transactions() as uow:
        assert uow.registry_version() == before


# History


def test_the_history_of_a_carrier_comes_back_latest_first(transactions) -> None:
    carrier = CarrierId("cn001")
    source = a_source(publisher=None, grade=Grade.OFFICIAL, url="https://example.org")
    entries = [
        Correction(carrier=carrier, field="services", old=old, new=new, source=source, made_by=by, made_at=NOW)
        for old, new, by in (([], ["service.site"], OWNER), (["service.site"], None, None))
    ]
    with transactions() as uow:
        uow.history.add(entries)
        uow.history.add([replace(entries[0], carrier=CarrierId("another"))])
        uow.commit()

    with transactions() as uow:
        found = uow.history.of(carrier)

    assert [replace(one, source=source) for one in found] == entries[::-1]
    assert {(one.source.title, one.source.url, one.source.date) for one in found} == {
        (source.title, source.url, source.date)
    }


# Keys of writes


def test_a_key_gives_what_its_write_gave_and_refuses_another(transactions) -> None:
    with transactions() as uow:
        assert uow.keys.known(OWNER, "key", "hash") is None
        uow.keys.keep(OWNER, "key", "hash", {"id": "s1"}, now=NOW)
        uow.commit()

    with transactions() as uow:
        assert uow.keys.known(OWNER, "key", "hash") == {"id": "s1"}
        assert uow.keys.known(OTHER, "key", "hash") is None
        with pytest.raises(KeyReused):
            uow.keys.known(OWNER, "key", "another hash")


def test_a_key_is_forgotten_after_a_day(transactions) -> None:
    with transactions() as uow:
        uow.keys.keep(OWNER, "key", "hash", {}, now=NOW)
        uow.keys.keep(OWNER, "later", "hash", {}, now=NOW + timedelta(days=1, seconds=1))
        uow.commit()

    with transactions() as uow:
        assert uow.keys.known(OWNER, "key", "hash") is None
