"""Finds what is called a firm in Chinese characters: two to four that stand where a name stands and make no word."""

import re
from collections.abc import Iterator

from matcher.understanding.lexis import Lexis

PLACE = (
    "(?:北京|上海|深圳|广州|苏州|太仓|江苏|浙江|杭州|南京|无锡|常州|昆山|南通|常熟|成都|重庆|武汉|西安|合肥|天津)?市?"
)
TRADE = (
    "(?:航空航天|航空|航天|宇航|空间|科技|智能|智造|技术|医疗|医药|医学|生物|药业|制药|基因|诊断|健康|材料|新材料|新材"
    "|机器人|动力|精密|机械|装备|自动化|电子|微电子|半导体|光电|光学|激光|能源|新能源|环保|环境|化工|软件|信息|数据|网络"
    "|传感|仪器|仪表|科仪|测控|实业|集团|股份|工业|汽车|电气|电力|储能|农业|食品|文化|传媒|物流|检测|系统|创新)"
)
DOES = (
    "(?:是[一家国专由做全]|成立|创立|创办|创建|由[^，。]{1,12}(?:创|发起|成立)|专注|致力|专门|专业|主营|聚焦|深耕|自主|自研|研发|研制|开发"
    "|生产|制造|提供|拥有|位于|坐落|总部|团队|的团队|公司|的(?:产品|创始|技术|核心|想法|理念|愿景|目标|客户|用户|业务|员工|故事|首|第一)|目前|已经?|现有|来自|从事|正在|源于|源自|孵化|诞生"
    "|获得|刚|需要|想[在把要找]|希望|计划|准备)"
)
AT_START = re.compile(
    f'(?:^|[。！？!?；;\n，,“"「（(]|我们|我司|我们公司|本公司|公司|[。！？；]\\s)(?P<name>{PLACE}[\u4e00-\u9fff]{{2,8}}?)(?={DOES})',
    re.MULTILINE,
)
INTRODUCED = re.compile(
    '(?:我们是|我是|我们叫|名叫|名为|名字[叫是]|取名|叫做|叫|品牌是?)[“"「『]?'
    f'(?P<name>{PLACE}[\u4e00-\u9fff]{{2,8}}?)(?=[”"」』。！？；，,\\s]|的|团队|公司|$)'
)
INSIDE = re.compile(f"(?:^|[。！？；，,\\n])在(?P<name>{PLACE}[\u4e00-\u9fff]{{2,8}}?)[，,]我们", re.MULTILINE)
ASKED_FOR = re.compile(
    f"(?:联系|加入|欢迎来到?|选择|支持|认识|相信)(?P<name>{PLACE}[\u4e00-\u9fff]{{2,8}}?)(?=$|[。！？；，,\\s]|的?团队|公司)",
    re.MULTILINE,
)
QUOTED = re.compile('[“「『"](?P<name>[\u4e00-\u9fff]{2,8})[”」』"](?:团队|公司|项目|品牌|这[个支家])')
NO_NAME = re.compile(
    "[的了不没都就着过也很太最尽请别我你他她它这那从但想在被把给已尚无未正又还和与及或某厂店院所一二三四五六七八九十两几单双个每只才再可]"
)
PARTS = re.compile(f"{PLACE}(?P<core>.*?)(?P<trade>{TRADE}{{0,3}})")
PLACE_AT_START = re.compile(f"^{PLACE}")
LONGEST_CORE = 4


def han_names(text: str, lexis: Lexis) -> list[str]:
    """In order of appearance, each once."""
    return list(dict.fromkeys(name for name in _candidates(text) if core_of(name, lexis) is not None))


def core_of(name: str, lexis: Lexis) -> str | None:
    """What is left without place and trade, where that can be nothing but a name; None where it can be a word."""
    core = without_place_and_trade(name)
    if not 2 <= len(core) <= LONGEST_CORE or NO_NAME.search(core) or lexis.is_a_term(name):
        return None
    is_word = lexis.has_seen(core) if core == name else lexis.knows(core)  # a trade beside it says: this is a firm
    return None if is_word else core


def without_place(name: str) -> str:
    """What is left of it without place; the name itself where nothing would be left."""
    return PLACE_AT_START.sub("", name, count=1) or name


def without_place_and_trade(name: str) -> str:
    """What is left of it without place and trade."""
    match = PARTS.fullmatch(name)
    return match["core"] if match else ""


def _candidates(text: str) -> Iterator[str]:
    for pattern in (AT_START, INTRODUCED, INSIDE, ASKED_FOR, QUOTED):
        for match in pattern.finditer(text):
            yield match["name"]
