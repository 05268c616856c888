"""An empty table to fill in, with its heading explained and one row as an example that is never read."""

from collections.abc import Callable, Sequence

import orjson

from data.tabular.columns import COMMENT, Column, nested, value_of
from data.tabular.writing import written
from matcher.domain.imports import FileForm
from matcher.domain.messages import Message

COMMENTS = (
    Message("One row for each record, below the heading. Rows that begin with # are not read: explanations, examples."),
    Message("An empty cell means unknown. Lists are written as a; b. true and false may be written in your language."),
    Message("Leave out whole columns that you do not need. Ids are those of the vocabulary."),
)


def template(form: FileForm, columns: Sequence[Column], say: Callable[[Message], str]) -> bytes:
    """The file, with explanations as `say` says them; one of JSON lines holds the example alone."""
    asked = [column for column in columns if not column.read_only]
    record = nested(asked, {column.name: value_of(column, column.example) for column in asked})
    if form is FileForm.JSONL:
        return orjson.dumps({name: value for name, value in record.items() if value is not None}) + b"\n"
    return written([record], form, asked, [f"{COMMENT} {say(comment)}" for comment in COMMENTS])
