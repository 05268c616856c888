"""For each endpoint a request that succeeds when somebody sends it who may."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from matcher.domain.accounts import Account, Role
from matcher.domain.run_records import RunId, RunRecord, RunState, RunWish
from tests.accounts import PASSWORD
from tests.security.estate import CARRIER, MARKED, Estate

ANY_VERSION = {"If-Match": "*"}
JSONL = {"Content-Type": "application/jsonl"}
STEP = {"json": {"status": "contacted"}, "headers": ANY_VERSION}
CORRECTION = {"changes": {"places_left": 3}, "source": "carrier itself", "date": "2026-11-01"}


@dataclass
class Scene:
    """Whose things a request is about; each is made when a path or a body names it."""

    estate: Estate
    owner: Account  # of what belongs to an account
    carrier: str = CARRIER  # of what belongs to a carrier
    known: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        if name not in self.known:
            self.known[name] = MAKERS[name](self)
        return self.known[name]

    @property
    def founder(self) -> Account:
        """Whose startup it is."""
        return self.owner if self.owner.role is Role.STARTUP else self.estate.account(Role.STARTUP)


MAKERS: Mapping[str, Callable[[Scene], str]] = {
    "startup_id": lambda scene: str(scene.estate.startup(scene.founder)["id"]),
    "carrier_id": lambda scene: scene.carrier,
    "key_id": lambda scene: str(scene.estate.issue(scene.owner).key.id),
    "account_id": lambda scene: str(scene.estate.account(Role.STARTUP).id),
    "form": lambda _: "jsonl",
    "chart": lambda _: "fields",
    "job_id": lambda scene: a_finished_run(scene),
    "lead_id": lambda scene: scene.estate.lead(scene["startup_id"], scene.carrier),
}
PLAIN = frozenset({"form", "chart"})  # names no record
WRITES = ("POST", "PUT", "PATCH")
ABSENT = dict.fromkeys(MAKERS, "0" * 32) | {"form": "jsonl", "chart": "fields"}

Ask = dict[str, Any]

# What goes with the address; one that only reads, or takes away, needs no more than that.
ASKS: Mapping[str, Callable[[Scene], Ask]] = {
    "POST /v1/recommendations": lambda _: {"json": {"text": MARKED, "k": 1}},
    "POST /v1/feedback": lambda scene: {"json": a_click(scene)},
    "DELETE /v1/me": lambda scene: {"json": {"password": PASSWORD, "confirm": scene.owner.login}},
    "POST /v1/startups/imports": lambda _: {"content": b'{"name": "A", "text": "B"}', "headers": JSONL},
    "POST /v1/startups": lambda _: {"json": {"name": "A", "text": "We make valves."}},
    "PATCH /v1/startups/{startup_id}": lambda _: {"json": {"name": "B"}, "headers": ANY_VERSION},
    "POST /v1/startups/{startup_id}/consents": lambda _: {"json": {"carrier_id": CARRIER}},
    "DELETE /v1/startups/{startup_id}/consents/{carrier_id}": lambda scene: after(consented, scene),
    "DELETE /v1/startups/{startup_id}/requests/{carrier_id}": lambda scene: after(asked, scene),
    "PUT /v1/startups/{startup_id}/stays/{carrier_id}": lambda _: {"json": {"ends_on": "2027-03-31"}},
    "GET /v1/carriers/{carrier_id}/leads/{lead_id}": lambda scene: after(listed, scene),
    "POST /v1/carriers/{carrier_id}/leads/{lead_id}/steps": lambda _: STEP,
    "PATCH /v1/carriers/{carrier_id}/leads/{lead_id}": lambda _: {"json": {"due": None}, "headers": ANY_VERSION},
    "POST /v1/carriers/imports": lambda scene: {"content": a_carrier(scene), "headers": JSONL},
    "PATCH /v1/carriers/{carrier_id}": lambda _: {"json": CORRECTION, "headers": ANY_VERSION},
    "POST /v1/jobs": lambda scene: {"json": {}, **no_other_run(scene)},
    "POST /v1/session": lambda scene: {"json": {"login": scene.owner.login, "password": PASSWORD}},
    "POST /v1/account/password": lambda _: {"json": {"current": PASSWORD, "new": "another good password"}},
    "POST /v1/keys": lambda _: {"json": {"name": "A"}},
    "POST /v1/accounts": lambda scene: {"json": {"login": f"new.{scene.owner.login}", "role": "office"}},
    "PATCH /v1/accounts/{account_id}": lambda _: {"json": {"disabled": True}, "headers": ANY_VERSION},
    "POST /v1/accounts/{account_id}/password": lambda _: {"json": {}},
}


def after(happens: Callable[[Scene], None], scene: Scene) -> Ask:
    """A request that says nothing more, once this has happened."""
    happens(scene)
    return {}


def consented(scene: Scene) -> None:
    address = f"/v1/startups/{scene['startup_id']}/consents"
    scene.estate.ask("POST", address, scene.estate.key(scene.founder), json={"carrier_id": scene["carrier_id"]})


def asked(scene: Scene) -> None:
    if scene["startup_id"] == ABSENT["startup_id"]:
        return
    lead_id = scene.estate.lead(scene["startup_id"], scene.carrier)
    staff = scene.estate.key(scene.estate.account(Role.STAFF, scene.carrier))
    scene.estate.ask(
        "POST", f"/v1/carriers/{scene.carrier}/leads/{lead_id}/steps", {**staff, **ANY_VERSION}, json=STEP["json"]
    )


def listed(scene: Scene) -> None:
    """A new startup is in the lists within a second."""
    if scene["lead_id"] != ABSENT["lead_id"]:
        scene.estate.wait_for(scene["startup_id"])


def a_finished_run(scene: Scene) -> str:
    run = RunRecord(
        id=RunId(token_hex(6)),
        wish=RunWish(),
        state=RunState.DONE,
        program="0",
        asked_by=None,
        asked_at=datetime.now(UTC),
    )
    with scene.estate.services.registry.transactions() as uow:
        uow.runs.add(run)
        uow.commit()
    return run.id


def no_other_run(scene: Scene) -> Ask:
    """Nothing more to send, once no run goes on that another request has started."""
    batch = scene.estate.services.batch
    while going_on := [run for run in batch.read.latest(9) if run.is_unfinished]:
        batch.read.cancel(going_on[0].id)
        time.sleep(0.02)
    return {}


def a_click(scene: Scene) -> dict[str, str]:
    """On the first place of a list that nobody in particular was shown."""
    shown = scene.estate.ask("POST", "/v1/recommendations", json={"text": MARKED, "k": 1}).json()
    return {"request_id": shown["request_id"], "carrier_id": shown["matches"][0]["carrier"]["id"], "kind": "click"}


def a_carrier(scene: Scene) -> bytes:
    """One line of the registry, as it is handed out."""
    return bytes(scene.estate.ask("GET", "/v1/carriers/export.jsonl").content.splitlines()[0])


def parts_of(endpoint: str) -> tuple[str, str]:
    method, _, template = endpoint.partition(" ")
    return method, template


def names_in(endpoint: str) -> list[str]:
    """What its path names, in order."""
    return [part.partition("}")[0] for part in endpoint.split("{")[1:]]


def send(scene: Scene, endpoint: str, headers: Mapping[str, str]) -> Any:
    """The request with what belongs to it, as somebody sends it who has these headers."""
    method, template = parts_of(endpoint)
    wanted = dict(ASKS[endpoint](scene)) if endpoint in ASKS else {}
    every = {**wanted.pop("headers", {}), **headers}
    return scene.estate.ask(method, template.format_map(scene), every, **wanted)
