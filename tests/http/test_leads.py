"""Leads over HTTP: what a carrier's staff sees before and after a consent, and how it moves a lead."""

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.lead_services import build_leads
from api.record_services import build_startups
from matcher.domain.accounts import Role
from models.rankers import load_prior
from tests.http.callers import a_startup_of, key_of
from tests.steady_reader import SteadyReader

CARRIER, RIVAL = "cn001", "cn002"
LEADS = f"/v1/carriers/{CARRIER}/leads"
WHO = {"name": "Zircalattice Ltd.", "contact": "ada@zirca.example"}
TEXT = "Our quenched zirconium lattice holds nine bar at forty kelvin; hafnium is drawn off beforehand."


@dataclass
class Scene:
    """One startup's owner, two carriers' staff, and a client for them all."""

    house: Any
    client: TestClient
    owner: dict[str, str]
    staff: dict[str, str]
    rival: dict[str, str]

    def startup(self, **changes: Any) -> str:
        return a_startup_of(self.client, self.owner, **{"text": TEXT, **WHO, **changes})["id"]

    def leads(self, carrier: str = CARRIER, **query: Any) -> list[dict[str, Any]]:
        answer = self.client.get(
            f"/v1/carriers/{carrier}/leads", params=query, headers=self.staff if carrier == CARRIER else self.rival
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["leads"]

    def lead(self) -> dict[str, Any]:
        """The only one there is."""
        [lead] = self.leads()
        return lead

    def one(self, lead_id: str):
        return self.client.get(f"{LEADS}/{lead_id}", headers=self.staff)

    def step(self, lead_id: str, status: str, version: str = "*", headers=None, **more: Any):
        return self.client.post(
            f"{LEADS}/{lead_id}/steps",
            json={"status": status, **more},
            headers={**(headers or self.staff), "If-Match": version},
        )

    def consent(self, startup_id: str, carrier: str = CARRIER):
        return self.client.post(f"/v1/startups/{startup_id}/consents", json={"carrier_id": carrier}, headers=self.owner)

    def withdraw(self, startup_id: str, carrier: str = CARRIER):
        return self.client.delete(f"/v1/startups/{startup_id}/consents/{carrier}", headers=self.owner)

    def read(self, startup_id: str, what: str, headers=None, **query: Any):
        return self.client.get(f"/v1/startups/{startup_id}/{what}", params=query, headers=headers or self.owner)

    def events(self, startup_id: str) -> list[str]:
        """The oldest first."""
        entries = self.read(startup_id, "audit", limit=100).json()["entries"]
        return [entry["event"] for entry in entries][::-1]


@pytest.fixture
def scene(house, board):
    """On a store of its own, with the services around startups and leads on it as well."""
    transactions = house.store.transactions
    startups = build_startups(transactions, SteadyReader(board.registry.taxonomy), lambda: board.registry)
    startups = replace(startups, everybodys=type(startups.everybodys)(transactions, "steady@1", count().__next__))
    leads = build_leads(transactions, lambda: board, startups.everybodys, load_prior())
    house = replace(house, services=replace(house.services, startups=startups, leads=leads))
    owner, staff, rival = (
        house.account(),
        house.account(Role.STAFF, carrier=CARRIER),
        house.account(Role.STAFF, carrier=RIVAL),
    )
    with house.client() as client:
        yield Scene(house, client, *(key_of(house.services, account) for account in (owner, staff, rival)))


# Cards


def test_without_consent_nothing_of_the_startups_own_is_told(scene) -> None:
    startup_id = scene.startup(districts=["behind the old quarry"], company_age_months=13)

    listed = scene.client.get(LEADS, headers=scene.staff)
    alone = scene.one(listed.json()["leads"][0]["id"])

    own = {word for word in re.findall(r"\w+", f"{TEXT} {WHO['name']} quarry") if len(word) > 4}
    for answer in (listed, alone):
        told = answer.text + str(answer.headers)
        assert startup_id not in told
        assert WHO["contact"] not in told
        assert [word for word in own if word.lower() in told.lower()] == []
    card = listed.json()["leads"][0]
    assert (card["name"], card["consented"], card["card"]["places"]) == (None, False, [])
    assert card["card"]["company_age"]["label"] == "1 to 2 years"
    assert (alone.json()["startup"], alone.json()["reasons"], alone.json()["steps"]) == (None, [], [])
    assert listed.headers["cache-control"] == alone.headers["cache-control"] == "no-store"


def test_after_consent_this_carrier_and_no_other_sees_who_it_is(scene) -> None:
    startup_id = scene.startup()

    given = scene.consent(startup_id)

    assert (given.status_code, given.json()["wording"], given.json()["withdrawn_at"]) == (201, "2026-11", None)
    lead = scene.lead()
    assert (lead["consented"], lead["name"]) == (True, WHO["name"])
    alone = scene.one(lead["id"]).json()
    assert alone["startup"] == {**WHO, "text": TEXT}
    assert [reason["criterion"] for reason in alone["reasons"]] == [part["criterion"] for part in alone["parts"]]
    [other] = scene.leads(RIVAL)
    assert (other["consented"], other["name"]) == (False, None)


def test_a_withdrawn_consent_hides_at_once(scene) -> None:
    startup_id = scene.startup()
    scene.consent(startup_id)
    lead = scene.lead()
    assert scene.one(lead["id"]).json()["startup"]

    assert scene.withdraw(startup_id).json()["withdrawn_at"]

    hidden = scene.one(lead["id"])
    assert (hidden.json()["startup"], hidden.json()["reasons"], hidden.json()["name"]) == (None, [], None)
    assert WHO["name"] not in hidden.text
    assert scene.lead()["name"] is None
    assert scene.withdraw(startup_id).status_code == 404
    listed = scene.read(startup_id, "consents").json()["consents"]
    assert [(one["carrier"]["id"], one["withdrawn_at"] is None) for one in listed] == [(CARRIER, False)]


def test_two_carriers_know_a_startup_by_ids_that_have_nothing_in_common(scene) -> None:
    startup_id = scene.startup()

    mine, theirs = scene.lead()["id"], scene.leads(RIVAL)[0]["id"]

    assert len({mine, theirs, startup_id}) == 3
    assert scene.lead()["id"] == mine
    assert scene.client.get(f"/v1/carriers/{RIVAL}/leads/{mine}", headers=scene.rival).status_code == 404


@pytest.mark.parametrize(
    "changes", [{"discoverable": False}, {"exclude": [CARRIER]}], ids=["not discoverable", "not this carrier"]
)
def test_who_does_not_want_to_be_seen_is_seen_only_by_whom_it_has_consented_to(scene, changes) -> None:
    startup_id = scene.startup(**changes)
    assert scene.leads() == []

    scene.consent(startup_id)

    assert scene.lead()["name"] == WHO["name"]


def test_a_withdrawn_startup_is_no_lead_any_more(scene) -> None:
    startup_id = scene.startup()
    scene.consent(startup_id)
    lead = scene.lead()

    scene.client.delete(f"/v1/startups/{startup_id}", headers=scene.owner)

    assert scene.leads() == []
    assert scene.one(lead["id"]).status_code == 404
    assert scene.step(lead["id"], "contacted").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"chain": "biomed"}, 1), ({"chain": "none"}, 0), ({"stage": "stage.team"}, 0), ({"consented": False}, 1),
        ({"consented": True}, 0), ({"status": "new"}, 1), ({"status": "declined"}, 0),
        ({"chain": "biomed", "status": "declined"}, 0),
    ],
)  # fmt: skip
def test_leads_are_filtered(scene, query, found) -> None:
    scene.startup()

    assert len(scene.leads(**query)) == found


def test_a_filter_that_is_no_stage_is_refused(scene) -> None:
    answer = scene.client.get(LEADS, params={"stage": "biomed"}, headers=scene.staff)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "stage")


def test_pages_follow_each_other_and_hold_every_lead_once(scene) -> None:
    for number in range(5):
        scene.startup(text="x" * (10 + number))

    found, query = [], {"limit": 2}
    while query:
        page = scene.client.get(LEADS, params=query, headers=scene.staff)
        found += page.json()["leads"]
        query = {"limit": 2, "cursor": page.json()["next_cursor"]} if page.json()["next_cursor"] else None
        assert ("Link" in page.headers) is bool(query)

    assert page.json()["total"] == len({lead["id"] for lead in found}) == 5
    scores = [lead["score"] for lead in found]
    assert scores == sorted(scores, reverse=True)
    assert all(lead["score"] == sum(part["part"] for part in lead["parts"]) for lead in found)


@pytest.mark.parametrize("cursor", ["x", "YWZ0ZXI6Y24wMDM", "YWZ0ZXI6bmFuIHg", "YWZ0ZXI6MHgxcDk5OTk5OSB4"])
def test_a_cursor_of_another_list_is_refused(scene, cursor) -> None:
    answer = scene.client.get(LEADS, params={"cursor": cursor}, headers=scene.staff)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")


# Others


@pytest.mark.parametrize("carrier", [RIVAL, "nowhere"])
def test_anothers_leads_are_as_if_the_carrier_were_not_there(scene, carrier) -> None:
    scene.startup()
    lead_id = scene.leads(RIVAL)[0]["id"]
    address = f"/v1/carriers/{carrier}/leads"
    write = {**scene.staff, "If-Match": "*"}

    answers = [
        scene.client.get(address, headers=scene.staff),
        scene.client.get(f"{address}/{lead_id}", headers=scene.staff),
        scene.client.post(f"{address}/{lead_id}/steps", json={"status": "contacted"}, headers=write),
        scene.client.patch(f"{address}/{lead_id}", json={"next_action": "x"}, headers=write),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.json()["detail"] for answer in answers} == {f"There is no carrier {carrier}."}


def test_a_lead_of_another_carrier_is_as_if_it_were_not_there(scene) -> None:
    scene.startup()
    theirs = scene.leads(RIVAL)[0]["id"]

    for lead_id in (theirs, "none"):
        for answer in (scene.one(lead_id), scene.step(lead_id, "contacted")):
            assert (answer.status_code, answer.json()["detail"]) == (404, f"There is no lead {lead_id}.")


def test_anothers_startup_is_as_if_it_were_not_there(scene) -> None:
    stranger = key_of(scene.house.services, scene.house.account())
    startup_id = scene.startup()
    scene.step(scene.lead()["id"], "contacted")

    for name in (startup_id, "none"):
        address = f"/v1/startups/{name}"
        answers = [scene.read(name, what, stranger) for what in ("consents", "requests", "audit")]
        answers.append(scene.client.post(f"{address}/consents", json={"carrier_id": CARRIER}, headers=stranger))
        answers += [
            scene.client.delete(f"{address}/{what}/{CARRIER}", headers=stranger) for what in ("consents", "requests")
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert {answer.json()["detail"] for answer in answers} == {f"There is no startup {name}."}
    assert scene.lead()["consented"] is False


def test_a_consent_to_nobody_is_refused(scene) -> None:
    answer = scene.consent(scene.startup(), "nowhere")

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "carrier_id")


# Steps


def test_a_lead_goes_its_way_and_each_step_is_kept(scene) -> None:
    scene.consent(scene.startup())
    lead_id = scene.lead()["id"]

    for number, status in enumerate(("contacted", "visited", "reviewed", "offered", "admitted", "graduated"), start=1):
        moved = scene.step(lead_id, status, f'"v{number}"', note=f"Step {number}")
        assert (moved.status_code, moved.json()["status"], moved.headers["etag"]) == (201, status, f'"v{number + 1}"')

    steps = scene.one(lead_id).json()["steps"]
    assert [step["note"] for step in steps] == [f"Step {number}" for number in range(1, 7)]
    assert all(step["made_by"] and step["made_at"] for step in steps)
    assert scene.leads(status="graduated")[0]["next"] == []


@pytest.mark.parametrize("status", ["new", "visited", "admitted", "graduated"])
def test_a_step_that_cannot_follow_is_refused_and_tells_which_can(scene, status) -> None:
    scene.startup()
    lead = scene.lead()

    refused = scene.step(lead["id"], status)

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/illegal-step")
    assert all(one in refused.json()["detail"] for one in lead["next"])
    assert scene.lead()["version"] == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"status": "declined"}, "reason"),
        ({"status": "contacted", "reason": "no_space"}, "reason"),
        ({"status": "declined", "reason": "just so"}, "reason"),
        ({"status": "contacted", "note": "a\u0000b"}, "note"),
        ({"status": "contacted", "owner": "me"}, "owner"),
    ],
)
def test_a_step_that_says_too_little_or_too_much_is_refused(scene, body, field) -> None:
    scene.startup()
    refused = scene.step(scene.lead()["id"], **body)

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)


def test_of_two_who_move_one_lead_one_is_told_that_the_other_was_faster(scene) -> None:
    scene.startup()
    colleague = key_of(scene.house.services, scene.house.account(Role.STAFF, carrier=CARRIER))
    lead = scene.lead()

    first = scene.step(lead["id"], "contacted", '"v1"')
    second = scene.step(lead["id"], "declined", '"v1"', colleague, reason="no_space")

    assert (first.status_code, second.status_code) == (201, 412)
    assert scene.lead()["status"] == "contacted"
    headers = {key: value for key, value in colleague.items() if key != "If-Match"}
    unversioned = scene.client.post(f"{LEADS}/{lead['id']}/steps", json={"status": "visited"}, headers=headers)
    assert unversioned.status_code == 428


def test_the_same_step_again_is_one_step(scene) -> None:
    scene.startup()
    lead = scene.lead()
    key = {**scene.staff, "Idempotency-Key": "k1"}

    first = scene.step(lead["id"], "contacted", '"v1"', key)
    again = scene.step(lead["id"], "contacted", '"v1"', key)

    assert (first.status_code, again.status_code, again.json()["version"]) == (201, 201, 2)
    assert len(scene.one(lead["id"]).json()["steps"]) == 1
    assert scene.step(lead["id"], "declined", '"v2"', key, reason="no_space").json()["type"] == "/problems/key-reused"


def test_a_plan_keeps_what_it_does_not_speak_of(scene) -> None:
    scene.startup()
    lead_id = scene.lead()["id"]
    colleague = scene.house.account(Role.STAFF, carrier=CARRIER).id

    def plan(version: str, **body: Any):
        return scene.client.patch(f"{LEADS}/{lead_id}", json=body, headers={**scene.staff, "If-Match": version})

    first = plan('"v1"', owner=colleague, next_action="Show the cleanroom", due="2026-12-04")
    second = plan('"v2"', next_action=None)

    assert (first.status_code, second.status_code) == (200, 200)
    told = second.json()
    assert (told["owner"], told["next_action"], told["due"], told["version"]) == (colleague, None, "2026-12-04", 3)
    assert plan('"v2"', due=None).status_code == 412
    assert plan("*", due="2026-12-04").json()["version"] == 3


@pytest.mark.parametrize("who", ["a startup", "another carrier's", "nobody"])
def test_the_owner_of_a_lead_is_of_the_carriers_own_staff(scene, who) -> None:
    scene.startup()
    ids = {
        "a startup": lambda: scene.house.account().id,
        "another carrier's": lambda: scene.house.account(Role.STAFF, carrier=RIVAL).id,
        "nobody": lambda: "nobody",
    }

    refused = scene.client.patch(
        f"{LEADS}/{scene.lead()['id']}", json={"owner": ids[who]()}, headers={**scene.staff, "If-Match": "*"}
    )

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "owner")


# Asking for consent


def test_to_contact_a_stranger_is_to_ask_for_its_consent(scene) -> None:
    startup_id = scene.startup()
    lead_id = scene.lead()["id"]

    asked = scene.step(lead_id, "contacted")

    assert asked.json()["asked_at"]
    assert WHO["contact"] not in scene.one(lead_id).text
    [request] = scene.read(startup_id, "requests").json()["requests"]
    assert (request["carrier"]["id"], request["refused_at"]) == (CARRIER, None)
    assert scene.step(lead_id, "visited").status_code == 409

    scene.consent(startup_id)

    assert scene.read(startup_id, "requests").json()["requests"] == []
    assert scene.one(lead_id).json()["startup"]["contact"] == WHO["contact"]
    assert scene.step(lead_id, "visited").status_code == 201


def test_who_refuses_is_not_asked_again_and_may_still_consent(scene) -> None:
    startup_id = scene.startup()
    lead_id = scene.lead()["id"]
    address = f"/v1/startups/{startup_id}/requests/{CARRIER}"
    assert scene.client.delete(address, headers=scene.owner).status_code == 404
    scene.step(lead_id, "contacted")

    refused = scene.client.delete(address, headers=scene.owner)

    assert refused.json()["refused_at"]
    assert scene.client.delete(address, headers=scene.owner).json()["refused_at"] == refused.json()["refused_at"]
    assert scene.one(lead_id).json()["refused_at"]
    scene.step(lead_id, "declined", reason="no_answer")
    assert scene.step(lead_id, "contacted").status_code == 409

    scene.consent(startup_id)
    assert scene.one(lead_id).json()["refused_at"] is None
    assert scene.step(lead_id, "contacted").status_code == 201


# Audit


def test_the_owner_reads_who_has_seen_what_in_order(scene) -> None:
    startup_id = scene.startup()
    lead_id = scene.lead()["id"]
    scene.one(lead_id)
    scene.step(lead_id, "contacted")
    scene.consent(startup_id)
    scene.leads()
    scene.one(lead_id)
    scene.withdraw(startup_id)

    assert scene.events(startup_id) == [
        "card.listed", "card.seen", "lead.moved", "consent.asked", "consent.given", "name.listed", "text.seen",
        "consent.withdrawn",
    ]  # fmt: skip
    answer = scene.read(startup_id, "audit")
    by = {entry["event"]: entry["by"] for entry in answer.json()["entries"]}
    assert (by["text.seen"], by["consent.given"]) == ("carrier", "you")
    assert {entry["carrier"]["id"] for entry in answer.json()["entries"]} == {CARRIER}
    steps = scene.one(lead_id).json()["steps"]
    assert steps[0]["made_by"] not in answer.text  # the person is not named


def test_pages_of_the_audit_log_follow_each_other(scene) -> None:
    startup_id = scene.startup()
    for _ in range(5):
        scene.leads()

    first = scene.read(startup_id, "audit", limit=3)
    second = scene.read(startup_id, "audit", limit=3, cursor=first.json()["next_cursor"])

    assert [len(page.json()["entries"]) for page in (first, second)] == [3, 2]
    assert ("Link" in first.headers, second.json()["next_cursor"]) == (True, None)
    assert scene.read(startup_id, "audit", cursor="YWZ0ZXI6Y24wMDM").status_code == 422


def test_only_what_was_shown_is_written_down(scene) -> None:
    shown, hidden = scene.startup(), scene.startup(discoverable=False)

    scene.leads()

    assert (scene.events(shown), scene.events(hidden)) == (["card.listed"], [])


def test_what_the_owner_changes_and_takes_along_is_written_down_too(scene) -> None:
    startup_id = scene.startup()
    address, change = f"/v1/startups/{startup_id}", {**scene.owner, "If-Match": "*"}

    for name in ("One", "One", "Two"):  # the second says the same
        scene.client.patch(address, json={"name": name}, headers=change)
    exported = scene.client.get("/v1/startups/export.jsonl", headers=scene.owner)
    row = exported.content.replace(b'"Two"', b'"Three"')
    scene.client.post("/v1/startups/imports", content=row, headers={**scene.owner, "Content-Type": "application/jsonl"})

    assert scene.read(startup_id, "audit").json()["entries"][0]["by"] == "you"
    assert scene.events(startup_id) == ["startup.corrected"] * 2 + ["startup.exported", "startup.corrected"]


@pytest.mark.parametrize(("lang", "said"), [("zh", "工作人员"), ("de", "Mitarbeitenden"), ("en", "staff")])
def test_what_is_consented_to_is_said_in_the_owners_language(scene, lang, said) -> None:
    assert said in scene.read(scene.startup(), "consents", lang=lang).json()["text"]
