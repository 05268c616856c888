"""Descriptions in three languages, written for the tests of reasons and advice; all are invented."""

from datetime import date

from matcher.domain.matches import Answer
from matcher.domain.startups import Description, Stated
from matcher.services.recommend import Query, Recommend

TODAY = date(2026, 11, 24)
TEXTS = (
    "我们做用于肝癌介入治疗的载药微球和微导管，产品正在做型式检验，公司去年三月在苏州注册，现有九人。需要GMP洁净车间约300平方米，以及注册申报方面的帮助。",
    "团队来自高校实验室，做碳化硅纤维增强的陶瓷基复合材料，用在发动机热端部件，还没成立公司，想找有高温炉和力学测试条件的地方。",
    "本公司生产五轴联动加工中心用的高精度电主轴，年销售额两千六百万元，准备扩产，需要承重好的一层厂房四千平米。",
    "我们研发垂直起降物流无人机的飞控系统，样机完成了两百小时试飞，下一步要拿适航证，需要试飞空域。",
    "做社区团购小程序，帮便利店管理库存和配送，注册八个月，五个人，想要办公室和融资。",
    "我们用基因工程酵母生产甜菊糖苷，五吨发酵罐已稳定运行，计划扩产。",
    "We develop a lateral-flow test that detects sepsis from a drop of blood within ten minutes. The company is seven "
    "months old, samples are being run with a hospital. We look for a wet lab and support with the registration.",
    "Two engineers with an idea for reaction wheels and star trackers for cubesats. No company yet. We need a small "
    "clean workshop and a vibration table.",
    "Our firm makes solid-state electrolyte powders for lithium batteries; pilot line running, first paid orders from "
    "two cell makers, Series A closed. Looking for 1,500 square metres with explosion protection.",
    "We sell collaborative welding robots to shipyards. Revenue of 18 million yuan last year, forty staff, moving to "
    "series production.",
    "We build software that plans routes for hospital logistics fleets and predicts delays. Founded five months ago.",
    "We build a hybrid-electric powertrain for nine-seat regional aircraft; ground tests of the generator are done.",
    "Wir entwickeln ein Ultraschall-Reinigungsverfahren für Titanpulver, das im metallischen 3D-Druck wiederverwendet "
    "wird. Die GmbH ist elf Monate alt, ein Prototyp läuft. Wir suchen eine Werkstatt und erste Kunden.",
    "Als Tochter eines Mittelständlers bauen wir hydraulische Spannzylinder für Werkzeugmaschinen und wollen in "
    "Taicang montieren. Gesucht: Halle mit Kran, 2.000 m².",
    "Drei Forscherinnen arbeiten an einem Wirkstoff aus kleinen Molekülen gegen Lungenfibrose; die Firma ist noch "
    "nicht gegründet. Wir brauchen Tierversuche und ein Chemielabor.",
    "Unsere Firma fertigt leichte Sitzschalen aus Faserverbund für Hubschrauber und Flugtaxis, erste Muster sind beim "
    "Kunden im Versuch. Wir brauchen Prüfstände.",
    "Wir stellen Bremsbeläge für Elektroautos her und liefern in Serie.",
    "Wir fräsen und schleifen Turbinenschaufeln für Flugzeugtriebwerke auf eigenen Fünfachsmaschinen.",
)


def ask(recommend: Recommend, text: str, k: int = 100, **stated: object) -> Answer:
    """The whole list, unless said otherwise."""
    description = Description(text=text, stated=Stated(**stated))
    return recommend(Query(description=description, k=k, request_id="own-text"), on=TODAY)
