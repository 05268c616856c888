"""A server of the tests' own, with invented people: founders, a carrier's staff, the office, an admin, and leads.

Everything comes about as it does with real people: through the server's own API and the services behind it.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from api.bench.processes import matcher_serve, served
from api.bootstrap import build_registry
from api.services import RegistryServices
from api.settings import Settings
from matcher.domain.accounts import Account, Role, actor_of
from matcher.domain.ids import CarrierId
from tests.accounts import PASSWORD, make_account

CARRIER = "cn004"  # an incubator for biomedicine
STARTUPS = Path(__file__).with_name("startups.jsonl")
COOKIE = "__Host-matcher"
PLENTY = {"MATCHER_ASKS_PER_MINUTE": "0", "MATCHER_ACCOUNT_ASKS_PER_MINUTE": "0", "OMP_NUM_THREADS": "1"}
# How far each startup has come with the carrier, in the order of the file; None has not consented.
WAYS = (
    ("contacted", "visited"),
    None,
    None,
    ("contacted", "visited", "reviewed", "offered", "admitted"),
    ("contacted",),
    ("contacted", "visited", "reviewed"),
    ("contacted", "visited", "reviewed", "offered"),
    ("contacted", "visited", "reviewed", "offered", "admitted", "graduated"),
    ("contacted", "declined"),
    (),
)
NEXT_ACTIONS = ("带看十万级洁净间", "Send the floor plan", "Gespräch zur Registrierung vorbereiten")


@dataclass
class Town:
    """The server, and who lives there."""

    address: str
    folder: Path
    registry: RegistryServices
    people: dict[str, Account] = field(default_factory=dict)  # by what they are: startup, staff, office, admin
    ids: dict[str, str] = field(default_factory=dict)  # what stands in the gaps of an address
    _tokens: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://")

    def account(self, role: Role = Role.STARTUP, carrier: str = CARRIER, **wanted: Any) -> Account:
        """A new one, whose password is PASSWORD."""
        works_for = CarrierId(carrier) if role is Role.STAFF else None
        login = f"{role.value}-{secrets.token_hex(4)}"
        return make_account(
            self.registry.transactions, **{"login": login, "role": role, "carrier": works_for, **wanted}
        )

    def session(self, account: Account) -> str:
        """The token that a page of this account has in its cookie; the same one for all its pages."""
        if account.id not in self._tokens:
            self._tokens[account.id] = self.new_session(account)
        return self._tokens[account.id]

    def new_session(self, account: Account) -> str:
        """Signs in once more; the token."""
        now = datetime.now(UTC)
        return self.registry.identity.sign_in(account.login, PASSWORD, address="192.0.2.1", now=now).token

    def ask(
        self, who: Account | str, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """As a program of this account, or with this key, asks the API; raises HTTPError where it is refused."""
        sent = None if body is None else json.dumps(body).encode()
        key = who if isinstance(who, str) else self._key(who)
        own = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **(headers or {})}
        with urlopen(Request(self.address + path, sent, own, method=method), timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def startup(self, owner: Account, **said: Any) -> str:
        """Registers one that carriers may find; its id."""
        body = {"name": "A startup (invented)", "text": "We develop catheters and need a cleanroom.", **said}
        return str(self.ask(owner, "POST", "/v1/startups", body)["id"])

    def consent(self, owner: Account, startup_id: str, carrier: str = CARRIER) -> None:
        self.ask(owner, "POST", f"/v1/startups/{startup_id}/consents", {"carrier_id": carrier})

    def leads(self, staff: Account) -> list[dict[str, Any]]:
        return list(self.ask(staff, "GET", f"/v1/carriers/{staff.carrier}/leads?limit=100")["leads"])

    def step(self, staff: Account, lead_id: str, status: str, **more: Any) -> None:
        path = f"/v1/carriers/{staff.carrier}/leads/{lead_id}/steps"
        self.ask(staff, "POST", path, {"status": status, **more}, {"If-Match": "*"})

    def plan(self, staff: Account, lead_id: str, **plan: Any) -> None:
        self.ask(staff, "PATCH", f"/v1/carriers/{staff.carrier}/leads/{lead_id}", plan, {"If-Match": "*"})

    def _key(self, account: Account) -> str:
        if account.id not in self._keys:
            issued = self.registry.identity.issue_key(
                actor_of(account), name="tests", scopes=None, expires_at=None, now=datetime.now(UTC)
            )
            self._keys[account.id] = issued.written
        return self._keys[account.id]


@contextmanager
def a_town(folder: Path) -> Iterator[Town]:
    """On this data folder, which becomes the town's own."""
    with (
        served(matcher_serve(), PLENTY | {"MATCHER_DATA_DIR": str(folder)}) as server,
        build_registry(Settings(data_dir=folder), fill=False) as registry,
    ):
        town = Town(server.address, folder, registry)
        _settle(town)
        yield town


def _settle(town: Town) -> None:
    """Everybody moves in, and the carrier's staff has begun its work."""
    town.people = {
        "startup": town.account(login="founder"),
        "staff": town.account(Role.STAFF, login="incubator"),
        "office": town.account(Role.OFFICE, login="city-office"),
        "admin": town.account(Role.ADMIN, login="administration"),
    }
    town.ids["carrier"] = CARRIER
    owner, staff = town.people["startup"], town.people["staff"]
    startups = [json.loads(line) for line in STARTUPS.read_text(encoding="utf-8").splitlines()]
    ids = [
        town.startup(owner if way is not None else town.account(), **said)
        for way, said in zip(WAYS, startups, strict=True)
    ]
    for startup_id, way in zip(ids, WAYS, strict=True):
        if way is not None:
            town.consent(owner, startup_id)
    town.ids["startup"] = ids[0]
    _work(town, staff, {said["name"]: way for way, said in zip(WAYS, startups, strict=True)})


def _work(town: Town, staff: Account, ways: Mapping[str, tuple[str, ...] | None]) -> None:
    """Each lead goes as far as it has come; some have a plan."""
    known = [lead for lead in town.leads(staff) if lead["consented"]]
    town.ids["lead"] = known[0]["id"]
    for number, lead in enumerate(known):
        for status in ways[lead["name"]] or ():
            town.step(staff, lead["id"], status, **({"reason": "too_early"} if status == "declined" else {}))
        if number < len(NEXT_ACTIONS):
            due = date.today() + timedelta(days=7 * number - 3)
            plan = {"next_action": NEXT_ACTIONS[number], "due": due.isoformat(), "owner": staff.id}
            town.plan(staff, lead["id"], **plan)
