"""The views of one text that the reader's parts look at: without noise, without disclaimers, without refusals."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.messages import Language
from matcher.understanding.ages import company_age
from matcher.understanding.amounts import amounts
from matcher.understanding.clauses import Offsets, clauses, sentences
from matcher.understanding.language import detect_language
from matcher.understanding.lexis import Lexis
from matcher.understanding.markup import Unset
from matcher.understanding.negation import blanked, disclaimed, refused
from matcher.understanding.noise import noise
from matcher.understanding.signals import Signals
from matcher.understanding.tokens import fold

BETWEEN_SENTENCES = ". "
SHOUTED_FROM, SHOUTED_SHARE = 20, 0.8  # letters, and the share of capitals among them


@dataclass(frozen=True, slots=True)
class TextView:
    """All views have the length of the text, so that offsets agree."""

    unset: Unset  # the text, and where it stands in the original
    clean: str  # noise blanked: words to the system, praise, markup, the firm's name
    language: Language
    field_text: str  # disclaimers blanked: "we do not make machines" is no evidence of machines
    need_text: str  # refusals blanked
    clauses: list[Offsets]  # of the field text
    encoded_text: str  # the field text's sentences in a fixed order: who reorders sentences changes no vector
    encoded_clauses: list[Offsets]  # the same clauses, in the same order, where they stand in the encoded text
    signals: Signals

    @classmethod
    def of(
        cls,
        text: str,
        on: date,
        lexis: Lexis | None = None,
        also_noise: Sequence[Offsets] = (),
        name: str | None = None,
    ) -> "TextView":
        """Ages are counted up to `on`; without a lexis, names and praise are told by their form alone.

        Args:
            text: the original.
            on: today.
            lexis: what is known.
            also_noise: places in the text without its marks that are known to say nothing.
            name: what the firm says it is called.
        """
        unset = Unset.of(text)
        text = unset.text
        clean = quieted(blanked(text, noise(text, lexis, also_noise, name)))
        field_text = blanked(clean, disclaimed(clean))
        field_text = field_text if field_text.strip() else clean
        of_field = _not_blank(field_text, clauses(clean))
        encoded_text, encoded_clauses = in_fixed_order(field_text, _not_blank(field_text, sentences(clean)), of_field)
        return cls(
            unset=unset,
            clean=clean,
            language=detect_language(clean),
            field_text=field_text,
            need_text=blanked(clean, refused(clean)),
            clauses=of_field,
            encoded_text=encoded_text,
            encoded_clauses=encoded_clauses,
            signals=Signals(company_age(clean, on), amounts(clean)),
        )

    @property
    def text(self) -> str:
        """Without the marks that set it."""
        return self.unset.text


def _not_blank(text: str, places: Sequence[Offsets]) -> list[Offsets]:
    return [(start, end) for start, end in places if any(map(str.isalnum, text[start:end]))]


def in_fixed_order(text: str, of_text: Sequence[Offsets], of_sentences: Sequence[Offsets]) -> tuple[str, list[Offsets]]:
    """The sentences in the order of the alphabet, and where their clauses stand then."""
    places = sorted(of_text, key=lambda place: (text[place[0] : place[1]], place))
    pieces, moved_by, end = [], {}, 0
    for first, last in places:
        moved_by[first] = end - first
        pieces.append(text[first:last])
        end += last - first + len(BETWEEN_SENTENCES)
    starts = sorted(moved_by)
    moved = []
    for first, last in of_sentences:
        shift = moved_by[starts[max(0, bisect_right(starts, first) - 1)]] if starts else 0
        moved.append((first + shift, last + shift))
    return BETWEEN_SENTENCES.join(pieces) or text, moved


def quieted(text: str) -> str:
    """The text in small letters if it is written in capitals: the encoder knows words as they are usually written."""
    latin = [character for character in text if character.isalpha() and character.lower() != character.upper()]
    is_shouted = len(latin) >= SHOUTED_FROM and sum(map(str.isupper, latin)) >= SHOUTED_SHARE * len(latin)
    return fold(text) if is_shouted else text
