"""Vectors that outlive the process."""

import subprocess
import sys

import numpy as np
import pytest
from sqlalchemy import update

from data.tables import VectorRow
from data.unit_of_work import open_store
from data.vectors import SqlVectorCache
from models.encoders import CachedEncoder, HashingEncoder
from tests.factories import a_carrier


@pytest.fixture
def cache(store):
    return SqlVectorCache(store)


def vectors(*names: str, dims: int = 384) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(len(names))
    return {name: rng.standard_normal(dims).astype(np.float32) for name in names}


def test_vectors_come_back_bit_for_bit(cache, url) -> None:
    new = vectors("a", "b")
    cache.put_many("encoder@1", new)
    reopened = open_store(url)

    found = SqlVectorCache(reopened).get_many("encoder@1", ["b", "unknown", "a"])

    assert set(found) == {"a", "b"}
    for name, vector in new.items():
        np.testing.assert_array_equal(found[name], vector, strict=True)
    reopened.close()


def test_a_vector_belongs_to_its_encoder(cache) -> None:
    cache.put_many("encoder@1", vectors("a"))

    assert cache.get_many("encoder@2", ["a"]) == {}


def test_more_than_one_statement_can_carry_is_read_and_written(cache) -> None:
    many = vectors(*(f"h{number}" for number in range(1203)), dims=4)
    cache.put_many("encoder@1", many)

    assert set(cache.get_many("encoder@1", list(many))) == set(many)


def test_nothing_asked_or_given_is_nothing_done(cache) -> None:
    cache.put_many("encoder@1", {})

    assert cache.get_many("encoder@1", []) == {}


def test_a_known_vector_is_kept(cache) -> None:
    first = vectors("a")
    cache.put_many("encoder@1", first)
    cache.put_many("encoder@1", {"a": first["a"] + 1})

    np.testing.assert_array_equal(cache.get_many("encoder@1", ["a"])["a"], first["a"])


def test_a_damaged_vector_is_not_known(cache, store) -> None:
    cache.put_many("encoder@1", vectors("a", "b"))
    with store.writing(patience_ms=0) as connection:
        connection.execute(update(VectorRow).where(VectorRow.content_hash == "a").values(vector=b"\1\2"))

    assert set(cache.get_many("encoder@1", ["a", "b"])) == {"b"}


def test_vectors_are_kept_although_the_caller_commits_nothing(filled) -> None:
    cache = SqlVectorCache(filled)
    with filled.transactions() as uow:
        uow.carriers.all()
        cache.put_many("encoder@1", vectors("a"))

    assert set(cache.get_many("encoder@1", ["a"])) == {"a"}


def test_while_another_writes_nothing_is_kept_and_nothing_fails(filled) -> None:
    cache = SqlVectorCache(filled, patience_ms=50)
    with filled.transactions() as uow:
        uow.carriers.put(a_carrier())

        cache.put_many("encoder@1", vectors("a"))

    assert cache.get_many("encoder@1", ["a"]) == {}


def test_vectors_leave_the_registrys_version_alone(filled) -> None:
    cache = SqlVectorCache(filled)
    with filled.transactions() as uow:
        before = uow.registry_version()
    cache.put_many("encoder@1", vectors("a"))

    with filled.transactions() as uow:
        assert uow.registry_version() == before


def test_an_encoder_with_this_cache_reads_each_text_once(cache) -> None:
    class Counting(HashingEncoder):
        read = 0

        def encode(self, texts, languages):
            Counting.read += len(texts)
            return super().encode(texts, languages)

    for _ in range(2):
        embeddings = CachedEncoder(Counting(), cache).encode(["甲", "b", "b"], ["zh", "en", "en"])

    assert Counting.read == 2
    np.testing.assert_array_equal(embeddings, HashingEncoder().encode(["甲", "b", "b"], ["zh", "en", "en"]))


FILL = """
import sys
import numpy as np
from data.tables import VectorRow
from data.unit_of_work import open_store
from data.vectors import SqlVectorCache
store = open_store(sys.argv[1])
cache = SqlVectorCache(store)
for start in range(0, 300, 10):
    cache.put_many("encoder@1", {f"h{n}": np.full(8, n, np.float32) for n in range(start, start + 20)})
store.close()
"""


def test_two_processes_fill_one_cache(cache, url) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", FILL, url], stderr=subprocess.PIPE, text=True) for _ in "ab"]

    assert [(process.communicate(timeout=60)[1], process.returncode) for process in processes] == [("", 0)] * 2
    found = cache.get_many("encoder@1", [f"h{n}" for n in range(310)])
    assert {name: float(vector[0]) for name, vector in found.items()} == {f"h{n}": float(n) for n in range(310)}
