"""Rebuilds the subword tokenizer, full or pruned, from the source's pieces and its table of characters."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from tokenizers import AddedToken, Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Normalizer, Replace
from tokenizers.normalizers import Sequence as Steps
from tokenizers.pre_tokenizers import Metaspace, WhitespaceSplit
from tokenizers.pre_tokenizers import Sequence as Splits
from tokenizers.processors import TemplateProcessing

from models.encoder_build.source import SourceModel

START, PADDING, END, UNKNOWN, MASK = "<s>", "<pad>", "</s>", "<unk>", "<mask>"
SPECIAL = (START, PADDING, END, UNKNOWN, MASK)
STAND_IN = 0xE000  # private characters that carry others past the compatibility normalisation
FIRST_ASTRAL = 0x10000


def build_tokenizer(source: SourceModel, kept: Sequence[int], spelt_out: Mapping[str, str] | None = None) -> Tokenizer:
    """A tokenizer over these pieces of the source, numbered in the order given.

    Args:
        source: the model that the pieces come from.
        kept: the pieces' numbers in the source.
        spelt_out: characters without a piece of their own, and the words that stand in for them.

    Raises:
        ValueError: the first four pieces are not the special ones, whose numbers the model relies on.
    """
    pieces = [(source.pieces[number], float(source.scores[number])) for number in kept]
    if tuple(piece for piece, _ in pieces[:4]) != SPECIAL[:4]:
        raise ValueError(f"the first pieces must be {SPECIAL[:4]}, not {pieces[:4]}")
    tokenizer = Tokenizer(Unigram(pieces, unk_id=SPECIAL.index(UNKNOWN), byte_fallback=False))
    tokenizer.normalizer = _normalizer(source, spelt_out or {})
    tokenizer.pre_tokenizer = Splits([WhitespaceSplit(), Metaspace()])
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL])
    tokenizer.post_processor = TemplateProcessing(
        single=f"{START} $A {END}",
        pair=f"{START} $A {END} {END} $B {END}",
        special_tokens=[(token, tokenizer.token_to_id(token)) for token in (START, END)],
    )
    return tokenizer


def _normalizer(source: SourceModel, spelt_out: Mapping[str, str]) -> Normalizer:
    """Compatibility composition, with the source's exceptions: characters dropped, made a space, or left alone."""
    dropped, spaces = [], []
    for character, becomes in source.character_map.items():
        if not becomes:
            dropped.append(character)
        elif becomes == (ord(" "),):
            spaces.append(character)
    left_alone = [
        ord(piece)
        for piece in source.pieces
        if len(piece) == 1
        and ord(piece) not in source.character_map
        and unicodedata.normalize("NFKC", piece) != piece
        and ord(piece) < FIRST_ASTRAL
    ]
    stand_ins = [(chr(character), chr(STAND_IN + number)) for number, character in enumerate(left_alone)]
    return Steps(
        [
            Replace(Regex(_any_of(dropped)), ""),
            Replace(Regex(_any_of(spaces)), " "),
            *(Replace(character, stand_in) for character, stand_in in stand_ins),
            NFKC(),
            *(Replace(stand_in, character) for character, stand_in in stand_ins),
            *(Replace(character, f" {words} ") for character, words in spelt_out.items()),
        ]
    )


def _any_of(characters: Iterable[int]) -> str:
    return "[" + "".join(f"\\x{{{character:x}}}" for character in sorted(characters)) + "]"
