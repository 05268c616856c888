"""A kept startup's list is that of the run in force until something moves it, and the answer says which it is."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from api.schemas.answer_models import AnswerOut
from matcher.domain.accounts import Account, Role
from matcher.domain.run_records import RunId, RunWish
from tests.security.estate import Estate, an_estate

pytest.importorskip("pyarrow")

TEXTS = (
    "我们研发心脏介入用的一次性导管，已完成动物实验，2026年1月注册公司，需要洁净车间、检验检测服务和天使投资。",
    "We build vision-guided robots that deburr cast parts; the firm is a year old and needs workshop space.",
)
K = 6


@pytest.fixture
def estate(filled_store: Path, tmp_path: Path) -> Iterator[Estate]:
    with an_estate(Path(copytree(filled_store, tmp_path / "var"))) as estate:
        yield estate


@pytest.fixture
def owner(estate: Estate) -> Account:
    return estate.account(Role.STARTUP)


@pytest.fixture
def startups(estate: Estate, owner: Account) -> list[str]:
    return [estate.startup(owner, text=text)["id"] for text in TEXTS]


@pytest.fixture
def run(estate: Estate, startups: list[str]) -> RunId:
    return estate.services.batch.recorded()(RunWish(k=K))[0].id


def answer(estate: Estate, owner: Account, startup: str, **query: object) -> dict:
    told = estate.ask("GET", f"/v1/startups/{startup}/recommendations", estate.key(owner), params=query)
    assert told.status_code == 200, told.text
    assert AnswerOut.model_validate(told.json()).model_dump() == told.json()
    return told.json()


def served(told: dict) -> tuple[str, str | None]:
    return told["served_from"], told["run_id"]


def places(told: dict) -> list[tuple[str, float]]:
    return [(match["carrier"]["id"], match["score"]) for match in told["matches"]]


def test_the_list_is_that_of_the_run_in_force_place_for_place(estate, owner, startups, run) -> None:
    for startup in startups:
        told = answer(estate, owner, startup, k=K)

        with estate.services.registry.transactions() as uow:
            kept = uow.runs.list_of(run, startup)
        assert served(told) == ("run", run)
        assert places(told) == [(place.carrier, place.score) for place in kept.places]
        assert len(kept.places) == K
    assert served(answer(estate, owner, startups[0], k=2)) == ("run", run)


@pytest.mark.parametrize("query", [{"k": K + 1}, {"scope": "all"}, {"order": "neutral"}])
def test_what_the_run_does_not_have_is_live(estate, owner, startups, run, query) -> None:
    assert served(answer(estate, owner, startups[0], **query)) == ("live", None)


def test_without_a_run_in_force_every_list_is_live(estate, owner, startups) -> None:
    assert served(answer(estate, owner, startups[0])) == ("live", None)


def test_a_changed_startup_is_live_and_the_other_is_not(estate, owner, startups, run) -> None:
    changes = {"text": TEXTS[1]}
    headers = estate.key(owner) | {"If-Match": "*"}
    assert estate.ask("PATCH", f"/v1/startups/{startups[0]}", headers, json=changes).status_code == 200

    assert served(answer(estate, owner, startups[0], k=K)) == ("live", None)
    assert served(answer(estate, owner, startups[1], k=K)) == ("run", run)


def test_a_corrected_carrier_makes_the_lists_live_that_it_moves_until_the_next_run(
    estate, owner, startups, run
) -> None:
    first = answer(estate, owner, startups[0], k=K)["matches"][0]["carrier"]["id"]
    correction = {"changes": {"status": "planned"}, "source": "carrier itself", "date": "2026-11-01"}
    headers = estate.key(estate.account(Role.ADMIN)) | {"If-Match": "*"}
    assert estate.ask("PATCH", f"/v1/carriers/{first}", headers, json=correction).status_code == 200

    live = answer(estate, owner, startups[0], k=K)
    again = estate.services.batch.recorded()(RunWish(k=K))[0].id
    after = answer(estate, owner, startups[0], k=K)

    assert (served(live), served(after)) == (("live", None), ("run", again))
    assert places(live) == places(after)
    estate.services.batch.read.roll_back()
    assert served(answer(estate, owner, startups[0], k=K)) == ("live", None)
