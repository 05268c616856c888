import pytest
from hypothesis import given

from matcher.understanding.names import names
from models.reader_store import load_model
from tests.unit.matcher.understanding.strategies import any_text

LEXIS = load_model().lexis
FIELD = {
    "en": "Gas sensors for tunnels.",
    "de": "Drucksensoren und Gassensoren für lange Tunnel, dazu Auswertung.",
    "zh": "做隧道气体传感器。",
}


def found(text) -> list[str]:
    return [text[start:end] for start, end in names(text, LEXIS)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Palewing Aero is a team of nine. {en}", ["Palewing Aero"]),
        ("We are Vantor. {en} Vantor's people are young.", ["Vantor", "Vantor's"]),
        ("{en} At Brightmoor Labs, we never sleep.", ["Brightmoor Labs"]),
        ("Nordhain Robotik entwickelt das. {de} Nordhain wächst.", ["Nordhain Robotik", "Nordhain"]),
        ("{de} Unsere Firma Vexalon ist jung.", ["Vexalon"]),
        ("翼腾科技是一支九人的团队。{zh}翼腾很年轻。", ["翼腾科技", "翼腾"]),
        ("{zh}我们是锐思团队。", ["锐思"]),
    ],
)
def test_every_mention_of_a_name_is_found(text, mentions) -> None:
    assert found(text.format(**FIELD)) == mentions


@pytest.mark.parametrize(
    "text",
    [
        "Laser welding machines are built by us.",
        "Drohnen werden von uns gebaut. Unsere Software ist fertig.",
        "Wir sind Verfahrenstechniker und bauen Pumpen.",
        "激光焊接设备是我们的产品，团队成立于2024年。",
        "我们是一支做激光雷达的团队。",
    ],
)
def test_words_that_tell_a_field_are_no_names(text) -> None:
    assert found(text) == []


def test_where_the_name_alone_tells_the_field_its_known_word_is_kept() -> None:
    assert found("Palewing Robotics is a team.") == ["Palewing"]


@pytest.mark.parametrize(
    ("stated", "text", "mentions"),
    [
        ("Blue Lantern Ltd", "The idea behind Blue Lantern is simple. {en}", ["Blue Lantern"]),
        ("Sensivia", "{en} Write to sensivia or SENSIVIA.", ["sensivia", "SENSIVIA"]),
        ("Steinmarder GmbH", "Mit Steinmarder wird das besser. {de}", ["Steinmarder"]),
        ("苏州云鲸湾科技有限公司", "{zh}有问题请找云鲸湾，谢谢大家。云鲸湾科技很年轻。", ["云鲸湾", "云鲸湾科技"]),
    ],
)
def test_a_stated_name_is_found_wherever_it_stands(stated, text, mentions) -> None:
    whole = text.format(**FIELD)

    assert [whole[start:end] for start, end in names(whole, LEXIS, stated)] == mentions


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        ("Gas Sensors Ltd", "Gas Sensors for tunnels. We build them by hand."),
        ("we build pumps", "First, we build pumps for waste water."),
        ("气体传感器", "做隧道用的气体传感器，能用十年，正在找客户。"),
        ("GmbH", "Eine GmbH in Gründung, die Pumpen baut."),
    ],
)
def test_a_stated_name_that_tells_the_field_hides_nothing(stated, text) -> None:
    assert names(text, LEXIS, stated) == []


@given(any_text)
def test_mentions_stand_in_order_and_apart(text) -> None:
    ends = [0]
    for start, end in names(text, LEXIS):
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)
