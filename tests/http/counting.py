"""An application that counts the startups of its own store."""

from dataclasses import replace
from itertools import count

from api.lead_services import build_leads
from matcher.ranking.board import Board
from models.rankers import load_prior
from tests.http.signing import House, bearer


def with_board(house: House, board: Board) -> House:
    startups = house.services.startups
    everybodys = type(startups.everybodys)(house.store.transactions, "steady@1", count().__next__)
    leads = build_leads(house.store.transactions, lambda: board, everybodys, load_prior())
    return replace(house, services=replace(house.services, leads=leads))


def add_startups(office: House, n: int) -> None:
    owner = office.account()
    key = bearer(office.key_of(owner))
    with office.client() as client:
        for number in range(n):
            body = {"name": f"Startup {number}", "text": f"We make valves {'x' * (number % 8)}."}
            assert client.post("/v1/startups", json=body, headers=key).status_code == 201
