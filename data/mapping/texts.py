"""Words in three languages, and their place in a JSON column."""

from collections.abc import Mapping

from matcher.domain.messages import Texts


def texts_from(column: Mapping[str, str]) -> Texts:
    return Texts(column["zh"], column["en"], column["de"])


def texts_column(texts: Texts) -> dict[str, str]:
    return {"zh": texts.zh, "en": texts.en, "de": texts.de}


def optional_texts_from(column: Mapping[str, str] | None) -> Texts | None:
    return None if column is None else texts_from(column)


def optional_texts_column(texts: Texts | None) -> dict[str, str] | None:
    return None if texts is None else texts_column(texts)
