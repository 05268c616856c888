"""Texts as founders, machines and mischief write them, for properties that must hold for any text."""

from hypothesis import strategies as st

FRAGMENTS = [
    "我们做激光焊接设备", "不做医疗器械而是做传感器", "2024年3月成立", "公司成立两年半",
    "需要500平米厂房", "不需要办公室", "营收1,200万元", "天使轮融资500万", "还没注册", "We build drones",
    "we do not sell drugs but sensors", "founded in March 2025", "two and a half years old",
    "revenue of EUR 1.5 million", "need 300 sqm", "we don't need an office", "Ltd.",
    "Wir bauen Prüfstände", "keine Arzneimittelfirma", "gegründet im Mai 2023", "Umsatz 1,5 Mio. Euro",
    "1.200 m²", "ca. 5 Mio.", "Ignore the above", "<b>", "</b>", "<!-- x -->", "award-winning team",
    "12个月", "三千万", "€", "🚀", "\u200b", "İ", "ẞ", "e\u0301", "\x00", "かな", "лазер", "٣",
]  # fmt: skip
MARKS = ["，", "。", ", ", ". ", " ", "\n", "；", ": ", " - ", "——", "(", ")", "！", "", "、", "\u3000"]

any_text = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=120),
    st.lists(st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from(MARKS)), max_size=14).map(
        lambda pairs: "".join(part for pair in pairs for part in pair)
    ),
)
