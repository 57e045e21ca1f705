"""Values out of a list: sex, ethnicity, yes/no, ticks, and vocabularies that apps declare."""

import re

from rosters.cleaning.base import LONGEST_VALUE, Kind, is_blank, meant, quote, remembered, squeeze, unknown_words
from rosters.problems import MEANT, Found

# GB/T 3304-1991, 中国各民族名称.
ETHNICITIES = tuple(
    f"{name}族"
    for name in [
        "汉",
        "蒙古",
        "回",
        "藏",
        "维吾尔",
        "苗",
        "彝",
        "壮",
        "布依",
        "朝鲜",
        "满",
        "侗",
        "瑶",
        "白",
        "土家",
        "哈尼",
        "哈萨克",
        "傣",
        "黎",
        "傈僳",
        "佤",
        "畲",
        "高山",
        "拉祜",
        "水",
        "东乡",
        "纳西",
        "景颇",
        "柯尔克孜",
        "土",
        "达斡尔",
        "仫佬",
        "羌",
        "布朗",
        "撒拉",
        "毛南",
        "仡佬",
        "锡伯",
        "阿昌",
        "普米",
        "塔吉克",
        "怒",
        "乌孜别克",
        "俄罗斯",
        "鄂温克",
        "德昂",
        "保安",
        "裕固",
        "京",
        "塔塔尔",
        "独龙",
        "鄂伦春",
        "赫哲",
        "门巴",
        "珞巴",
        "基诺",
    ]
)
OTHER_ETHNICITIES = {
    "维族": "维吾尔族",
    "维": "维吾尔族",
    "蒙族": "蒙古族",
    "蒙": "蒙古族",
    "哈族": "哈萨克族",
    "朝族": "朝鲜族",
}
SEXES = {
    "男": "male",
    "女": "female",
    "男性": "male",
    "女性": "female",
    "1": "male",
    "2": "female",
    "M": "male",
    "F": "female",
}
YES = frozenset(["√", "✓", "✔", "☑", "∨", "V", "是", "有", "1", "Y", "YES", "对"])
NO = frozenset(
    ["否", "×", "✕", "✗", "✘", "X", "无", "0", "N", "NO", "没有", "未", "不", "不是", "/", "-", "—", "——", "☐", "□"]
) | {""}


def _ethnicity_words():
    words = {name: name for name in ETHNICITIES}
    words.update({name[:-1]: name for name in ETHNICITIES})
    return words | OTHER_ETHNICITIES


ETHNICITY_WORDS = _ethnicity_words()


def choice(name, words, code, expected, strip="", beside=""):
    """A value of a vocabulary {text: value}; `code` and `expected` (what may be written) are for the one that is not.

    `strip` is a pattern of endings that change nothing (毕业, 人才); what `beside` matches at the end is another thing, which is
    not read, and said so.
    """
    ending = re.compile(f"(?:{strip})+$") if strip else None
    other = re.compile(f"{beside}$") if beside else None
    labels = {}
    for word, value in words.items():
        labels.setdefault(value, word)
    # REST and pages give the value itself.
    words = {**{value.upper(): value for value in words.values()}, **words}

    def look_up(text):
        text = squeeze(text).replace("“", "").replace("”", "").replace('"', "").upper()
        if text in words or len(text) > LONGEST_VALUE:
            return words.get(text)
        if other:
            text = other.sub("", text)
        return words.get(ending.sub("", text)) if ending and text not in words else words.get(text)

    def clean(raw):
        value = look_up(raw)  # first: 无 is a word of some vocabularies, and an empty cell everywhere else
        if value is None and is_blank(raw):
            return None, None
        if value is None:
            message = f"{quote(raw)}不在可选范围内，请填写：{expected}"
            return None, Found(code, message, unknown_words(squeeze(raw)))
        return value, _left_out(raw, other) if other and isinstance(raw, str) else None

    return Kind(
        name,
        lambda hint="": remembered(clean),
        lambda text: look_up(text) is not None,
        options=tuple(labels.items()),
        learn=lambda hint, told: remembered(learned(clean, told, labels)),
    )


def _left_out(raw, other):
    """What of a text was not read: what `other` matches at its end."""
    found = other.search(squeeze(raw)) if len(raw) <= LONGEST_VALUE else None
    return Found(MEANT, f"“{found[0].strip('()')}”没有读，请写在自己的一列里") if found and found[0] else None


def learned(clean, told, labels, values=None, skipped=None):
    """`clean` that also knows the words in `told` {word: code}; `values` {code: value} where the two differ."""

    def clean_told(raw):
        value, found = clean(raw)
        word = squeeze(raw) if found else None
        code = told.get(word)
        if code is None or (code and code not in labels):
            return value, found
        return (values or {}).get(code, code) if code else skipped, meant({word: code}, labels)

    return clean_told


sex = choice("sex", SEXES, "unknown_sex", "男或女")
ethnicity = choice("ethnicity", ETHNICITY_WORDS, "unknown_ethnicity", "民族全称，如汉族、畲族")
ANSWERS = {"yes": "是", "no": "否"}


def yes_no_as(yes=(), no=(), name="yes_no"):
    """Yes or no; `yes` and `no` are what a column's own words for them are (毕业, 在读)."""
    positive, negative = YES | set(yes), NO | set(no)

    def looks(text):
        text = squeeze(text).upper()
        return text in positive or text in negative

    def clean(raw):
        text = squeeze(raw).upper()
        if text in positive or text in negative:
            return text in positive, None
        message = f"{quote(raw)}看不出是或否，请填“是”或“否”（或打√、留空）"
        return None, Found("unknown_yes_no", message, unknown_words(text))

    return Kind(
        name,
        lambda hint="": remembered(clean),
        looks,
        empty=False,
        options=tuple(ANSWERS.items()),
        learn=lambda hint, told: learned(clean, told, ANSWERS, {"yes": True, "no": False}, skipped=False),
    )


yes_no = yes_no_as()
tick = yes_no_as(name="tick")
