"""Reading the judged texts."""

import json
from collections import Counter

import pytest

from data.qrels import qrels_folder, read_qrels
from data.seed import read_seed, seed_folder
from matcher.domain.errors import InvalidFile
from matcher.domain.startups import Outcome

A_TEXT = {
    "id": "d1",
    "lang": "en",
    "text": "We make pumps.",
    "labels": {
        "chain": "equipment",
        "industry": "equipment",
        "subfields": ["equipment.robotics"],
        "stage": None,
        "services": [],
        "capabilities": [],
        "site": [],
        "outcome": "ranked",
        "flags": [],
    },
}


def write(folder, name, *rows):
    (folder / name).write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def changed(**labels):
    return A_TEXT | {"labels": A_TEXT["labels"] | labels}


def test_the_judgements_of_the_project_have_the_counts_of_their_card() -> None:
    qrels = read_qrels(qrels_folder())

    assert Counter(startup.language for startup in qrels.startups) == {"zh": 50, "en": 25, "de": 25, "mixed": 20}
    assert Counter(startup.labels.outcome for startup in qrels.startups)[Outcome.RANKED] == 88
    assert len(qrels.graded) == 108
    assert Counter(grade for grades in qrels.grades.values() for grade in grades.values()) == {3: 135, 2: 221, 1: 411}


def test_every_judgement_of_the_project_speaks_of_known_terms_and_carriers() -> None:
    seed, qrels = read_seed(seed_folder()), read_qrels(qrels_folder())

    for labels in (startup.labels for startup in qrels.startups):
        terms = {labels.industry, *labels.subfields, *labels.services, *labels.capabilities, *labels.site}
        assert terms | ({labels.stage} - {None}) <= set(seed.vocabulary.by_id)
    graded = {carrier for grades in qrels.grades.values() for carrier in grades}
    assert graded <= {carrier.id for carrier in seed.carriers if carrier.city == "太仓"}


def test_texts_may_come_without_grades(tmp_path) -> None:
    write(tmp_path, "startups.jsonl", A_TEXT)

    qrels = read_qrels(tmp_path)

    assert qrels.startups[0].text == "We make pumps."
    assert qrels.graded == ()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (changed(outcome="maybe"), "maybe"),
        (changed(chain="shipping"), "shipping is neither a chain nor none"),
        ({"id": "d1"}, "labels"),
        (A_TEXT | {"lang": "fr"}, "fr"),
    ],
)
def test_a_broken_line_is_named_with_its_file_and_number(tmp_path, row, reason) -> None:
    write(tmp_path, "startups.jsonl", A_TEXT | {"id": "d0"}, row)

    with pytest.raises(InvalidFile, match=f"startups.jsonl, line 2 .*{reason}"):
        read_qrels(tmp_path)


def test_a_grade_out_of_range_is_refused(tmp_path) -> None:
    write(tmp_path, "startups.jsonl", A_TEXT)
    write(tmp_path, "grades.jsonl", {"id": "d1", "grades": {"cn1": 4}})

    with pytest.raises(InvalidFile, match="grade of cn1 for d1 is 4"):
        read_qrels(tmp_path)


def test_grades_of_a_text_that_is_not_there_are_refused(tmp_path) -> None:
    write(tmp_path, "startups.jsonl", A_TEXT)
    write(tmp_path, "grades.jsonl", {"id": "d2", "grades": {"cn1": 1}})

    with pytest.raises(InvalidFile, match="grades for d2"):
        read_qrels(tmp_path)


def test_a_text_that_comes_twice_is_refused(tmp_path) -> None:
    write(tmp_path, "startups.jsonl", A_TEXT, A_TEXT)

    with pytest.raises(InvalidFile, match="same id"):
        read_qrels(tmp_path)


def test_a_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(InvalidFile, match=r"startups\.jsonl cannot be read"):
        read_qrels(tmp_path)
