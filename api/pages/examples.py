"""Texts to try the first page with: one in each language, of firms that do not exist."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Example:
    id: str
    language: str
    name: str  # says that the firm is invented
    text: str


@cache
def examples() -> tuple[Example, ...]:
    """Those of `data/demo`."""
    lines = (files("data") / "demo" / "startups.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Example(**json.loads(line)) for line in lines)
