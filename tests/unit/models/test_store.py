"""The store of models: whole artefacts or none, and one small file that says which is in force."""

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from matcher.domain.errors import InvalidField, InvalidFile, ModelNotFound, StoreBusy
from models.artefacts import ARTEFACT, RELEASED, ArtefactId
from models.learned_ranker import LEARNED
from models.model_files import RELEASED as RELEASED_FOLDERS
from models.model_files import Kind
from models.pointer import POINTER, Pointer, locked
from models.rankers import PRIOR
from models.reader_store import MANIFEST, WEIGHTS
from models.serving import open_ranker, serving_ranker, serving_reader
from models.store import PART, ModelStore
from tests.released import released_encoder, vocabulary

DAY = date(2026, 11, 25)
RANKER = RELEASED_FOLDERS[Kind.RANKER]
RELEASED_RANKER = ArtefactId(Kind.RANKER, RELEASED)
PROJECT = Path(__file__).parents[3]


@pytest.fixture
def store(tmp_path) -> ModelStore:
    return ModelStore(tmp_path / "models")


def a_prior(folder: Path, version: int) -> Path:
    """A ranker that is the documented prior under another version."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (RANKER / PRIOR).read_text(encoding="utf-8")
    lines = [f"version: {version}" if line.startswith("version:") else line for line in text.splitlines()]
    (folder / PRIOR).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def add_prior(store: ModelStore, tmp_path: Path, version: int) -> ArtefactId:
    id, _ = store.add(a_prior(tmp_path / f"prior-{version}", version), DAY)
    return id


def promote(store: ModelStore, id: ArtefactId) -> None:
    instead_of = store.pointer(id.kind).in_force.revision
    store.promote(id, instead_of=instead_of, on=DAY, figures={})


def served(store: ModelStore):
    _, one = serving_ranker(store, released_encoder().id)
    return one


# What is there


def test_the_released_models_are_always_there_and_in_force(store) -> None:
    assert store.ids() == [ArtefactId(kind, RELEASED) for kind in Kind]
    assert [store.in_force(kind).is_released for kind in Kind] == [True, True]
    assert not store.root.exists()


def test_a_manifest_says_what_the_model_is_and_which_bytes_belong_to_it(store) -> None:
    id, is_new = store.add(RELEASED_FOLDERS[Kind.READER], DAY)

    manifest = store.manifest(id)

    assert is_new
    assert manifest.model == id.revision
    assert manifest.encoder == released_encoder().id
    assert manifest.created == DAY.isoformat()
    assert set(manifest.versions) == {"python", "numpy", "scikit-learn", "scipy"}
    assert {"threshold_site", "temperature_field"} <= set(manifest.calibration)
    assert manifest.data
    assert manifest.files == store.manifest(ArtefactId(Kind.READER, RELEASED)).files
    assert sorted(one.name for one in store.folder(id).iterdir()) == sorted([*manifest.files, ARTEFACT])


def test_the_figures_of_a_learned_ranker_are_kept(store) -> None:
    id, _ = store.add(RANKER, DAY)

    assert set(store.manifest(id).metrics) == {"ndcg5_prior", "ndcg5_cross_validated"}
    assert set(store.manifest(id).calibration) == {"slope", "intercept"}


def test_adding_the_same_model_twice_changes_nothing(store, tmp_path) -> None:
    first = add_prior(store, tmp_path, 7)

    assert store.add(tmp_path / "prior-7", DAY) == (first, False)


def test_another_model_with_the_id_of_one_gets_a_revision_of_its_own(store, tmp_path) -> None:
    first = add_prior(store, tmp_path, 7)
    other = a_prior(tmp_path / "other", 7)
    with (other / PRIOR).open("a", encoding="utf-8") as file:
        file.write("# other bytes\n")

    id, is_new = store.add(other, DAY)

    assert is_new
    assert id.revision.startswith(f"{first.revision}-")
    assert store.manifest(id).model == store.manifest(first).model
    assert store.add(other, DAY) == (id, False)


def test_a_folder_without_a_model_is_refused(store, tmp_path) -> None:
    with pytest.raises(InvalidFile, match="does not hold one reader or one ranker"):
        store.add(tmp_path, DAY)


@pytest.mark.parametrize("name", ["../x", "..", ".hidden", "a/b", "a..b", "", "a\\b", "x" * 101, "a\n", "/etc"])
def test_a_revision_cannot_lead_out_of_the_store(name) -> None:
    with pytest.raises(InvalidField):
        ArtefactId(Kind.RANKER, name)
    with pytest.raises(InvalidField):
        ArtefactId.parse(f"ranker/{name}")


def test_a_model_whose_own_id_leads_out_of_the_store_is_refused(store, tmp_path) -> None:
    folder = a_prior(tmp_path / "prior", 7)
    text = (folder / PRIOR).read_text(encoding="utf-8").replace("\nid: additive-prior", "\nid: ../../outside")
    (folder / PRIOR).write_text(text, encoding="utf-8")

    with pytest.raises(InvalidField):
        store.add(folder, DAY)
    assert store.ids() == ModelStore(tmp_path / "nowhere").ids()


@pytest.mark.parametrize("text", ["released", "encoder/released", "ranker", ""])
def test_an_id_names_kind_and_revision(text) -> None:
    with pytest.raises(InvalidField, match="ranker/released"):
        ArtefactId.parse(text)


# Half-written and damaged


def test_what_a_killed_process_left_is_no_model_and_is_cleared_by_the_next(store, tmp_path) -> None:
    left = store.root / Kind.RANKER / PART
    left.mkdir(parents=True)
    (left / LEARNED).write_text("{", encoding="utf-8")

    assert store.ids() == ModelStore(tmp_path / "nowhere").ids()
    id = add_prior(store, tmp_path, 7)

    assert sorted(one.name for one in store.folder(id).iterdir()) == [ARTEFACT, PRIOR]
    assert not left.exists()


KILLED = """
import os, shutil, signal, sys
from datetime import date
from pathlib import Path
from models.store import ModelStore

copy = shutil.copyfile
def copied_and_killed(source, target):
    copy(source, target)
    os.kill(os.getpid(), signal.SIGKILL)
shutil.copyfile = copied_and_killed
ModelStore(Path(sys.argv[1])).add(Path(sys.argv[2]), date(2026, 11, 25))
"""


def test_a_process_killed_while_it_adds_leaves_what_was_in_force(store, tmp_path) -> None:
    promote(store, add_prior(store, tmp_path, 7))
    before = store.ids()

    killed = subprocess.run([sys.executable, "-c", KILLED, store.root, RANKER], cwd=PROJECT, check=False)

    assert killed.returncode == -signal.SIGKILL
    assert store.ids() == before
    assert (served(store).model, served(store).trouble) == ("additive-prior@7", None)
    assert store.add(RANKER, DAY)[1]  # its lock ended with it


def spoil_a_file(folder: Path) -> None:
    (folder / PRIOR).write_text("{}", encoding="utf-8")


def lose_a_file(folder: Path) -> None:
    (folder / PRIOR).unlink()


def lose_the_manifest(folder: Path) -> None:
    (folder / ARTEFACT).unlink()


def halve_the_manifest(folder: Path) -> None:
    text = (folder / ARTEFACT).read_text(encoding="utf-8")
    (folder / ARTEFACT).write_text(text[: len(text) // 2], encoding="utf-8")


def slip_a_file_in(folder: Path) -> None:
    shutil.copyfile(RANKER / LEARNED, folder / LEARNED)


def another_form(folder: Path) -> None:
    content = json.loads((folder / ARTEFACT).read_text(encoding="utf-8"))
    (folder / ARTEFACT).write_text(json.dumps(content | {"form": 99}), encoding="utf-8")


def take_it_away(folder: Path) -> None:
    shutil.rmtree(folder)


DAMAGES = (
    spoil_a_file,
    lose_a_file,
    lose_the_manifest,
    halve_the_manifest,
    slip_a_file_in,
    another_form,
    take_it_away,
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_model_is_never_put_in_force(store, tmp_path, damage) -> None:
    id = add_prior(store, tmp_path, 7)
    damage(store.folder(id))

    with pytest.raises(ModelNotFound):
        promote(store, id)
    assert store.in_force(Kind.RANKER) == RELEASED_RANKER


@pytest.mark.parametrize("damage", DAMAGES)
def test_where_the_model_in_force_is_damaged_the_released_one_serves_and_that_is_said(store, tmp_path, damage) -> None:
    id = add_prior(store, tmp_path, 7)
    promote(store, id)
    damage(store.folder(id))

    assert served(store).id == RELEASED_RANKER
    assert "the released one serves" in str(served(store).trouble)


def test_a_model_exchanged_with_its_manifest_is_noticed(store, tmp_path) -> None:
    id = add_prior(store, tmp_path, 7)
    promote(store, id)
    shutil.rmtree(store.folder(id))
    other = a_prior(tmp_path / "other", 7)
    with (other / PRIOR).open("a", encoding="utf-8") as file:
        file.write("# other bytes\n")
    assert store.add(other, DAY) == (id, True)

    assert "is not the model that was put in force" in str(served(store).trouble)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"in_force": {"revision": "../../x"}, "before": []}'])
def test_a_damaged_pointer_leaves_the_released_model_and_is_said(store, tmp_path, content) -> None:
    promote(store, add_prior(store, tmp_path, 7))
    (store.root / Kind.RANKER / POINTER).write_text(content, encoding="utf-8")

    assert served(store).id == RELEASED_RANKER
    assert POINTER in str(served(store).trouble)
    other = add_prior(store, tmp_path, 8)
    with pytest.raises(ModelNotFound, match=POINTER):
        store.promote(other, instead_of=RELEASED, on=DAY, figures={})


def test_a_reader_of_another_encoder_does_not_serve(store, tmp_path) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(RELEASED_FOLDERS[Kind.READER], folder)
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(
        json.dumps(content | {"id": "linear-reader@foreign", "encoder": "another@1"}), encoding="utf-8"
    )
    id, _ = store.add(folder, DAY)
    promote(store, id)

    reader, one = serving_reader(store, released_encoder(), vocabulary())

    assert (one.id.is_released, one.model) == (True, reader.id)
    assert "another@1" in str(one.trouble)


def test_a_ranker_of_another_encoder_is_named(store, tmp_path) -> None:
    folder = tmp_path / "ranker"
    shutil.copytree(RANKER, folder)
    content = json.loads((folder / LEARNED).read_text(encoding="utf-8"))
    (folder / LEARNED).write_text(json.dumps(content | {"id": "x@1", "encoder": "another@1"}), encoding="utf-8")
    id, _ = store.add(folder, DAY)

    with pytest.raises(ModelNotFound, match="another@1"):
        open_ranker(store, id, released_encoder().id)


def test_weights_that_do_not_fit_the_reader_are_found_before_the_first_request(store, tmp_path) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(RELEASED_FOLDERS[Kind.READER], folder)
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:1000])
    id, _ = store.add(folder, DAY)
    promote(store, id)

    _, one = serving_reader(store, released_encoder(), vocabulary())

    assert one.id.is_released
    assert "damaged" in str(one.trouble)


# In force


def test_rolling_back_goes_the_same_way_in_reverse(store, tmp_path) -> None:
    ids = [add_prior(store, tmp_path, version) for version in (7, 8, 9)]
    for id in (*ids, RELEASED_RANKER, ids[0]):
        promote(store, id)
    pointer = store.root / Kind.RANKER / POINTER

    seen = []
    while store.pointer(Kind.RANKER).before:
        seen.append(store.rollback(Kind.RANKER, instead_of=store.in_force(Kind.RANKER).revision))

    assert seen == [RELEASED_RANKER, *reversed(ids), RELEASED_RANKER]
    assert Pointer.read(pointer.parent) == Pointer()
    with pytest.raises(ModelNotFound, match="nothing to go back to"):
        store.rollback(Kind.RANKER, instead_of=RELEASED)


def test_a_promotion_rolled_back_leaves_the_same_bytes(store, tmp_path) -> None:
    first, second = (add_prior(store, tmp_path, version) for version in (7, 8))
    promote(store, first)
    pointer = store.root / Kind.RANKER / POINTER
    before = pointer.read_bytes()

    promote(store, second)
    store.rollback(Kind.RANKER, instead_of=second.revision)

    assert pointer.read_bytes() == before


def test_one_does_not_go_back_to_a_damaged_model(store, tmp_path) -> None:
    first, second = (add_prior(store, tmp_path, version) for version in (7, 8))
    promote(store, first)
    promote(store, second)
    spoil_a_file(store.folder(first))

    with pytest.raises(ModelNotFound):
        store.rollback(Kind.RANKER, instead_of=second.revision)
    assert store.in_force(Kind.RANKER) == second


def test_a_pointer_that_is_half_written_is_never_seen(store, tmp_path) -> None:
    promote(store, add_prior(store, tmp_path, 7))
    (store.root / Kind.RANKER / f".{POINTER}.part").write_text("{", encoding="utf-8")

    assert served(store).model == "additive-prior@7"


def test_who_compared_with_another_model_than_the_one_in_force_must_compare_again(store, tmp_path) -> None:
    first, second = (add_prior(store, tmp_path, version) for version in (7, 8))
    promote(store, first)

    with pytest.raises(StoreBusy, match="additive-prior@7"):
        store.promote(second, instead_of=RELEASED, on=DAY, figures={})


PROMOTING = """
import sys
from datetime import date
from pathlib import Path
from matcher.domain.errors import StoreBusy
from models.artefacts import ArtefactId
from models.store import ModelStore

store, id = ModelStore(Path(sys.argv[1])), ArtefactId.parse(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
try:
    store.promote(id, instead_of="released", on=date(2026, 11, 25), figures={})
except StoreBusy:
    sys.exit(3)
"""


def test_of_two_processes_that_promote_at_once_one_wins_and_the_other_is_told(store, tmp_path) -> None:
    ids = [add_prior(store, tmp_path, version) for version in (7, 8)]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROMOTING, store.root, str(id)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for id in ids
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=60)

    codes = [process.returncode for process in processes]
    assert sorted(codes) == [0, 3]
    assert store.in_force(Kind.RANKER) == ids[codes.index(0)]
    assert len(store.pointer(Kind.RANKER).before) == 1


def test_the_lock_is_free_again_after_its_block(tmp_path) -> None:
    for _ in range(2):
        with locked(tmp_path):
            assert os.listdir(tmp_path)
