"""A server whose disk is full says so, goes on reading, and has lost nothing once there is room again."""

from tests.faults.conftest import Home
from tests.faults.serving import a_server
from tests.faults.test_killed_server import all_startups

ROOM = 100_000  # bytes that the store's log may have
MOST_WRITES = 200


def test_a_full_disk_is_told_and_what_was_acknowledged_stays(home: Home) -> None:
    acknowledged: dict[str, str] = {}
    with a_server(home.folder, largest_file=ROOM) as server:
        for number in range(MOST_WRITES):
            body = {"name": f"number {number}", "text": f"We make valves. {'More words. ' * 900}"}
            status, answer = server.ask("POST", "/v1/startups", home.key, body)
            if status != 201:
                break
            acknowledged[answer["id"]] = answer["name"]
        assert (status, answer["status"]) == (503, 503)
        assert answer["type"] in ("/problems/store-full", "/problems/store-not-ready")
        assert "disk" in answer["detail"]

        assert all_startups(server, home) == acknowledged
        assert server.ask("GET", "/v1/carriers/cn001")[0] == 200
        assert server.ask("POST", "/v1/recommendations", body={"text": "We make valves.", "k": 1})[0] == 200
        assert server.ask("GET", "/health/live")[0] == 200

    with a_server(home.folder) as server:
        assert all_startups(server, home) == acknowledged
        assert server.ask("POST", "/v1/startups", home.key, {"name": "room", "text": "We make valves."})[0] == 201
