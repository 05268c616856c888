"""A server that is killed while many write to it has lost nothing that it had acknowledged."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event
from urllib.error import URLError

from tests.faults.conftest import Home
from tests.faults.serving import Server, a_server

N_WRITERS = 3
N_FIRST = 10  # writes before it is killed


def written_by(server: Server, home: Home, writer: int, enough: Event) -> Iterator[tuple[str, str | None]]:
    """Names in order, each with the id that the server gave it; None where no answer came."""
    for number in range(1000):
        name = f"writer {writer} number {number}"
        headers = {**home.key, "Idempotency-Key": name.replace(" ", "-")}
        try:
            status, answer = server.ask(
                "POST", "/v1/startups", headers, {"name": name, "text": f"We make valves, {name}."}
            )
        except (URLError, ConnectionError, TimeoutError):
            yield name, None
            return
        assert status == 201, answer
        if number >= N_FIRST // N_WRITERS:
            enough.set()
        yield name, answer["id"]


def all_startups(server: Server, home: Home) -> dict[str, str]:
    """Names by id."""
    found: dict[str, str] = {}
    path = "/v1/startups?limit=100"
    while path:
        status, page = server.ask("GET", path, home.key)
        assert status == 200
        found |= {one["id"]: one["name"] for one in page["startups"]}
        path = page["next_cursor"] and f"/v1/startups?limit=100&cursor={page['next_cursor']}"
    return found


def test_what_was_acknowledged_outlives_the_server(home: Home) -> None:
    enough = Event()
    with a_server(home.folder) as server, ThreadPoolExecutor(N_WRITERS) as pool:
        writers = [pool.submit(lambda n: list(written_by(server, home, n, enough)), n) for n in range(N_WRITERS)]
        assert enough.wait(timeout=60)
        server.kill()
        outcomes = [one for writer in writers for one in writer.result()]
    acknowledged = {startup_id: name for name, startup_id in outcomes if startup_id is not None}
    unanswered = [name for name, startup_id in outcomes if startup_id is None]
    assert unanswered

    with closing(sqlite3.connect(home.folder / "matcher.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with a_server(home.folder) as again:
        kept = all_startups(again, home)
        assert acknowledged.items() <= kept.items()
        assert set(kept.values()) - set(acknowledged.values()) <= set(unanswered)

        for name in unanswered:  # sent again with its key, it is there once
            headers = {**home.key, "Idempotency-Key": name.replace(" ", "-")}
            body = {"name": name, "text": f"We make valves, {name}."}
            assert again.ask("POST", "/v1/startups", headers, body)[0] == 201
        names = list(all_startups(again, home).values())
        assert sorted(names) == sorted({*acknowledged.values(), *unanswered})
        some = next(iter(acknowledged))
        assert again.ask("GET", f"/v1/startups/{some}/recommendations", home.key)[0] == 200
