import json
from dataclasses import replace
from shutil import copytree

import numpy as np
import pytest

from matcher.domain.errors import ModelNotFound
from matcher.domain.taxonomy import Facet
from models.linear_head import LinearHead
from models.reader_store import HEADS, MANIFEST, PIECES, RELEASED, WEIGHTS, load_model, save_model
from models.readers import LearnedReader, load_reader
from models.token_vocabulary import TokenVocabulary
from tests.released import released_encoder, vocabulary

FACTS = {"encoder": "some@1", "thresholds": {"services": 0.5}, "temperatures": {"field": 2.0}}
PATTERNS = {"need.site": ["厂房"]}


def save_a_model(folder, weight=1.0) -> None:
    head = LinearHead(("a", "b"), np.full((2, 2), weight, np.float32), np.ones((3, 2), np.float32),
                      np.ones((1, 2), np.float32), np.zeros(2, np.float32))  # fmt: skip
    save_model(
        folder, TokenVocabulary(("光", "激"), np.ones(2, np.float32)), dict.fromkeys(HEADS, head), PATTERNS, FACTS
    )


def test_a_model_comes_back_as_it_was_saved(tmp_path) -> None:
    save_a_model(tmp_path)

    model = load_model(tmp_path)

    assert model.vocabulary.pieces == ("光", "激")
    assert model.heads["stage"].classes == ("a", "b")
    assert model.cues.ids == ("need.site",)
    assert (model.encoder_id, model.thresholds, model.temperatures) == ("some@1", {"services": 0.5}, {"field": 2.0})


def test_its_id_changes_with_its_weights(tmp_path) -> None:
    save_a_model(tmp_path / "one")
    save_a_model(tmp_path / "same")
    save_a_model(tmp_path / "other", weight=2.0)

    one, same, other = (load_model(tmp_path / name).id for name in ("one", "same", "other"))
    assert one == same != other


@pytest.mark.parametrize("name", [WEIGHTS, PIECES, MANIFEST])
def test_a_missing_file_is_named(tmp_path, name) -> None:
    save_a_model(tmp_path)
    (tmp_path / name).unlink()

    with pytest.raises(ModelNotFound, match=name):
        load_model(tmp_path)


def test_a_reader_refuses_another_encoder() -> None:
    model = replace(load_model(), encoder_id="another@1")

    with pytest.raises(ModelNotFound, match="another@1"):
        LearnedReader(model, released_encoder(), vocabulary())


def test_the_reader_may_lie_in_another_folder(tmp_path) -> None:
    folder = copytree(RELEASED, tmp_path / "reader")

    assert load_reader(released_encoder(), vocabulary(), folder).id == load_model().id


def test_the_released_reader_knows_only_ids_of_the_vocabulary() -> None:
    heads = load_model().heads
    needs = {*vocabulary().ids(Facet.SERVICE), *vocabulary().ids(Facet.CAPABILITY), *vocabulary().ids(Facet.SITE)}

    assert set(heads["field"].classes) <= set(vocabulary().ids(Facet.SUBFIELD))
    assert set(heads["stage"].classes) == {*vocabulary().ids(Facet.STAGE), "unknown"}
    assert set(heads["needs"].classes) == set(load_model().cues.ids) <= needs
    assert set(heads["gate"].classes) == {"readable", "needs_more_information", "out_of_scope"}


def test_the_released_manifest_says_how_it_was_made() -> None:
    manifest = json.loads((RELEASED / MANIFEST).read_text(encoding="utf-8"))

    assert manifest["encoder"] == released_encoder().id
    assert manifest["data"]["invented"] is True
    assert set(manifest["thresholds"]) == {"services", "capabilities", "site"}
