import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.seed import seed_folder
from matcher.domain.district_names import district_names, folded


@pytest.mark.parametrize(
    ("district", "wish"),
    [
        ("高新区（娄江新城）", "Loujiang New City"),
        ("高新区（娄江新城）", "Loujiang-Neustadt"),
        ("高新区（娄江新城）", "娄江新城"),
        ("高新区（娄江新城）", "loujiang xincheng"),
        ("高新区", "Hi-Tech Zone"),
        ("高新区", "Taicang High-Tech Zone"),
        ("高新区", "太仓高新区"),
        ("科教新城（大学科技园）", "Science and Education New Town"),
        ("科教新城（大学科技园）", "Kejiao Xincheng"),
        ("科教新城", "Wissenschafts- und Bildungsstadt"),
        ("沙溪镇", "Shaxi"),
        ("沙溪镇", "Gemeinde Shaxi"),
        ("沙溪镇", "Shaxi Town, Taicang"),
        ("保税区", "Freihandelszone"),
        ("港区", "port area"),
    ],
)
def test_a_district_is_known_by_its_names_in_four_writings(district, wish) -> None:
    assert any(folded(wish) in name for name in district_names(district, "太仓"))


def test_other_districts_are_not_meant() -> None:
    assert not any("shaxi" in name for name in district_names("双凤镇", "太仓"))
    assert not any("hightechzone" in name for name in district_names("保税区", "太仓"))


def test_a_name_of_unknown_parts_stays_as_it_is() -> None:
    assert district_names("Altstadt", "Ulm") == ("altstadt", "ulmaltstadt")


def test_nearly_all_districts_of_the_registry_have_a_latin_name() -> None:
    rows = (seed_folder() / "carriers.jsonl").read_text(encoding="utf-8").splitlines()
    districts = {row["district"] for row in map(json.loads, rows) if row.get("district")}
    unnamed = {one for one in districts if not any(name.isascii() for name in district_names(one))}

    assert len(unnamed) <= 1


@given(st.text(max_size=30), st.text(max_size=10))
def test_any_text_is_a_name_of_itself(district, city) -> None:
    assert folded(district) in district_names(district, city)
