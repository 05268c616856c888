"""What Prometheus reads: requests, their latency, time in the encoder, outcomes."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from matcher.domain.startups import Outcome
from matcher.ports import Embeddings, Encoder
from models.cached_encoder import VectorCache

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where the library looks as it is imported
LATENCY_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


@contextmanager
def sharing_figures() -> Iterator[None]:
    """Processes started meanwhile count together; whoever is asked for the figures gives those of all.

    Their memory and processor time are left out then: the kernel knows them by process alone.
    """
    with TemporaryDirectory(prefix="matcher-metrics-") as folder:
        os.environ[SHARED_FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[SHARED_FOLDER]


class Metrics:
    """One set of counters per process; labels never hold anything a caller wrote."""

    def __init__(self) -> None:
        self._collectors = CollectorRegistry()
        self._by_labels: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        ProcessCollector(registry=self._collectors)
        self.requests = Counter(
            "matcher_requests",
            "Requests by method, route template and status.",
            ["method", "route", "status"],
            registry=self._collectors,
        )
        self.latency = Histogram(
            "matcher_request_seconds",
            "Seconds from the first byte read to the last byte sent.",
            ["route"],
            buckets=LATENCY_BUCKETS_S,
            registry=self._collectors,
        )
        self.encoder_seconds = Histogram(
            "matcher_encoder_seconds",
            "Seconds of one call to the sentence encoder.",
            buckets=LATENCY_BUCKETS_S,
            registry=self._collectors,
        )
        self.outcomes = Counter("matcher_outcomes", "Answers by their outcome.", ["outcome"], registry=self._collectors)
        public_answers = Counter(
            "matcher_public_answers",
            "Public answers by origin: built anew, or kept from before.",
            ["origin"],
            registry=self._collectors,
        )
        self.built = public_answers.labels("built")
        self.kept = public_answers.labels("kept")
        vectors = Counter(
            "matcher_vectors",
            "Vectors of carriers by origin: encoded anew, or found in the store.",
            ["origin"],
            registry=self._collectors,
        )
        self.vectors_encoded = vectors.labels("encoded")
        self.vectors_found = vectors.labels("found")
        shown_lists = Counter(
            "matcher_shown_lists",
            "Lists that were shown by what became of their impressions: recorded, or dropped.",
            ["fate"],
            registry=self._collectors,
        )
        self.impressions_recorded = shown_lists.labels("recorded")
        self.impressions_dropped = shown_lists.labels("dropped")
        self._waiting = Gauge(
            "matcher_requests_waiting",
            "Requests that wait for one of MATCHER_REQUESTS_AT_ONCE places.",
            registry=self._collectors,
            multiprocess_mode="livesum",
        )
        self._working = Gauge(
            "matcher_requests_working",
            "Requests that have one of these places.",
            registry=self._collectors,
            multiprocess_mode="livesum",
        )
        self._unread = Gauge(
            "matcher_startups_unread",
            "Kept startups that wait to be read anew and are in no list until then.",
            registry=self._collectors,
            multiprocess_mode="livemostrecent",  # each process counts the same ones
        )
        sign_ins = Counter("matcher_signins", "Attempts to sign in by outcome.", ["outcome"], registry=self._collectors)
        self.sign_ins = {outcome: sign_ins.labels(outcome) for outcome in ("opened", "refused", "held_off")}
        for outcome in Outcome:
            self.outcomes.labels(outcome.value)  # so that a rate can be told from the first answer on

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request; its labels are looked up once."""
        known = self._by_labels.get((method, route, status))
        if known is None:
            known = self.requests.labels(method, route, str(status)), self.latency.labels(route)
            self._by_labels[method, route, status] = known
        requests, latency = known
        requests.inc()
        latency.observe(seconds)

    def places(self, *, waiting: int, working: int) -> None:
        """How many requests wait for a place at this moment, and how many have one."""
        self._waiting.set(waiting)
        self._working.set(working)

    def unread(self, n: int) -> None:
        """How many startups wait to be read anew."""
        self._unread.set(n)

    def text(self) -> bytes:
        """All of them in the text format of Prometheus; of all processes where `sharing_figures` surrounds them."""
        if SHARED_FOLDER not in os.environ:
            return generate_latest(self._collectors)
        _forget_ended(Path(os.environ[SHARED_FOLDER]))
        of_all = CollectorRegistry()
        MultiProcessCollector(of_all)  # type: ignore[no-untyped-call]  # the library has no types here
        return generate_latest(of_all)


def _forget_ended(folder: Path) -> None:
    """A process that was killed has no requests any more; what it counted stays."""
    for file in folder.glob("gauge_live*_*.db"):
        pid = int(file.stem.rpartition("_")[2])
        if not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists():
            mark_process_dead(pid)  # type: ignore[no-untyped-call]  # the library has no types here


class MeasuredVectors:
    """The vectors that the cache behind it keeps; counts how many were there."""

    def __init__(self, cache: VectorCache, metrics: Metrics) -> None:
        self._cache = cache
        self._metrics = metrics

    def get_many(self, encoder_id: str, hashes: Sequence[str]) -> dict[str, Embeddings]:
        found = self._cache.get_many(encoder_id, hashes)
        self._metrics.vectors_found.inc(len(found))
        self._metrics.vectors_encoded.inc(len(hashes) - len(found))
        return found

    def put_many(self, encoder_id: str, vectors: dict[str, Embeddings]) -> None:
        self._cache.put_many(encoder_id, vectors)


class MeasuredEncoder:
    """Answers like the encoder behind it, and notes how long that took."""

    def __init__(self, encoder: Encoder, metrics: Metrics) -> None:
        self._encoder = encoder
        self._seconds = metrics.encoder_seconds

    @property
    def id(self) -> str:
        return self._encoder.id

    @property
    def dims(self) -> int:
        return self._encoder.dims

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> Embeddings:
        """Shape (n_texts, dims)."""
        start = time.perf_counter()
        embeddings = self._encoder.encode(texts, languages)
        self._seconds.observe(time.perf_counter() - start)
        return embeddings

    def encode_parts(
        self, texts: Sequence[str], languages: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Embeddings, list[Embeddings]]:
        """The whole texts, shape (n_texts, dims), and for each text one row per span of characters."""
        start = time.perf_counter()
        embeddings = self._encoder.encode_parts(texts, languages, spans)
        self._seconds.observe(time.perf_counter() - start)
        return embeddings
