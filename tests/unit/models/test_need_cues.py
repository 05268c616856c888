import pytest

from models.need_cues import NeedCues
from models.reader_store import load_model

CUES = NeedCues({"site": ["厂房|平米", r"\bhall\b"], "money": ["融资"]})


def test_a_column_is_one_where_a_pattern_is_found() -> None:
    assert CUES.columns("想要厂房").tolist() == [1.0, 0.0]
    assert CUES.columns("a HALL and 融资").tolist() == [1.0, 1.0]
    assert CUES.columns("challenge").tolist() == [0.0, 0.0]


def test_every_place_is_pointed_to() -> None:
    text = "厂房500平米, a hall"

    assert [text[start:end] for start, end in CUES.places(0, text)] == ["厂房", "平米", "hall"]


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("想租500平米厂房", "req.area"),
        ("a hall of 1,200 m²", "req.area"),
        ("eine Halle mit 1.200 m²", "req.area"),
        ("用电500千伏安", "req.power"),
        ("500 kVA supply", "req.power"),
        ("630 kVA Anschlussleistung", "req.power"),
        ("想借三坐标", "cap.cmm"),
        ("access to a CMM", "cap.cmm"),
        ("Zeit im Messraum", "cap.cmm"),
        ("想找天使投资人", "service.financing"),
        ("we look for investors", "service.financing"),
        ("Wir suchen Eigenkapital", "service.financing"),
    ],
)
def test_the_released_cues_find_what_founders_ask_for(text, need) -> None:
    cues = load_model().cues

    assert dict(zip(cues.ids, cues.columns(text), strict=True))[need] == 1
