"""Chooses the pieces that Chinese, English and German text needs."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from tokenizers import Tokenizer

from models.encoder_build.tokenizer import SPECIAL

METASPACE = "▁"
ACCENTED = frozenset("äöüßÄÖÜẞéèêëàâáåçñóòôøœæíìîïúùûýÿÉÈÀÂÅÇÑÓØŒÆÁÍÚ")
HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
GREEK = ((0x391, 0x3C9),)
EMOJI = (0x1F000, 0x1FAFF)
LATIN_EXTENDED, CYRILLIC, KANA = (0x100, 0x24F), (0x400, 0x45F), (0x3041, 0x30FF)
ALONE = (*GREEK, LATIN_EXTENDED, CYRILLIC, KANA, EMOJI)  # of these, only pieces of one character stay
EAST_ASIAN_SIGNS = ((0x3000, 0x303F), (0xFF00, 0xFF60))
OTHER_SCRIPTS_SIGNS = (0x590, 0x1FFF)
BATCH = 20_000
N_COMPOUNDS = 600_000
N_MIXES = 200_000


def choose_pieces(
    tokenizer: Tokenizer, words: dict[str, list[str]], texts: Iterable[str], rng: np.random.Generator
) -> list[int]:
    """Numbers of the pieces to keep, in their old order.

    A piece with Chinese characters or without letters stays, as does a single character; a longer one of Latin
    letters stays when it is seen in running text, in a listed word in one of its casings or places, or in a compound
    made at random.

    Args:
        tokenizer: the full one.
        words: word lists by language, the most frequent first.
        texts: running text.
        rng: draws the compounds.
    """
    seen: set[int] = set()
    samples = _samples(words, texts, rng)
    while batch := list(islice(samples, BATCH)):
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            seen.update(encoding.ids)
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    return [number for piece, number in pieces if _stays(piece, number in seen)]


def _samples(words: dict[str, list[str]], texts: Iterable[str], rng: np.random.Generator) -> Iterator[str]:
    yield from texts
    for language in ("en", "de"):
        for word in words[language]:
            titled, shouted = word.capitalize(), word.upper()
            yield f"{word} {titled} {shouted} -{word} -{titled} -{shouted}"
    yield from words["zh"]
    yield from _compounds([word for word in words["de"] if word.isalpha()], rng)
    latin = [word for word in words["en"] + words["de"] if word.isalnum()]
    for word, number in zip(_draw(latin, N_MIXES, rng), rng.integers(0, 1000, N_MIXES), strict=True):
        yield f"的{word}的{word.capitalize()}{number}的{word.upper()}{number}{word}"


def _compounds(words: list[str], rng: np.random.Generator) -> Iterator[str]:
    links = rng.choice(["", "s", "n", "-"], N_COMPOUNDS, p=[0.55, 0.3, 0.1, 0.05])
    for first, link, last in zip(_draw(words, N_COMPOUNDS, rng), links, _draw(words, N_COMPOUNDS, rng), strict=True):
        yield f"{first.capitalize()}{link}{last} {first}{link}{last}"


def _draw(words: list[str], n_words: int, rng: np.random.Generator) -> Iterator[str]:
    """Words, the frequent ones more often: their rank is the square of an even draw."""
    for rank in (rng.random(n_words) ** 2 * len(words)).astype(int):
        yield words[rank]


def _stays(piece: str, seen: bool) -> bool:
    if piece in SPECIAL:
        return True
    body = piece.strip(METASPACE)
    if len(body) <= 1:
        return all(_is_ours(character) or _within(character, ALONE) for character in body)
    if not all(_is_ours(character) for character in body):
        return False
    without_letters = not any(character.isalpha() for character in body)
    return seen or without_letters or any(_within(character, HAN) for character in body)


def _is_ours(character: str) -> bool:
    """Whether a character belongs to Chinese, English or German text, as a letter, figure or sign."""
    if character.isascii() or character in ACCENTED:
        return True
    if _within(character, HAN) or _within(character, EAST_ASIAN_SIGNS) or _within(character, GREEK):
        return True
    is_sign = unicodedata.category(character)[0] in "PSNZ"
    return is_sign and ord(character) < EMOJI[0] and not _within(character, (OTHER_SCRIPTS_SIGNS,))


def _within(character: str, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(first <= ord(character) <= last for first, last in ranges)
