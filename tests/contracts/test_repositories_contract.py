"""What every unit of work promises."""

from dataclasses import replace
from datetime import date

import pytest

from data.seed import read_seed, seed_folder
from data.unit_of_work import open_store
from matcher.domain.carriers import CarrierFinance, Role, Status
from matcher.domain.entry_rules import RuleException
from matcher.domain.errors import CarrierNotFound, InvalidField, StoreNotReady
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.messages import Texts
from matcher.domain.registry import CarrierFilter, Place
from tests.factories import a_carrier, a_source, an_entry_rule

SEED = read_seed(seed_folder())
VOCABULARY = SEED.vocabulary
SHANGHAI = Place(id="上海", name=Texts("上海", "Shanghai", "Schanghai"), country="CN", province=None, delta=True)


def with_vocabulary(url) -> None:
    store = open_store(url)
    store.migrate()
    with store.transactions() as uow:
        uow.vocabulary.put(VOCABULARY)
        uow.commit()
    store.close()


@pytest.fixture
def transactions(database):
    """Opens units of work on a store that holds the vocabulary and nothing else."""
    store = open_store(database.copy("vocabulary", with_vocabulary))
    yield store.transactions
    store.close()


def keep(transactions, *carriers) -> None:
    with transactions() as uow:
        for carrier in carriers:
            uow.carriers.put(carrier)
        uow.commit()


def page(transactions, after=None, limit=100, **wanted):
    with transactions() as uow:
        return uow.carriers.page(CarrierFilter(**wanted), after=after, limit=limit)


def ids(carriers) -> list[str]:
    return [carrier.id for carrier in carriers]


# Transactions


def test_what_is_not_committed_is_undone(transactions) -> None:
    with transactions() as uow:
        uow.carriers.put(a_carrier(id=CarrierId("lost")))

    with transactions() as uow, pytest.raises(CarrierNotFound):
        uow.carriers.get(CarrierId("lost"))


def test_an_error_inside_the_block_undoes_everything(transactions) -> None:
    def break_off() -> None:
        with transactions() as uow:
            uow.carriers.put(a_carrier())
            uow.places.put(SHANGHAI)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()

    with transactions() as uow:
        assert uow.carriers.all() == []
        assert uow.places.all() == []


def test_one_block_may_commit_more_than_once(transactions) -> None:
    first, second = a_carrier(), a_carrier()
    with transactions() as uow:
        uow.carriers.put(first)
        uow.commit()
        uow.carriers.put(second)
        uow.commit()

    with transactions() as uow:
        assert {carrier.id for carrier in uow.carriers.all()} == {first.id, second.id}


def test_what_was_put_is_seen_before_the_commit(transactions) -> None:
    carrier = a_carrier()
    with transactions() as uow:
        uow.carriers.put(carrier)

        assert uow.carriers.get(carrier.id) == carrier


# Carriers


def test_a_carrier_comes_back_as_it_was_put(transactions) -> None:
    full = a_carrier(
        id=CarrierId("full"),
        role=Role.PARTNER,
        specialised=False,
        level=TermId("level.national"),
        status=Status.PLANNED,
        district="高新区",
        landing_in="太仓",
        operator="运营公司",
        area_m2=1234.5,
        founded=2012,
        industries=(TermId("materials"), TermId("biomed")),
        subfields=(TermId("biomed.devices"), TermId("materials.cmc")),
        service_items=(TermId("consult.policy"),),
        capabilities=(TermId("platform.pilot"), TermId("cap.cmm")),
        site=(TermId("req.power"),),
        finance=(CarrierFinance(product=None, name="基金", note="2024"), CarrierFinance(product=None, name="A")),
        tenants=("乙", "甲"),
        description=Texts("描述", "what it is", "was es ist"),
        evidence={"kind": "name", "status": "stated; a doubt"},
        sources=(a_source(date=None, url="https://example.org/a"), a_source(title=None)),
    )
    bare = a_carrier(id=CarrierId("bare"), kind=None, city=None, country=None, industries=(), subfields=())
    bare = replace(bare, services=(), anchors=(), evidence={}, status_as_of=None)

    keep(transactions, full, bare)

    with transactions() as uow:
        assert uow.carriers.get(full.id) == full
        assert uow.carriers.get(bare.id) == bare


def test_carriers_come_in_the_order_of_their_ids(transactions) -> None:
    keep(transactions, *(a_carrier(id=CarrierId(name)) for name in ("c", "a", "b10", "b2")))

    with transactions() as uow:
        assert ids(uow.carriers.all()) == ["a", "b10", "b2", "c"]


def test_an_unknown_id_is_carrier_not_found(transactions) -> None:
    with transactions() as uow, pytest.raises(CarrierNotFound, match="nobody"):
        uow.carriers.get(CarrierId("nobody"))


def test_a_put_says_whether_anything_changed(transactions) -> None:
    carrier = a_carrier()
    keep(transactions, carrier)

    with transactions() as uow:
        assert uow.carriers.put(carrier) is False
        assert uow.carriers.put(replace(carrier, area_m2=10.0)) is True
        assert uow.carriers.put(replace(carrier, area_m2=10.0)) is False


def test_a_replaced_carrier_keeps_nothing_of_the_old_one(transactions) -> None:
    old = a_carrier(tenants=("甲",), evidence={"kind": "name", "level": "stated"}, sources=(a_source(), a_source()))
    new = replace(
        old, services=(TermId("service.market"), TermId("service.site")), evidence={"kind": "stated"}, tenants=()
    )
    new = replace(new, sources=old.sources[::-1], subfields=())
    keep(transactions, old)

    keep(transactions, new)

    with transactions() as uow:
        assert uow.carriers.get(old.id) == new


def test_a_corrected_source_is_corrected_for_all_who_name_it(transactions) -> None:
    source = a_source(title="tpyo")
    one, other = a_carrier(sources=(source,)), a_carrier(sources=(source,))
    keep(transactions, one, other)
    right = replace(source, title="typo")

    with transactions() as uow:
        assert uow.carriers.put(replace(one, sources=(right,))) is True
        uow.commit()

    with transactions() as uow:
        assert uow.carriers.get(other.id).sources == (right,)


def test_a_term_that_is_not_in_the_vocabulary_is_refused_by_name(transactions) -> None:
    with transactions() as uow:
        uow.carriers.put(a_carrier(id=CarrierId("odd"), services=(TermId("service.magic"),)))

        with pytest.raises(InvalidField, match=r"odd names service\.magic") as raised:
            uow.commit()

    assert raised.value.field == "term_id"
    with transactions() as uow:
        assert uow.carriers.all() == []


# Pages and filters


def test_pages_in_a_row_show_every_carrier_once(transactions) -> None:
    keep(transactions, *(a_carrier(id=CarrierId(f"c{n:02}")) for n in range(7)))

    shown, after, pages = [], None, 0
    while True:
        found = page(transactions, after=after, limit=3)
        shown += ids(found.carriers)
        pages += 1
        assert found.total == 7
        if found.next_after is None:
            break
        after = found.next_after

    assert shown == [f"c{n:02}" for n in range(7)]
    assert pages == 3


def test_a_page_that_is_exactly_full_is_the_last(transactions) -> None:
    keep(transactions, a_carrier(), a_carrier())

    assert page(transactions, limit=2).next_after is None


def test_a_carrier_added_between_two_pages_moves_no_other(transactions) -> None:
    keep(transactions, *(a_carrier(id=CarrierId(name)) for name in ("b", "d", "f")))
    first = page(transactions, limit=2)

    keep(transactions, a_carrier(id=CarrierId("a")), a_carrier(id=CarrierId("e")))

    assert ids(page(transactions, after=first.next_after).carriers) == ["e", "f"]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_page_without_room_is_refused(transactions, limit) -> None:
    with pytest.raises(InvalidField) as raised:
        page(transactions, limit=limit)

    assert raised.value.field == "limit"


@pytest.mark.parametrize(
    "wanted",
    [
        {"role": Role.PARTNER},
        {"city": "北京"},
        {"district": "相城"},
        {"industry": TermId("materials")},
        {"subfield": TermId("materials.cmc")},
        {"kind": TermId("kind.accelerator")},
        {"level": TermId("level.national")},
        {"status": Status.PLANNED},
        {"service": TermId("service.market")},
        {"capability": TermId("cap.cmm")},
        {"name": "相城加速"},
        {"name": "xiangcheng"},
        {"name": "BESCHLEUNIGER ÖST"},
        {"role": Role.PARTNER, "city": "北京", "service": TermId("service.market")},
    ],
    ids=str,
)
def test_a_filter_finds_those_that_have_it(transactions, wanted) -> None:
    special = a_carrier(
        id=CarrierId("special"),
        name=Texts("相城加速器", "Xiangcheng Accelerator", "Beschleuniger östliches Xiangcheng"),
        role=Role.PARTNER,
        city="北京",
        district="苏州相城区",
        industries=(TermId("materials"),),
        subfields=(TermId("materials.cmc"),),
        kind=TermId("kind.accelerator"),
        level=TermId("level.national"),
        status=Status.PLANNED,
        services=(TermId("service.market"),),
        capabilities=(TermId("cap.cmm"),),
    )
    unknown = a_carrier(kind=None, city=None, district=None, industries=(), subfields=(), services=())
    keep(transactions, special, a_carrier(), unknown)

    found = page(transactions, **wanted)

    assert ids(found.carriers) == ["special"]
    assert found.total == 1


@pytest.mark.parametrize("wanted", [{"name": "%"}, {"name": "_"}, {"district": "%"}, {"city": "太%"}])
def test_no_character_of_a_filter_is_a_wildcard(transactions, wanted) -> None:
    keep(transactions, a_carrier(district="高新区"))

    assert page(transactions, **wanted).carriers == ()


def test_filters_hold_together(transactions) -> None:
    keep(transactions, a_carrier(city="北京"), a_carrier(services=(TermId("service.market"),)))

    assert page(transactions, city="北京", service=TermId("service.market")).total == 0


# Rules, products, places, vocabulary


def test_a_rule_comes_back_as_it_was_put(transactions) -> None:
    carrier = a_carrier()
    own = an_entry_rule(
        carrier_id=carrier.id,
        carrier_kinds=(),
        op="any",
        value=("a", "b>1"),
        exceptions=(RuleException(fields=(TermId("biomed"),), value=60),),
        note="why",
        valid_from=date(2024, 1, 1),
        valid_to=date(2026, 12, 31),
        extra={"applies_to": ("x", {"y": 1})},
    )
    numbers = [an_entry_rule(value=value) for value in (24, 0.75, True, "text", (24, 60))]
    with transactions() as uow:
        uow.carriers.put(carrier)
        for rule in (own, *numbers):
            assert uow.entry_rules.put(rule) is True
            assert uow.entry_rules.put(rule) is False
        uow.commit()

    with transactions() as uow:
        assert uow.entry_rules.all() == sorted([own, *numbers], key=lambda rule: rule.id)
        assert [type(rule.value) for rule in uow.entry_rules.all() if rule in numbers] == [
            type(rule.value) for rule in sorted(numbers, key=lambda rule: rule.id)
        ]


@pytest.mark.parametrize(
    ("on", "holds"),
    [(date(2023, 12, 31), False), (date(2024, 1, 1), True), (date(2025, 6, 30), True), (date(2025, 7, 1), False)],
)
def test_rules_in_force_hold_on_that_day(transactions, on, holds) -> None:
    dated = an_entry_rule(valid_from=date(2024, 1, 1), valid_to=date(2025, 6, 30))
    always = an_entry_rule()
    with transactions() as uow:
        uow.entry_rules.put(dated)
        uow.entry_rules.put(always)

        assert uow.entry_rules.in_force(on) == sorted([always] + [dated] * holds, key=lambda rule: rule.id)


def test_products_and_places_come_back_as_they_were_put(transactions) -> None:
    with transactions() as uow:
        for product in SEED.finance:
            assert uow.finance.put(product) is True
            assert uow.finance.put(product) is False
        assert uow.places.put(SHANGHAI) is True
        assert uow.places.put(SHANGHAI) is False
        uow.commit()

    with transactions() as uow:
        assert uow.finance.all() == list(SEED.finance)
        assert uow.places.all() == [SHANGHAI]


def test_the_vocabulary_comes_back_as_it_was_put(transactions) -> None:
    with transactions() as uow:
        assert uow.vocabulary.load() == VOCABULARY
        assert uow.vocabulary.put(VOCABULARY) is False


def test_a_new_vocabulary_replaces_the_old_one_while_carriers_use_it(transactions) -> None:
    keep(transactions, a_carrier())
    newer = replace(VOCABULARY, version="2027-01", terms=VOCABULARY.terms[::-1])

    with transactions() as uow:
        assert uow.vocabulary.put(newer) is True
        uow.commit()

    with transactions() as uow:
        assert uow.vocabulary.load() == newer


def test_a_vocabulary_without_a_term_in_use_is_refused(transactions) -> None:
    keep(transactions, a_carrier(id=CarrierId("user")))
    without = tuple(term for term in VOCABULARY.terms if term.id != "service.site" and term.parent != "service.site")

    with transactions() as uow:
        uow.vocabulary.put(replace(VOCABULARY, terms=without))
        with pytest.raises(InvalidField, match=r"user names service\.site"):
            uow.commit()

    with transactions() as uow:
        assert uow.vocabulary.load() == VOCABULARY


# Registry


def test_the_registry_is_what_was_put(transactions) -> None:
    with transactions() as uow:
        for repository, things in (
            (uow.places, SEED.places),
            (uow.carriers, reversed(SEED.carriers)),
            (uow.entry_rules, SEED.entry_rules),
            (uow.finance, SEED.finance),
        ):
            for thing in things:
                repository.put(thing)
        uow.commit()

    with transactions() as uow:
        registry = uow.registry()
        assert registry.version == uow.registry_version()
    assert registry.taxonomy == VOCABULARY
    assert registry.carriers == SEED.carriers
    assert registry.entry_rules == tuple(sorted(SEED.entry_rules, key=lambda rule: rule.id))
    assert registry.finance == SEED.finance
    assert registry.places == {place.id: place for place in SEED.places}


def version(transactions):
    with transactions() as uow:
        return uow.registry_version()


def test_the_version_depends_on_the_content_and_not_on_its_history(transactions) -> None:
    one, other = a_carrier(), a_carrier()
    keep(transactions, one, other)
    before = version(transactions)

    keep(transactions, replace(one, area_m2=1.0))
    changed = version(transactions)
    keep(transactions, one)

    assert changed != before
    assert version(transactions) == before


def test_the_version_does_not_depend_on_the_order_of_loading(database) -> None:
    one, other = a_carrier(), a_carrier()
    versions = set()
    for carriers in ((one, other), (other, one)):
        store = open_store(database.copy("vocabulary", with_vocabulary))
        keep(store.transactions, *carriers)
        versions.add(version(store.transactions).version)
        store.close()

    assert len(versions) == 1


def test_the_registry_is_as_of_its_newest_fact(transactions) -> None:
    keep(transactions, a_carrier(status_as_of="2031-01-05", sources=(a_source(date="2030"),)))

    assert version(transactions).as_of == "2031-01-05"


def test_a_source_that_nobody_names_any_more_dates_nothing(transactions) -> None:
    carrier = a_carrier(sources=(a_source(date="2039-01"),))
    keep(transactions, carrier)

    keep(transactions, replace(carrier, sources=(a_source(date="2020"),)))

    assert version(transactions).as_of < "2039"


def test_an_empty_store_is_not_ready(database) -> None:
    store = open_store(database.empty())
    store.migrate()

    with store.transactions() as uow:
        for ask in (uow.registry_version, uow.registry, uow.vocabulary.load):
            with pytest.raises(StoreNotReady):
                ask()
    store.close()
