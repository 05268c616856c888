"""Sentences in three languages."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from api.pages.templating import words_of
from api.sentences import Sentences
from matcher.domain.messages import Language, Message, Texts

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "At least {limit} of {names}."
msgstr "Mindestens {limit} von {names}."

msgid "a part"
msgstr "ein Teil"
"""


@pytest.fixture
def sentences(tmp_path: Path) -> Sentences:
    (tmp_path / "de.po").write_text(CATALOGUE, encoding="utf-8")
    return Sentences.load(tmp_path)


def test_a_sentence_is_said_in_the_readers_language_with_its_way_to_write_numbers(sentences: Sentences) -> None:
    message = Message.of("At least {limit} of {names}.", limit=20_000.5, names=(Texts(de="Räume"), Message("a part")))

    assert sentences.say(message, Language.DE) == "Mindestens 20.000,5 von Räume, ein Teil."
    assert sentences.say(message, Language.EN) == "At least 20,000.5 of Räume, a part."


def test_a_sentence_without_a_translation_is_said_in_english(sentences: Sentences) -> None:
    assert sentences.say(Message("Hello."), Language.DE) == "Hello."
    assert sentences.say(Message("a part"), Language.ZH) == "a part"


def test_a_list_is_joined_and_a_date_written_as_the_language_does(sentences: Sentences) -> None:
    message = Message.of("{names} {on}", names=("甲", "乙"), on=date(2026, 11, 2))

    assert sentences.say(message, Language.ZH) == "甲、乙 2026年11月2日"
    assert sentences.say(message, Language.EN) == "甲, 乙 November 2, 2026"


def test_a_moment_falls_on_the_day_that_it_is_where_the_reader_lives() -> None:
    late = datetime(2026, 11, 25, 20, 5, tzinfo=UTC)
    home = Sentences(zone=ZoneInfo("Asia/Shanghai"))

    assert home.say(Message.of("{on}", on=late), Language.ZH) == "2026年11月26日"
    assert Sentences().say(Message.of("{on}", on=late), Language.DE) == "25. November 2026"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.ZH, "2026年11月26日 04:05"),
        (Language.EN, "Nov 26, 2026, 4:05\u202fAM"),
        (Language.DE, "26.11.2026, 04:05"),
    ],
)
def test_a_page_tells_a_moment_to_the_minute_in_the_time_of_its_readers(language, said) -> None:
    words = words_of(language, Sentences(zone=ZoneInfo("Asia/Shanghai")))

    assert words["moment"](datetime(2026, 11, 25, 20, 5, 59, tzinfo=UTC)) == said
    assert words["day"](datetime(2026, 11, 25, 20, 5, tzinfo=UTC)) != words["day"](date(2026, 11, 25))


def test_words_in_a_gap_are_not_read_as_gaps(sentences: Sentences) -> None:
    assert sentences.say(Message.of("{value}!", value="{limit} {0} {"), Language.ZH) == "{limit} {0} {!"


def test_a_mixed_text_is_answered_in_chinese_and_an_unknown_language_in_english() -> None:
    sentences = Sentences({Language.ZH: {"Hello.": "你好。"}})

    assert sentences.say(Message("Hello."), Language.MIXED) == "你好。"
    assert sentences.say(Message("Hello."), Language.OTHER) == "Hello."


def test_a_translation_with_other_gaps_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zh.po").write_text('msgid "At {place}"\nmsgstr "在{city}"\n', encoding="utf-8")

    with pytest.raises(ValueError, match="other gaps"):
        Sentences.load(tmp_path)


def test_the_released_catalogues_can_be_read() -> None:
    assert set(Sentences.load().catalogues) == {Language.ZH, Language.DE}
