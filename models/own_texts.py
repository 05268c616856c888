"""The texts in this product's own data that resemble what will be encoded."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"


def own_texts(data: Path = DATA) -> list[tuple[str, str]]:
    """Language and text of the corpus and of the carriers' descriptions."""
    texts = []
    for path in sorted((data / "corpus").glob("*.jsonl")):
        for row in _rows(path):
            texts.append((row["lang"], row["text"]))
    for row in _rows(data / "seed" / "carriers.jsonl"):
        texts.extend(row["description"].items())
    return texts


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
