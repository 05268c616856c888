"""`matcher backup` and `matcher restore`."""

import json
import stat

from tests.cli.conftest import Run, run_in


def carriers(run: Run) -> list[object]:
    return json.loads(run("carriers", "--json").stdout)["carriers"]


def test_a_backup_fills_a_fresh_store(run, run_fresh, tmp_path) -> None:
    file = tmp_path / "backup.gz"

    written = run("backup", str(file))
    restored = run_fresh("restore", str(file))

    assert written.exit_code == restored.exit_code == 0
    assert "Backed up:" in written.stdout
    assert "Restored:" in restored.stdout
    assert carriers(run_fresh) == carriers(run) != []
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {one.name for one in tmp_path.iterdir()} == {"backup.gz", "var"}


def test_a_store_that_is_in_use_is_replaced_only_when_asked(run, run_fresh, tmp_path) -> None:
    file = tmp_path / "backup.gz"
    run("backup", str(file))
    run_fresh("restore", str(file))

    refused = run_fresh("restore", str(file))
    replaced = run_fresh("restore", str(file), "--replace")

    assert (refused.exit_code, replaced.exit_code) == (2, 0)
    assert "The store is not empty; `--replace` gives up all that it holds." in " ".join(refused.stderr.split())


def test_a_file_that_is_no_backup_makes_no_store(run_fresh, tmp_path) -> None:
    file = tmp_path / "letter.gz"
    file.write_text("a letter", encoding="utf-8")

    refused = run_fresh("restore", str(file))

    assert refused.exit_code == 2
    assert "letter.gz is damaged or no backup; nothing was changed." in refused.stderr
    assert not (tmp_path / "var").exists()


def test_a_store_that_is_not_there_is_not_backed_up_and_leaves_no_file(run_fresh, tmp_path) -> None:
    refused = run_fresh("backup", str(tmp_path / "backup.gz"))

    assert refused.exit_code == 2
    assert "no tables yet" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said(run) -> None:
    full = run("backup", "/dev/full")

    assert full.exit_code == 2
    assert "The disk is full." in full.stderr


def test_a_folder_that_is_not_there_is_named(filled, tmp_path) -> None:
    refused = run_in(filled, "backup", str(tmp_path / "nowhere" / "backup.gz"))

    assert refused.exit_code == 2
    assert "cannot be written" in refused.stderr
