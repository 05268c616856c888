from itertools import pairwise

import pytest
from hypothesis import given

from matcher.understanding.clauses import clauses, sentences
from tests.unit.matcher.understanding.strategies import any_text


def words(text, cut) -> list[str]:
    return [text[start:end] for start, end in cut(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("我们做激光，不做医疗。需要厂房！", ["我们做激光，不做医疗", "需要厂房"]),
        ("We make lasers. We need space; soon", ["We make lasers", "We need space", "soon"]),
        ("Umsatz ca. 5 Mio. Euro. Wir suchen Räume.", ["Umsatz ca. 5 Mio. Euro", "Wir suchen Räume"]),
        ("Acme Co. Ltd. makes 3.5 kW lasers", ["Acme Co. Ltd. makes 3.5 kW lasers"]),
        ("Wir bauen z. B. Pumpen, d. h. alles. Gut", ["Wir bauen z. B. Pumpen, d. h. alles", "Gut"]),
        ("We make, e.g., pumps. More", ["We make, e.g., pumps", "More"]),
        ("No. 3 runs. Drugs? No. We make pumps", ["No. 3 runs", "Drugs", "No", "We make pumps"]),
        ("Dr. Li kam am 3. März. Alt 19. Drei Leute", ["Dr. Li kam am 3. März", "Alt 19", "Drei Leute"]),
        ("Rohre usw. und mehr usw. Wir bauen", ["Rohre usw. und mehr usw", "Wir bauen"]),
        ("It is 6 m. We ship it", ["It is 6 m", "We ship it"]),
        ("一行\n二行", ["一行", "二行"]),
        ("没有标点的一句话", ["没有标点的一句话"]),
        ("。。！？", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_sentences(text, parts) -> None:
    assert words(text, sentences) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("我们做激光，不做医疗（暂时）。", ["我们做激光", "不做医疗", "暂时"]),
        ("Lasers - not drugs - for cars", ["Lasers", "not drugs", "for cars"]),
        ("five-axis machines", ["five-axis machines"]),
        ("Wir: Laser, keine Pillen", ["Wir", "Laser", "keine Pillen"]),
    ],
)
def test_a_sentence_is_cut_into_clauses(text, parts) -> None:
    assert words(text, clauses) == parts


@pytest.mark.parametrize("cut", [sentences, clauses])
@given(text=any_text)
def test_parts_stand_in_order_apart_from_each_other_and_hold_every_letter(cut, text) -> None:
    parts = cut(text)

    assert all(start < end for start, end in parts)
    assert all(end <= start for (_, end), (start, _) in pairwise(parts))
    assert all(words == words.strip() for words in (text[start:end] for start, end in parts))
    left_out = set(range(len(text))) - {place for start, end in parts for place in range(start, end)}
    assert not any(text[place].isalnum() for place in left_out)


@given(any_text)
def test_a_clause_lies_inside_one_sentence(text) -> None:
    whole = sentences(text)

    assert all(any(start <= first and last <= end for start, end in whole) for first, last in clauses(text))
