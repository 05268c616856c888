"""Where the districts of the home city lie to each other: a scheme, drawn by hand and to no scale."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.domain.messages import Texts


@dataclass(frozen=True, slots=True)
class Spot:
    """A district of the scheme: columns go from west to east, rows from north to south."""

    name: Texts
    column: int
    row: int


CITY = "太仓"
N_COLUMNS = 3
PLAN: Mapping[str, Spot] = {  # by the name that records use
    "双凤镇": Spot(Texts("双凤镇", "Shuangfeng Town", "Gemeinde Shuangfeng"), 0, 1),
    "城厢镇": Spot(Texts("城厢镇", "Chengxiang Town", "Gemeinde Chengxiang"), 0, 2),
    "璜泾镇": Spot(Texts("璜泾镇", "Huangjing Town", "Gemeinde Huangjing"), 1, 0),
    "沙溪镇": Spot(Texts("沙溪镇", "Shaxi Town", "Gemeinde Shaxi"), 1, 1),
    "高新区": Spot(Texts("高新区", "High-tech Zone", "Hightech-Zone"), 1, 2),
    "科教新城": Spot(Texts("科教新城", "Science and Education New Town", "Wissenschafts- und Bildungsstadt"), 0, 3),
    "港区": Spot(Texts("港区", "Port Zone", "Hafenzone"), 2, 0),
    "浮桥镇": Spot(Texts("浮桥镇", "Fuqiao Town", "Gemeinde Fuqiao"), 2, 1),
    "浏河镇": Spot(Texts("浏河镇", "Liuhe Town", "Gemeinde Liuhe"), 2, 3),
}  # fmt: skip


PARTS: Mapping[str, Texts] = {  # what records write in brackets behind a district
    "娄江新城": Texts("娄江新城", "Loujiang New Town", "Neustadt Loujiang"),
    "大学科技园": Texts("大学科技园", "university science park", "Universitäts-Wissenschaftspark"),
    "金仓湖": Texts("金仓湖", "Jincang Lake", "Jincang-See"),
}
BEGIN, END = "（", "）"


def district_name(district: str) -> str:
    """Without what stands in brackets behind it: 高新区 of 高新区（娄江新城）."""
    return district.partition(BEGIN)[0]


def district_label(district: str) -> Texts:
    """In three languages as far as the scheme knows it, else as records write it."""
    name, _, rest = district.partition(BEGIN)
    spot = PLAN.get(name)
    label = spot.name if spot else Texts(name, name, name)
    if not rest:
        return label
    part = rest.removesuffix(END)
    within = PARTS.get(part, Texts(part, part, part))
    return Texts(district, f"{label.en} ({within.en})", f"{label.de} ({within.de})")
