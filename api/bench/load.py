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

from api.bench.calls import Call
from api.bench.load_client import Kind, Noted, put_under_load
from api.bench.processes import matcher_serve, processor_seconds, resident_mb, served
from data.qrels import qrels_folder, read_qrels

ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MATCHER_ASKS_PER_MINUTE": "0"}
WARM_UP_SECONDS = 5.0
N_TEXTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a server did under load."""

    seconds: float
    by_kind: dict[str, Noted]
    busy: float | None  # processor time of the server a second
    memory_mb: tuple[float | None, float | None]  # after the warm-up, and at the end

    @property
    def n_requests(self) -> int:
        return sum(len(noted.seconds) for noted in self.by_kind.values())

    @property
    def n_errors(self) -> int:
        return sum(noted.n_errors for noted in self.by_kind.values())


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where there was no error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long")
    parser.add_argument("--connections", type=int, default=16, help="callers side by side")
    parser.add_argument("--recommend", type=float, default=2.0, help="percent of requests that are recommendations")
    asked = parser.parse_args(arguments)
    found = measure(asked.seconds, asked.connections, asked.recommend / 100)
    console = Console(width=120)
    console.print(table_of(found))
    console.print_json(json.dumps(as_json(found)))
    return 1 if found.n_errors or not found.n_requests else 0


def measure(seconds: float, n_connections: int, recommend_share: float) -> Found:
    rng = random.Random(1)
    mix = mix_of(recommend_share)
    with TemporaryDirectory() as folder, served(matcher_serve(), ENVIRONMENT | {"MATCHER_DATA_DIR": folder}) as server:

        def load(for_seconds: float) -> dict[str, Noted]:
            return asyncio.run(
                put_under_load(server.port, mix, seconds=for_seconds, n_connections=n_connections, rng=rng)
            )

        load(WARM_UP_SECONDS)
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
        )


def mix_of(recommend_share: float) -> list[Kind]:
    """Reads of three kinds, and recommendations for real descriptions; a write is one more kind.

    Args:
        recommend_share: of all requests, in [0, 1].
    """
    reads = (1 - recommend_share) / 3
    lists = [Call(f"/v1/carriers?limit={limit}&lang={lang}") for limit in (10, 20, 50) for lang in ("zh", "en", "de")]
    records = [Call(f"/v1/carriers/cn{number:03d}") for number in range(1, 31)]
    texts = [startup.text for startup in read_qrels(qrels_folder()).startups[:N_TEXTS]]
    asks = [Call("/v1/recommendations", "POST", body=json.dumps({"text": text}).encode()) for text in texts]
    return [
        Kind("list of carriers", reads, [call.raw() for call in lists]),
        Kind("one carrier", reads, [call.raw() for call in records]),
        Kind("vocabulary", reads, [Call("/v1/taxonomy").raw()]),
        Kind("recommendation", recommend_share, [call.raw() for call in asks]),
    ]


def table_of(found: Found) -> Table:
    before, after = found.memory_mb
    table = Table(
        title=f"{found.n_requests / found.seconds:,.0f} requests a second for {found.seconds:.0f} s; server busy "
        f"{_said(found.busy)} cores; memory {_said(before)} -> {_said(after)} MB"
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
    }


def _said(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,.2f}"


if __name__ == "__main__":
    sys.exit(main())
