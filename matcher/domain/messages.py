"""A sentence with gaps, said in the caller's language only where it leaves the program."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class Language(StrEnum):
    """What a text is written in, or what a caller wants to read."""

    ZH = "zh"
    EN = "en"
    DE = "de"
    MIXED = "mixed"  # two of the three side by side
    OTHER = "other"  # none of the three

    @property
    def spoken(self) -> "Language":
        """The language to answer in: mixed and other texts are answered in Chinese and English."""
        return SPOKEN[self]


SPOKEN = {one: one for one in Language} | {Language.MIXED: Language.ZH, Language.OTHER: Language.EN}
SPOKEN_ID = {one: spoken.value for one, spoken in SPOKEN.items()}  # looked up a few hundred times an answer


@dataclass(frozen=True, slots=True)
class Texts:
    """The same words in Chinese, English and German; an empty string where one is not known."""

    zh: str = ""
    en: str = ""
    de: str = ""

    def say(self, language: Language) -> str:
        """The words in this language, else in the next best one."""
        return getattr(self, SPOKEN_ID[language]) or self.en or self.zh or self.de

    def __iter__(self) -> Iterator[str]:
        return iter((self.zh, self.en, self.de))


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence that doubles as its id in the catalogues, and what fills its gaps.

    A gap may be filled by a plain value, by `Texts` (said in the reader's language), by another message, or by a
    tuple of these (joined as a list).
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, **params: object) -> Self:
        return cls(text, params)

    def __str__(self) -> str:
        return self.text.format(**{name: _english(value) for name, value in self.params.items()})


def _english(value: object) -> object:
    if isinstance(value, Texts):
        return value.say(Language.EN)
    if isinstance(value, tuple):
        return ", ".join(str(_english(one)) for one in value)
    return value
