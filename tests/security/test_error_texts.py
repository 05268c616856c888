"""When something breaks, a caller learns that, and nothing of how we are built."""

import re
import sqlite3
from contextlib import closing
from shutil import copytree

import pytest

from tests.security.asks import ASKS, Ask, Scene, parts_of
from tests.security.estate import Estate, an_estate
from tests.security.test_access_matrix import Row, headers_for, table

LETS_IN = {"accounts", "api_keys", "page_sessions", "sign_in_failures", "alembic_version"}
INNER = re.compile(
    r"traceback|sqlalchemy|sqlite|psycopg|no such table|\bselect\b.*\bfrom\b|\binsert into\b|\.py\b|/tmp/|matcher\.db"
    r"|line \d+, in",
    re.IGNORECASE,
)


def prepared(estate: Estate, row: Row) -> tuple[str, str, dict[str, str], Ask]:
    """A request that would succeed, with all that it names."""
    account = estate.account(next(role for role, said in row.roles.items() if said not in ("401", "403")))
    scene = Scene(estate, account)
    wanted = dict(ASKS[row.endpoint](scene)) if row.endpoint in ASKS else {}
    method, template = parts_of(row.endpoint)
    headers = {**wanted.pop("headers", {}), **headers_for(estate, row, account)}
    return method, template.format_map(scene), headers, wanted


@pytest.fixture(scope="module")
def broken(filled_store, tmp_path_factory):
    """An application that lets people in, and whose other tables are gone."""
    with an_estate(copytree(filled_store, tmp_path_factory.mktemp("broken") / "var")) as estate:
        ready = {endpoint: prepared(estate, row) for endpoint, row in table().items()}
        with closing(sqlite3.connect(estate.services.registry.store.engine.url.database)) as database:
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for name in set(names) - LETS_IN:
                if not name.startswith("sqlite_"):
                    database.execute(f"DROP TABLE {name}")
            database.commit()
        yield estate, ready


@pytest.mark.parametrize("endpoint", sorted(table()))
def test_an_answer_over_a_broken_store_says_nothing_of_it(broken, endpoint) -> None:
    estate, ready = broken
    method, path, headers, wanted = ready[endpoint]

    answer = estate.ask(method, path, headers, **wanted)

    assert answer.status_code != 500, answer.text
    if "json" in answer.headers.get("content-type", ""):
        assert INNER.search(answer.text) is None, answer.text
