import pytest
from hypothesis import given

from matcher.understanding.clauses import clauses
from matcher.understanding.negation import blanked, disclaimed, refused
from tests.unit.matcher.understanding.strategies import any_text


def words(text, find) -> list[str]:
    return [text[start:end].strip() for start, end in find(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("我们不是药企，做的是灌装机", ["我们不是药企"]),
        ("外观像玩具，但与玩具无关", ["但与玩具无关"]),
        ("We make valves, we do not make pumps.", ["we do not make pumps"]),
        ("For all that, we have nothing to do with aviation.", ["we have nothing to do with aviation"]),
        ("Wir bauen Ventile, Pumpen bauen wir nicht.", ["Pumpen bauen wir nicht"]),
        ("Mit Arzneimitteln haben wir nichts mit zu tun", ["Mit Arzneimitteln haben wir nichts mit zu tun"]),
        ("我们做灌装机，需要厂房", []),
        ("We make valves and need a workshop.", []),
        ("Wir bauen Ventile und suchen eine Halle.", []),
    ],
)  # fmt: skip
def test_what_a_startup_is_not_is_found(text, said) -> None:
    assert words(text, disclaimed) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("我们不是药企而是设备商", "我们不是药企"),
        ("We are not a drug maker but a machine builder", "We are not a drug maker"),
        ("Wir sind nicht die Arzneifirma sondern Maschinenbauer", "Wir sind nicht die Arzneifirma"),
    ],
)
def test_what_follows_a_but_rather_is_kept(text, said) -> None:
    assert words(text, disclaimed) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("需要洁净室，办公室不需要", ["办公室不需要"]),
        ("三坐标我们自己有，缺电镜", ["三坐标我们自己有"]),
        ("We need a clean room, we don't need an office", ["we don't need an office"]),
        ("We already have a mill, but an oven is missing", ["We already have a mill"]),
        ("Wir suchen Mieter, Büros brauchen wir nicht", ["Büros brauchen wir nicht"]),
        ("Labor ist vorhanden, gesucht wird eine Halle", ["Labor ist vorhanden"]),
        ("我们需要洁净室", []),
    ],
)
def test_what_is_not_needed_is_found(text, said) -> None:
    assert words(text, refused) == said


@pytest.mark.parametrize("find", [disclaimed, refused])
@given(text=any_text)
def test_what_is_found_lies_in_clauses_in_order(find, text) -> None:
    found, whole = find(text), clauses(text)

    assert found == sorted(found)
    assert all(any(start <= first <= last <= end for start, end in whole) for first, last in found)


@pytest.mark.parametrize("find", [disclaimed, refused])
@given(text=any_text)
def test_blanking_keeps_every_other_offset_true(find, text) -> None:
    spans = find(text)
    blank = blanked(text, spans)

    inside = {place for start, end in spans for place in range(start, end)}
    assert len(blank) == len(text)
    assert all(blank[place] == (" " if place in inside else text[place]) for place in range(len(text)))
