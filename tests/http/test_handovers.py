"""Hand-overs over HTTP, from a run of the real application: for the startup, and for its carrier by consent."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from babel.dates import format_date

from api.schemas.handovers import CarrierHandoversOut, OwnHandoversOut
from matcher.domain.accounts import Account, Role
from matcher.domain.run_records import RunWish
from matcher.domain.startups import Scope
from tests.security.estate import Estate, an_estate

pytest.importorskip("pyarrow")

INCUBATOR = "kind.incubator"
LATER = ("kind.accelerator", "kind.industrial_park")


@pytest.fixture(scope="module")
def estate(filled_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    with an_estate(Path(copytree(filled_store, tmp_path_factory.mktemp("handovers") / "var"))) as estate:
        yield estate


@pytest.fixture(scope="module")
def carrier(estate: Estate) -> str:
    carriers = estate.services.registry.snapshot().carriers
    return next(str(one.id) for one in carriers if one.kind == INCUBATOR)


@pytest.fixture(scope="module")
def owner(estate: Estate) -> Account:
    return estate.account(Role.STARTUP)


@pytest.fixture(scope="module")
def startup(estate: Estate, owner: Account, carrier: str) -> str:
    """That says when its stay ends, before a run."""
    startup = estate.startup(owner)["id"]
    stay = {"began_on": None, "ends_on": (date.today() + timedelta(days=30)).isoformat()}
    told = estate.ask("PUT", f"/v1/startups/{startup}/stays/{carrier}", estate.key(owner), json=stay)
    assert told.status_code == 200, told.text
    assert told.json()["ends_on"] == stay["ends_on"]
    estate.services.batch.recorded()(RunWish(scope=Scope.ALL))
    return startup


def own(estate: Estate, owner: Account, startup: str, lang: str = "en") -> dict:
    told = estate.ask("GET", f"/v1/startups/{startup}/handovers?lang={lang}", estate.key(owner)).json()
    assert OwnHandoversOut.model_validate(told).model_dump() == told
    return told


def seen(estate: Estate, carrier: str) -> list[dict]:
    staff = estate.key(estate.account(Role.STAFF, carrier))
    told = estate.ask("GET", f"/v1/carriers/{carrier}/handovers", staff).json()
    assert CarrierHandoversOut.model_validate(told).model_dump() == told
    return told["handovers"]


def test_the_startup_reads_why_it_is_to_move_on_and_where_to(estate, owner, startup, carrier) -> None:
    told = own(estate, owner, startup)

    [handover] = told["handovers"]
    ends_on = told["stays"][0]["ends_on"]
    assert handover["carrier"]["id"] == carrier
    assert (handover["end"]["on"], handover["end"]["stated_by"], handover["end"]["rule"]) == (ends_on, "startup", None)
    on = format_date(date.fromisoformat(ends_on), "long", locale="en")
    assert [ground["sentence"] for ground in handover["grounds"]] == [f"The stay ends on {on}, as the startup says."]
    assert [place["rank"] for place in handover["next"]] == [1, 2, 3, 4, 5]
    assert {place["step"] for place in handover["next"]} <= set(LATER)
    assert told["run"]["id"] == estate.services.batch.read.served().id
    assert "Angabe des Start-ups" in own(estate, owner, startup, "de")["handovers"][0]["grounds"][0]["sentence"]


def test_its_carrier_sees_it_while_the_consent_is_in_force(estate, owner, startup, carrier) -> None:
    assert seen(estate, carrier) == []
    consents = f"/v1/startups/{startup}/consents"
    estate.ask("POST", consents, estate.key(owner), json={"carrier_id": carrier})

    [shown] = seen(estate, carrier)

    assert (shown["startup"].startswith("Catheter"), shown["carrier"]["id"]) == (True, carrier)
    assert [place["carrier"]["id"] for place in shown["next"]] == [
        place["carrier"]["id"] for place in own(estate, owner, startup)["handovers"][0]["next"]
    ]
    audit = estate.ask("GET", f"/v1/startups/{startup}/audit", estate.key(owner)).json()["entries"]
    assert "name.listed" in {entry["event"] for entry in audit}
    estate.ask("DELETE", f"{consents}/{carrier}", estate.key(owner))
    assert seen(estate, carrier) == []


def test_a_stay_is_taken_back_and_an_impossible_one_refused_by_field(estate, owner, carrier) -> None:
    address = f"/v1/startups/{estate.startup(owner)['id']}/stays/{carrier}"
    key = estate.key(owner)

    wrong = estate.ask("PUT", address, key, json={"began_on": "2026-02-01", "ends_on": "2026-01-01"})
    assert (wrong.status_code, wrong.json()["type"]) == (422, "/problems/invalid-field")
    assert estate.ask("PUT", address, key, json={"ends_on": "soon"}).json()["errors"][0]["field"] == "ends_on"
    assert [estate.ask("DELETE", address, key).status_code for _ in range(2)] == [204, 204]


def test_stays_and_hand_overs_are_part_of_what_an_account_takes_along(estate, owner, startup) -> None:
    told = estate.ask("GET", "/v1/me/export", estate.page(owner))

    assert told.status_code == 200
    assert startup.encode() in told.content
