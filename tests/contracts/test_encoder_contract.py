"""What every encoder promises."""

from collections.abc import Iterator

import numpy as np
import pytest

from models.encoders import CachedEncoder, HashingEncoder, OnnxEncoder

TEXTS = [
    "合肥一家做光量子芯片的初创公司，团队八人，想要洁净室和天使投资。",
    "We build exhaust valves for hydrogen engines and look for a pilot customer.",
    "Wir entwickeln Laserquellen für die Halbleiterprüfung und suchen ein Labor.",
    "AI大模型 + robotics, team of five, Sitz in Taicang.",
]
LANGUAGES = ["zh", "en", "de", "mixed"]
ODD_TEXTS = [
    "\x00\x07",
    "half \ud83d",
    "💡🚀",
    "e\u0301",
    "\ufeff",
    "한국어 かな",
    "٣٤",
    "a" * 3000,
    "\u200b",
    "<s></s>",
    "\n\t",
]


class KeptInMemory:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], np.ndarray] = {}

    def get_many(self, encoder_id, hashes):
        return {key: self.kept[encoder_id, key] for key in hashes if (encoder_id, key) in self.kept}

    def put_many(self, encoder_id, vectors):
        self.kept.update({(encoder_id, key): vector for key, vector in vectors.items()})


@pytest.fixture(scope="module", params=["released", "hashing", "cached"])
def encoder(request) -> Iterator[object]:
    return {
        "released": OnnxEncoder,
        "hashing": HashingEncoder,
        "cached": lambda: CachedEncoder(HashingEncoder(), KeptInMemory()),
    }[request.param]()


def test_its_id_names_a_revision(encoder) -> None:
    name, _, revision = encoder.id.partition("@")

    assert name
    assert revision


def test_there_is_one_vector_of_unit_length_per_text(encoder) -> None:
    vectors = encoder.encode(TEXTS, LANGUAGES)

    assert vectors.shape == (len(TEXTS), encoder.dims)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(encoder) -> None:
    vectors, parts = encoder.encode_parts([], [], [])

    assert encoder.encode([], []).shape == vectors.shape == (0, encoder.dims)
    assert parts == []


def test_a_vector_does_not_depend_on_the_texts_beside_it(encoder) -> None:
    together = encoder.encode(TEXTS, LANGUAGES)
    backwards = encoder.encode(TEXTS[::-1], LANGUAGES[::-1])[::-1]
    alone = np.concatenate([encoder.encode([text], [of]) for text, of in zip(TEXTS, LANGUAGES, strict=True)])

    np.testing.assert_allclose(together, backwards, atol=1e-5)
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_an_empty_text_gets_the_zero_vector(encoder) -> None:
    assert not encoder.encode(["", "  "], ["zh", "en"]).any()


@pytest.mark.parametrize("text", ODD_TEXTS, ids=ascii)
def test_odd_text_does_no_harm(encoder, text) -> None:
    vector = encoder.encode([text], ["en"])[0]

    length = np.linalg.norm(vector)
    assert np.isclose(length, 1, atol=1e-5) or length == 0


def test_an_unknown_language_is_read_all_the_same(encoder) -> None:
    assert np.isfinite(encoder.encode(["Une jeune pousse lyonnaise"], ["other"])).all()


def test_each_span_gets_a_vector_and_the_whole_stays_the_same(encoder) -> None:
    spans = [[(0, 12), (12, 20), (20, 31)], [], [(0, len(TEXTS[2]))], [(3, 3)]]

    wholes, parts = encoder.encode_parts(TEXTS, LANGUAGES, spans)

    np.testing.assert_allclose(wholes, encoder.encode(TEXTS, LANGUAGES), atol=1e-5)
    assert [part.shape for part in parts] == [(len(of_text), encoder.dims) for of_text in spans]
    np.testing.assert_allclose(np.linalg.norm(parts[0], axis=1), 1, atol=1e-5)
    assert not parts[3].any()


def test_lists_of_different_length_are_refused(encoder) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says it in its own words
        encoder.encode(TEXTS, LANGUAGES[:1])
