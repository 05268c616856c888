"""Says messages, terms and lists in one reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.sentences import Sentences
from matcher.domain.messages import Language, Message, Texts
from matcher.domain.registry import Registry


@dataclass(frozen=True, slots=True)
class Voice:
    """The catalogues, the names of things, and the language chosen."""

    sentences: Sentences
    language: Language
    registry: Registry

    def say(self, message: Message) -> str:
        return self.sentences.say(message, self.language)

    def label(self, term_id: str) -> str:
        return self.texts(self.registry.taxonomy.label(term_id))

    def city(self, city: str | None) -> str:
        return self.texts(self.registry.place_name(city))

    def texts(self, texts: Texts) -> str:
        return texts.say(self.language)

    def listed(self, parts: Iterable[str]) -> str:
        return ("、" if self.language.spoken is Language.ZH else ", ").join(parts)

    def named(self, name: Message, value: str) -> str:
        """A name and its value."""
        return self.say(Message.of("{name}: {value}", name=name, value=value))

    def quoted(self, words: Iterable[str]) -> str:
        """Each in this language's quotation marks, as a list."""
        return self.listed(self.say(Message.of("“{words}”", words=one)) for one in words)
