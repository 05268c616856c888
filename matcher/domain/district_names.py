"""Names of districts, which records give in Chinese alone, as people write them in English, German and pinyin."""

import re
from functools import lru_cache
from itertools import product

# Kinds of district: each in pinyin, English and German.
KINDS = {
    "高新区": "gaoxinqu, high-tech zone, hi-tech zone, high-tech district, hightech-zone, hochtechnologiezone",
    "经济开发区": "jingji kaifaqu, economic development zone, wirtschaftsentwicklungszone",
    "经开区": "jingkaiqu, economic development zone, wirtschaftsentwicklungszone",
    "保税区": "baoshuiqu, bonded zone, free trade zone, freihandelszone, zollfreizone",
    "工业园区": "gongye yuanqu, industrial park, industriepark",
    "大学科技园": "daxue kejiyuan, university science park, universitätspark, universitäts-wissenschaftspark",
    "航空港实验区": "hangkonggang shiyanqu, airport economy zone, flughafenzone",
    "航天基地": "hangtian jidi, aerospace base, raumfahrtzone, raumfahrtbasis",
    "科学城": "kexuecheng, science city, wissenschaftsstadt",
    "科技城": "kejicheng, science and technology city, sci-tech city, wissenschaftsstadt, technologiestadt",
    "新城": "xincheng, new city, new town, neustadt, neue stadt, stadt",
    "新区": "xinqu, new area, new district, neuer bezirk, neues gebiet",
    "港区": "gangqu, port area, port zone, harbour zone, hafengebiet, hafenzone",
    "街道": "jiedao, subdistrict, street, straßenviertel",
    "镇": "zhen, town, stadt, gemeinde",
    "区": "qu, district, bezirk, stadtbezirk",
}
# Proper names, and words that stand before a kind.
STEMS = {
    "科教": "kejiao, science and education, science & education, sci-edu, wissenschafts- und bildungs",
    "生态科技": "shengtai keji, eco-tech, ecological science and technology, öko-technologie",
    "未来": "weilai, future, zukunfts", "东南": "dongnan, southeast, südost", "太湖": "taihu, taihu lake, taihu-",
    "西太湖": "xitaihu, west taihu, west-taihu",
    "淀山湖": "dianshanhu, dianshan lake", "金仓湖": "jincanghu, jincang lake",
    "杭州湾": "hangzhouwan, hangzhou bay, hangzhou-bucht", "娄江": "loujiang", "沙溪": "shaxi", "双凤": "shuangfeng",
    "城厢": "chengxiang", "浏河": "liuhe", "浮桥": "fuqiao", "璜泾": "huangjing", "陆渡": "ludu", "浦东": "pudong",
    "新吴": "xinwu", "金水": "jinshui", "相城": "xiangcheng", "栖霞": "qixia", "惠山": "huishan", "闵行": "minhang",
    "郑东": "zhengdong", "张浦": "zhangpu", "阎良": "yanliang", "钟楼": "zhonglou", "金坛": "jintan",
    "荥阳": "xingyang",    "黄埭": "huangdai", "溧水": "lishui", "洪山": "hongshan", "沧浪": "canglang",
    "江宁": "jiangning", "江北": "jiangbei",    "武进": "wujin", "前洲": "qianzhou", "徐汇": "xuhui",
    "宿城": "sucheng", "嘉定": "jiading", "临港": "lingang",
    "太仓": "taicang", "昆山": "kunshan", "苏州": "suzhou", "宁波": "ningbo",
}  # fmt: skip
KNOWN = {word: tuple(names.split(", ")) for word, names in (KINDS | STEMS).items()}
PIECE = re.compile("|".join(sorted(KNOWN, key=len, reverse=True)))
MARKS = re.compile(r"[\W_]+")


def folded(name: str) -> str:
    """Without marks, spaces and case: "High-Tech Zone" is "hightechzone"."""
    return MARKS.sub("", name.casefold())


@lru_cache(maxsize=1024)
def district_names(district: str, city: str = "") -> tuple[str, ...]:
    """All ways to write it, folded, alone and with the city.

    A name in brackets is one of its own. Where a part is not known, that name is left in Chinese.
    """
    parts = [part for part in re.split("[（）()]", district) if part]
    found = [district]
    for name in (*parts, *(f"{city}{part}" for part in parts)):
        pieces = PIECE.findall(name)
        if "".join(pieces) == name:
            found += [part for words in product(*(KNOWN[piece] for piece in pieces)) for part in _orders(words)]
        found.append(name)
    return tuple(dict.fromkeys(map(folded, found)))


def _orders(words: tuple[str, ...]) -> tuple[str, ...]:
    """As in "Shaxi Town", in "Gemeinde Shaxi", and in "Shaxi Town, Taicang"."""
    return tuple(" ".join(each) for each in (words, (words[-1], *words[:-1]), (*words[1:], words[0])))
