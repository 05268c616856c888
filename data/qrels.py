"""Reads the judged texts and graded pairs that the quality is measured on."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from matcher.domain.errors import InvalidFile, InvalidInput
from matcher.domain.ids import CarrierId, StartupId, TermId
from matcher.domain.judgements import JudgedStartup, Labels, Qrels
from matcher.domain.messages import Language
from matcher.domain.startups import Outcome

WRITTEN_ON = date(2026, 11, 22)  # the day from which ages are counted in the texts of this project

T = TypeVar("T")


def qrels_folder() -> Path:
    """The judged texts of this project; its card says who judged them and how."""
    return Path(__file__).parent / "qrels"


def read_qrels(folder: Path) -> Qrels:
    """The texts of `startups.jsonl` with the grades of `grades.jsonl`, if there are any.

    Raises:
        InvalidFile: a file or line is not what it should be; names both.
    """
    startups = tuple(_rows(folder / "startups.jsonl", _startup))
    grades_file = folder / "grades.jsonl"
    grades = dict(_rows(grades_file, _grades)) if grades_file.exists() else {}
    try:
        return Qrels(startups=startups, grades=grades)
    except InvalidInput as error:
        raise InvalidFile(
            "The judgements in {folder} do not fit together: {reason}",
            field="folder",
            folder=folder.name,
            reason=error.message,
        ) from error


def _rows(file: Path, build: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidFile("The file {file} cannot be read as UTF-8 text.", field="file", file=file.name) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield build(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, InvalidInput) as error:
            raise InvalidFile(
                "{file}, line {line} is no judgement as described in the card: {reason}",
                field="file",
                file=file.name,
                line=number,
                reason=error.message if isinstance(error, InvalidInput) else f"{type(error).__name__}: {error}",
            ) from error


def _startup(row: dict[str, Any]) -> JudgedStartup:
    labels = row["labels"]
    return JudgedStartup(
        id=StartupId(row["id"]),
        language=Language(row["lang"]),
        text=row["text"],
        labels=Labels(
            outcome=Outcome(labels["outcome"]),
            chain=labels["chain"],
            industry=TermId(labels["industry"]),
            subfields=tuple(map(TermId, labels["subfields"])),
            stage=TermId(labels["stage"]) if labels["stage"] else None,
            services=frozenset(map(TermId, labels["services"])),
            capabilities=frozenset(map(TermId, labels["capabilities"])),
            site=frozenset(map(TermId, labels["site"])),
        ),
        twin=row.get("twin"),
    )


def _grades(row: dict[str, Any]) -> tuple[StartupId, dict[CarrierId, int]]:
    return StartupId(row["id"]), {CarrierId(carrier): int(grade) for carrier, grade in row["grades"].items()}
