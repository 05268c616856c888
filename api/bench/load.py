"""One server under load for a while: errors, latency, memory at both ends: `python -m api.bench.load`.

The callers share the machine with the server, so latencies are an upper bound; errors and memory are what counts.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from api.bench.calls import Call, connected
from api.bench.load_client import Kind, Noted, put_under_load
from api.bench.processes import Served, matcher_says, matcher_serve, processor_seconds, resident_mb, served
from data.qrels import qrels_folder, read_qrels

ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MATCHER_ASKS_PER_MINUTE": "0"}
WARM_UP_SECONDS = 5.0
N_TEXTS = 200
STARTUPS = "/v1/startups"
NEW_STARTUP = "new startup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a server did under load."""

    seconds: float
    by_kind: dict[str, Noted]
    busy: float | None  # processor time of the server a second
    memory_mb: tuple[float | None, float | None]  # after the warm-up, and at the end
    n_lost: int  # startups that the server took and does not have

    @property
    def n_requests(self) -> int:
        return sum(len(noted.seconds) for noted in self.by_kind.values())

    @property
    def n_errors(self) -> int:
        return sum(noted.n_errors for noted in self.by_kind.values())


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where there was no error and every startup that the server took is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long")
    parser.add_argument("--connections", type=int, default=16, help="callers side by side")
    parser.add_argument("--recommend", type=float, default=2.0, help="percent of requests that are recommendations")
    parser.add_argument("--write", type=float, default=2.0, help="percent of requests that are new startups")
    asked = parser.parse_args(arguments)
    found = measure(asked.seconds, asked.connections, asked.recommend / 100, asked.write / 100)
    console = Console(width=120)
    console.print(table_of(found))
    console.print_json(json.dumps(as_json(found)))
    return 1 if found.n_errors or found.n_lost or not found.n_requests else 0


def measure(seconds: float, n_connections: int, recommend_share: float, write_share: float) -> Found:
    rng = random.Random(1)
    with TemporaryDirectory() as folder:
        environment = ENVIRONMENT | {"MATCHER_DATA_DIR": folder}
        key = _key_of_a_startup(environment)
        mix = mix_of(recommend_share, write_share, key)
        return _measured(environment, mix, key, seconds, n_connections, rng)


def _measured(
    environment: dict[str, str], mix: list[Kind], key: str, seconds: float, n_connections: int, rng: random.Random
) -> Found:
    with served(matcher_serve(), environment) as server:

        def load(for_seconds: float) -> dict[str, Noted]:
            return asyncio.run(
                put_under_load(server.port, mix, seconds=for_seconds, n_connections=n_connections, rng=rng)
            )

        warm_up = load(WARM_UP_SECONDS)
        memory_before, busy_before = resident_mb(server.process_id), processor_seconds(server.process_id)
        start = time.perf_counter()
        by_kind = load(seconds)
        took = time.perf_counter() - start
        busy_after = processor_seconds(server.process_id)
        is_known = busy_before is not None and busy_after is not None
        return Found(
            seconds=took,
            by_kind=by_kind,
            busy=((busy_after or 0.0) - (busy_before or 0.0)) / took if is_known else None,
            memory_mb=(memory_before, resident_mb(server.process_id)),
            n_lost=max(0, _n_written(warm_up) + _n_written(by_kind) - _n_kept(server, key)),
        )


def mix_of(recommend_share: float, write_share: float, key: str) -> list[Kind]:
    """Reads of three kinds, recommendations for real descriptions, and new startups.

    Args:
        recommend_share: of all requests, in [0, 1].
        write_share: the same of new startups.
        key: of the account that owns these.
    """
    reads = (1 - recommend_share - write_share) / 3
    lists = [Call(f"/v1/carriers?limit={limit}&lang={lang}") for limit in (10, 20, 50) for lang in ("zh", "en", "de")]
    records = [Call(f"/v1/carriers/cn{number:03d}") for number in range(1, 31)]
    texts = [startup.text for startup in read_qrels(qrels_folder()).startups[:N_TEXTS]]
    asks = [Call("/v1/recommendations", "POST", body=json.dumps({"text": text}).encode()) for text in texts]
    new = [Call(STARTUPS, "POST", _signed(key), json.dumps({"name": "Load", "text": text}).encode()) for text in texts]
    return [
        Kind("list of carriers", reads, [call.raw() for call in lists]),
        Kind("one carrier", reads, [call.raw() for call in records]),
        Kind("vocabulary", reads, [Call("/v1/taxonomy").raw()]),
        Kind("recommendation", recommend_share, [call.raw() for call in asks]),
        Kind(NEW_STARTUP, write_share, [call.raw() for call in new], expected=201),
    ]


def _key_of_a_startup(environment: dict[str, str]) -> str:
    matcher_says("users", "add", "load", "--role", "startup", environment=environment)
    return str(matcher_says("keys", "issue", "load", "--name", "load", environment=environment)["secret"])


def _signed(key: str) -> tuple[tuple[str, str], ...]:
    return (("Authorization", f"Bearer {key}"),)


def _n_written(by_kind: dict[str, Noted]) -> int:
    """As far as the server said so."""
    noted = by_kind[NEW_STARTUP]
    return len(noted.seconds) - sum(n for what, n in noted.errors.items() if what.startswith("status"))


def _n_kept(server: Served, key: str) -> int:
    with connected(server.port) as connection:
        return int(json.loads(connection.ask(Call(f"{STARTUPS}?limit=1", headers=_signed(key)).raw()).body)["total"])


def table_of(found: Found) -> Table:
    before, after = found.memory_mb
    table = Table(
        title=f"{found.n_requests / found.seconds:,.0f} requests a second for {found.seconds:.0f} s; server busy "
        f"{_said(found.busy)} cores; memory {_said(before)} -> {_said(after)} MB; {found.n_lost} startups lost"
    )
    for name in ("request", "answered", "errors", "p50 ms", "p95 ms", "p99 ms"):
        table.add_column(name, justify="left" if name == "request" else "right")
    for name, noted in found.by_kind.items():
        percentiles = (_said(noted.percentile_ms(percent)) for percent in (50, 95, 99))
        table.add_row(name, f"{len(noted.seconds):,}", str(noted.errors or 0), *percentiles)
    return table


def as_json(found: Found) -> dict[str, object]:
    return {
        "seconds": found.seconds,
        "requests": found.n_requests,
        "errors": {name: noted.errors for name, noted in found.by_kind.items() if noted.errors},
        "busy": found.busy,
        "memory_mb": found.memory_mb,
        "lost": found.n_lost,
    }


def _said(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,.2f}"


if __name__ == "__main__":
    sys.exit(main())
