"""The encoders beyond what the contract asks of each."""

import json
import subprocess
import sys
from hashlib import sha256
from importlib.util import find_spec
from itertools import islice

import numpy as np
import pytest

from matcher.domain.errors import EncoderUnavailable, ModelNotFound
from models.centring import ALL, Means, unit
from models.encoders import RELEASED, CachedEncoder, HashingEncoder, OnnxEncoder, load_encoder
from models.int8 import PAIR_RANGE, quantise
from models.own_texts import own_texts
from models.q4 import dequantise

needs_torch = pytest.mark.needs("torch", "sentence_transformers")
LIMIT_BYTES = 40 * 10**6


@pytest.fixture(scope="module")
def released() -> OnnxEncoder:
    return OnnxEncoder()


def real_texts(n_texts: int) -> list[tuple[str, str]]:
    """Language and text, the languages in turns."""
    texts = own_texts()
    by_language = [[row for row in texts if row[0] == language] for language in ("zh", "en", "de")]
    return list(islice((row for rows in zip(*by_language, strict=False) for row in rows), n_texts))


# The released files


def test_the_manifest_tells_the_true_hash_of_every_file() -> None:
    manifest = json.loads((RELEASED / "manifest.json").read_text(encoding="utf-8"))

    for name, expected in manifest["sha256"].items():
        assert sha256((RELEASED / name).read_bytes()).hexdigest() == expected, name


def test_the_released_files_stay_small() -> None:
    assert sum(path.stat().st_size for path in RELEASED.rglob("*") if path.is_file()) < LIMIT_BYTES


def test_a_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(ModelNotFound, match=r"graph\.onnx"):
        OnnxEncoder(tmp_path)


# Reading texts


def test_the_same_in_another_language_is_nearer_than_something_else(released) -> None:
    vectors = released.encode(
        ["我们做手术机器人，需要动物实验平台。", "We make surgical robots.", "Wir bauen Raketentriebwerke."],
        ["zh", "en", "de"],
    )

    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_a_long_text_is_read_to_its_end(released) -> None:
    filler = "Wir sind ein Team aus Aachen. " * 150
    assert released.n_tokens(filler) > 2 * 512

    one, other = released.encode([filler + "Biotech. " * 60, filler + "Satelliten. " * 60], ["de", "de"])

    assert one @ other < 0.999


def test_windows_of_a_long_text_are_pooled_by_their_tokens(released) -> None:
    sentence = "A quiet valve for hydrogen engines, tested for a year. "
    once, often = released.encode_raw([sentence * 20, sentence * 100])

    assert once @ often > 0.98


def test_a_span_resembles_its_own_words_most(released) -> None:
    text = "我们研发眼科基因治疗药物。另外还缺一条火箭发动机试车台。"
    cut = text.index("另外")

    _, parts = released.encode_parts([text], ["zh"], [[(0, cut), (cut, len(text))]])
    medicine, rocket = released.encode(["眼科基因治疗药物", "火箭发动机试车台"], ["zh", "zh"])

    assert parts[0][0] @ medicine > parts[0][1] @ medicine
    assert parts[0][1] @ rocket > parts[0][0] @ rocket


def test_a_span_may_lie_across_two_windows(released) -> None:
    text = "Lasers for chip inspection. " * 200

    whole, parts = released.encode_parts([text], ["en"], [[(0, len(text))]])

    assert whole[0] @ parts[0][0] > 0.95


def test_no_ordinary_text_has_unknown_pieces(released) -> None:
    unknown = 3
    texts = ["量子芯片研发", "Lärmschutzwände aus Größenordnung", "Robotics-as-a-Service, 3.5% p.a.", "10～20万元"]

    assert all(unknown not in released._cutter.tokenise(text).ids for text in texts)


def test_elements_without_a_piece_of_their_own_are_understood(released) -> None:
    vectors = released.encode(["氮化镓器件", "gallium nitride devices", "silicon carbide devices"], ["zh", "en", "en"])

    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1


def test_torch_is_not_imported() -> None:
    script = "import sys, models.encoders as e; e.load_encoder(); print('torch' in sys.modules, end='')"

    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout == b"False"


# The same model in Sentence Transformers


@needs_torch
def test_the_released_encoder_agrees_with_sentence_transformers(released) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - an optional package

    rows = real_texts(45)
    texts, languages = [text for _, text in rows], [language for language, _ in rows]
    model = SentenceTransformer(str(RELEASED), trust_remote_code=True, device="cpu")
    reference = np.asarray(model.encode(texts, show_progress_bar=False))
    means = Means.load(RELEASED / "means.json")

    raw_cosines = (released.encode_raw(texts) * reference).sum(axis=1)
    centred_cosines = (released.encode(texts, languages) * means.centre(reference, languages)).sum(axis=1)

    assert raw_cosines.min() > 0.999
    assert centred_cosines.min() > 0.99


@needs_torch
def test_an_unpacked_encoder_is_an_ordinary_model_with_means_of_its_own(tmp_path, released) -> None:
    from models.unpack_encoder import unpack_encoder  # noqa: PLC0415 - beside its only test

    unpack_encoder(RELEASED, tmp_path / "model")
    samples = {"en": ["A quantum start-up", "A seed fund"], "de": ["Ein Gründerzentrum", "Ein Labor"]}
    asked = []
    encoder = load_encoder(
        str(tmp_path / "model"),
        centring_texts=lambda: asked.append(1) or samples,
        means_folder=tmp_path / "means",
    )
    texts = ["Laser", "", "Ein sehr langer Satz über Laser. " * 120]

    vectors = encoder.encode(texts, ["en", "de", "de"])
    raw = encoder.encode_raw(texts)
    encoder.encode(["again"], ["en"])

    assert vectors.shape == (3, released.dims)
    assert not vectors[1].any()
    assert raw[0] @ released.encode_raw(texts)[0] > 0.999
    assert raw[2] @ released.encode_raw(texts)[2] > 0.99
    assert asked == [1]
    assert len(list((tmp_path / "means").iterdir())) == 1


# Encoders that cannot be had


def test_a_folder_that_does_not_exist_is_named() -> None:
    with pytest.raises(EncoderUnavailable, match=r"\./no-such-model.*no such folder"):
        load_encoder("./no-such-model")


@needs_torch
def test_a_model_that_cannot_be_downloaded_is_named() -> None:
    impossible = "nobody/no such model"  # no name on the hub holds a space, so the network is not asked

    with pytest.raises(EncoderUnavailable, match=rf"{impossible}.*not to be downloaded"):
        load_encoder(impossible)


@pytest.mark.skipif(find_spec("huggingface_hub") is not None, reason="needs a machine without the extra 'encoder'")
def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(EncoderUnavailable, match=r"pip install matcher\[encoder\]"):
        load_encoder("intfloat/multilingual-e5-small")


# Remembering


class CountingEncoder(HashingEncoder):
    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def encode(self, texts, languages):
        self.read.extend(texts)
        return super().encode(texts, languages)


class KeptInMemory(dict):
    def get_many(self, encoder_id, hashes):
        return {key: self[encoder_id, key] for key in hashes if (encoder_id, key) in self}

    def put_many(self, encoder_id, vectors):
        self.update({(encoder_id, key): vector for key, vector in vectors.items()})


def test_a_cached_encoder_reads_only_what_is_new() -> None:
    behind = CountingEncoder()
    encoder = CachedEncoder(behind, KeptInMemory())

    encoder.encode(["a valve", "a laser"], ["en", "en"])
    vectors = encoder.encode(["a laser", "a rocket", "a valve", "a rocket"], ["en"] * 4)

    assert behind.read == ["a valve", "a laser", "a rocket"]
    np.testing.assert_array_equal(
        vectors, HashingEncoder().encode(["a laser", "a rocket", "a valve", "a rocket"], "eeee")
    )


def test_the_same_text_in_another_language_is_something_else() -> None:
    behind = CountingEncoder()
    encoder = CachedEncoder(behind, KeptInMemory())

    encoder.encode(["Taicang", "Taicang"], ["en", "de"])

    assert behind.read == ["Taicang", "Taicang"]


# The parts


def test_centring_takes_out_the_mean_of_the_language() -> None:
    means = Means({"en": np.array([1, 0], np.float32), ALL: np.array([0, 1], np.float32)})
    vectors = unit(np.array([[1, 1], [1, 1], [0, 0]], np.float32))

    centred = means.centre(vectors, ["en", "fr", "en"])

    assert centred[0, 1] > 0.9
    assert centred[1, 0] > 0.9
    assert not centred[2].any()


def test_means_survive_saving(tmp_path) -> None:
    means = Means.of({"zh": np.array([[0.5, 0.25], [0.25, 0.5]], np.float32), "en": np.ones((1, 2), np.float32)})

    means.save(tmp_path / "means.json")

    assert Means.load(tmp_path / "means.json").by_language[ALL].tolist() == [0.6875, 0.6875]


def test_four_bit_weights_hold_the_even_one_low() -> None:
    packed = np.full((1, 1, 16), 0x80, np.uint8)
    packed[0, 0, 0] = 0x9F

    weights = dequantise(packed, np.array([[0.5]], np.float16))

    assert weights[0, :4].tolist() == [3.5, 0.5, -4.0, 0.0]


def test_neighbouring_bytes_never_overflow_sixteen_bits() -> None:
    dense = np.random.default_rng(1).normal(size=(50, 64)).astype(np.float32)
    dense[0, :2] = 9

    weights, step = quantise(dense)

    pairs = np.maximum(weights.astype(int), 0).reshape(32, 2, 50).sum(axis=1)
    assert pairs.max() <= PAIR_RANGE + 1
    assert 255 * pairs.max() < 2**15
    np.testing.assert_allclose(weights.T * step[:, None], dense, atol=float(step.max()))
