"""Says messages in Chinese, English and German: the English text is the id in the catalogues."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Self

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from matcher.domain.messages import Language, Message, Texts

TRANSLATIONS = Path(__file__).parent / "translations"
TRANSLATED = (Language.ZH, Language.DE)  # English is the id

Catalogue = Mapping[str, str]


@dataclass(frozen=True)
class Sentences:
    """The catalogues, read once; a sentence that one does not have is said in English."""

    catalogues: Mapping[Language, Catalogue] = field(default_factory=dict)
    zone: tzinfo = UTC  # in which a moment is told

    @classmethod
    def load(cls, folder: Path = TRANSLATIONS, zone: tzinfo = UTC) -> Self:
        """Read the catalogues of this folder.

        Raises:
            ValueError: a translation has other gaps than its sentence.
        """
        return cls({language: _read(folder / f"{language}.po") for language in TRANSLATED}, zone)

    def say(self, message: Message, language: Language) -> str:
        """The sentence in this language, its gaps filled as this language writes them."""
        spoken = language.spoken
        catalogue = self.catalogues.get(spoken)
        text = catalogue.get(message.text, message.text) if catalogue else message.text
        if not message.params and "{" not in text:
            return text
        return text.format(**{name: self._filled(value, spoken) for name, value in message.params.items()})

    def day(self, value: date, language: Language) -> str:
        """A date as it is written; a moment falls on the day that it is in this zone."""
        day = value.astimezone(self.zone).date() if isinstance(value, datetime) else value
        return format_date(day, "long", locale=language)

    def _filled(self, value: object, language: Language) -> str:
        if type(value) is str:  # most are
            return value
        if isinstance(value, Texts):
            return value.say(language)
        if isinstance(value, Message):
            return self.say(value, language)
        if isinstance(value, tuple):
            return ("、" if language is Language.ZH else ", ").join(self._filled(one, language) for one in value)
        if isinstance(value, date):
            return self.day(value, language)
        if isinstance(value, (int, float)):
            return _number(value, language)
        return str(value)


def gaps(text: str) -> frozenset[str]:
    """The names of the gaps in a sentence."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@lru_cache(maxsize=4096)
def _number(value: float, language: Language) -> str:
    return format_decimal(value, locale=language)


def _read(path: Path) -> Catalogue:
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        entries = {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}
    for sentence, translation in entries.items():
        if gaps(sentence) != gaps(translation):
            raise ValueError(f"{path.name}: the translation of {sentence!r} has other gaps")
    return entries
