"""The order of names is the one in which a reader of the language looks them up."""

import pytest

from matcher.domain.messages import Language
from matcher.domain.name_order import name_key


def ordered(names, language) -> list[str]:
    return sorted(names, key=lambda name: name_key(name, language))


def test_common_chinese_characters_stand_by_pinyin() -> None:
    by_pinyin = ["常州", "昆山", "南京", "苏州", "太仓", "无锡", "张家港"]  # chang, kun, nan, su, tai, wu, zhang

    assert ordered(reversed(by_pinyin), Language.ZH) == by_pinyin
    assert sorted(by_pinyin) != by_pinyin  # code points would give another order


def test_latin_letters_stand_before_and_rare_characters_after_the_common_ones() -> None:
    names = ["AI创新园", "太仓", "浏河", "㐀园"]  # ASCII, common, less common, in no table

    assert ordered(reversed(names), Language.ZH) == names


@pytest.mark.parametrize("language", [Language.EN, Language.DE])
def test_accents_and_capitals_do_not_part_names(language) -> None:
    names = ["Ärzte-Labor", "atelier", "Über-Labor", "Werkstatt", "太仓"]

    assert ordered(reversed(names), language) == names
    assert name_key("Straße", language) == name_key("STRASSE", language)
