"""Invented startups, one for each chain and stage, in the three languages in turns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """A text, with the chain and the stage that it was written for."""

    chain: str
    stage: str
    text: str

    def __str__(self) -> str:
        return f"{self.chain}-{self.stage}"


WRITTEN = (
    Written(
        "equipment",
        "team",
        "我们是三名博士生组成的团队，还没有注册公司，正在用力控算法做协作机器人的打磨末端，目前只有"
        "一台实验室样机。希望找一个能提供工位和机床试用的地方，把第一台工程样机做出来。",
    ),
    Written(
        "equipment",
        "seed",
        "Our company was registered nine months ago and makes compact spindles for five-axis milling "
        "machines. Two prototypes run in our garage; we look for a first workshop, measuring equipment and "
        "seed money.",
    ),
    Written(
        "equipment",
        "incubation",
        "Wir sind seit zwei Jahren eine GmbH und entwickeln Bildverarbeitung, die Fräswerkzeuge in der "
        "Maschine vermisst. Drei Pilotkunden testen unsere Kameras in der Werkzeugmaschine, wir suchen eine "
        "kleine Halle und Hilfe bei der Zertifizierung.",
    ),
    Written(
        "equipment",
        "growth",
        "公司成立五年，生产工业机器人用精密减速器，去年销售收入四千万元，正在扩大客户，需要三千平方"
        "米厂房和机加工设备共享。",
    ),
    Written(
        "equipment",
        "industrial",
        "We have made laser welding machines for battery housings for eleven years, ship 400 units a year and "
        "want to add a plant for volume production with heavy floors and 2 MW of power.",
    ),
    Written(
        "materials",
        "team",
        "Wir sind vier Forscher an der Universität und haben ein Pulver für den Druck von "
        "Siliziumnitrid-Keramik im Labor hergestellt. Eine Firma gibt es noch nicht, wir suchen einen Platz "
        "im Labor und einen Sinterofen.",
    ),
    Written(
        "materials",
        "seed",
        "公司成立十个月，研发用于电子封装的氮化铝陶瓷基板，已经烧结出小样，需要烧结中试线和材料表征，正在找天使投资。",
    ),
    Written(
        "materials",
        "incubation",
        "Founded two years ago, we grow laser crystals for medical lasers and have delivered samples to three "
        "customers. We need crystal growth furnaces, material characterisation and a pilot line.",
    ),
    Written(
        "materials",
        "growth",
        "Seit sechs Jahren fertigen wir keramische Schutzschichten gegen Verschleiß, unser Umsatz verdoppelt "
        "sich jährlich, und wir brauchen eine größere Halle für eine zweite Beschichtungsanlage.",
    ),
    Written(
        "materials",
        "industrial",
        "公司成立十二年，年产特种玻璃两千吨，产品用于光学窗口，准备新建一条规模化生产线，需要两万平"
        "方米厂房和较大的用电容量。",
    ),
    Written(
        "aerospace",
        "team",
        "Three of us at the university are designing a small drone that maps flooded rice fields by radar. "
        "There is no company yet and only one flying model. We need desks and a place where we may fly.",
    ),
    Written(
        "aerospace",
        "seed",
        "Unsere Firma ist acht Monate alt und baut leichte Tragflächen aus Kohlefaser für unbemannte "
        "Flugzeuge. Der erste Prototyp ist geflogen; wir suchen eine Werkstatt und Hilfe bei der "
        "Lufttüchtigkeit.",
    ),
    Written(
        "aerospace",
        "incubation",
        "公司成立两年，研发固定翼无人机的飞控计算机，已经在三家客户处试飞，需要试飞空域、环境振动试验和适航咨询。",
    ),
    Written(
        "aerospace",
        "growth",
        "For five years we have supplied flight-control electronics for cargo drones; sales tripled last year "
        "to 30 million yuan and we need a larger site near an airfield and vibration tests.",
    ),
    Written(
        "aerospace",
        "industrial",
        "Seit vierzehn Jahren fertigen wir Strukturteile aus Titan für Flugzeuge in Serie und wollen ein Werk "
        "mit 8000 Quadratmetern und Zugang zu Luftfahrtkunden bauen.",
    ),
    Written(
        "biomed",
        "team",
        "我们是医院里的两名医生和一名工程师，想把一种可吸收的血管支架做成产品，还没有成立公司，需要"
        "实验室工位和注册方面的辅导。",
    ),
    Written(
        "biomed",
        "seed",
        "Die Firma besteht seit einem Jahr und entwickelt einen Schnelltest für Sepsis aus einem Tropfen "
        "Blut. Wir haben ein Labormuster und suchen ein Labor, Prüfungen für Medizinprodukte und eine erste "
        "Finanzierung.",
    ),
    Written(
        "biomed",
        "incubation",
        "Our two-year-old firm develops an antibody against a rare eye disease; animal studies are under way "
        "and we need a GMP pilot suite, analytical testing and help with the clinical trial application.",
    ),
    Written(
        "biomed",
        "growth",
        "公司成立六年，提供药物临床前研究外包服务，年收入三千五百万元，客户快速增加，需要扩大动物房和实验室面积。",
    ),
    Written(
        "biomed",
        "industrial",
        "We have produced orthopaedic implants for thirteen years, sell 200,000 pieces a year and plan a "
        "second factory with cleanrooms for series production.",
    ),
)
