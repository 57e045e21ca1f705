"""Texts as clerks type them, made comparable: full-width, blanks, the dot in names, pinyin."""

import re
import unicodedata
from functools import lru_cache
from itertools import chain

BLANKS = re.compile(r"\s+")
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Without one of these, and in NFKC already, a text is plain.
ORDINARY = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]+(?: [0-9A-Za-z\u4e00-\u9fff]+)*")  # Han, letters, digits: plain
ODD = re.compile(INVISIBLE.pattern[:-1] + r"\s]")
LONGEST_BY_CHARACTER = 4  # names of more have too many pieces to look for
LONGEST_KEY = 19  # digits; a key is a bigint
NAME_DOTS = re.compile(r"[.．•・‧∙⋅●]")
INNER_QUOTES = str.maketrans("“”", "‘’")
# pypinyin reads these as common words; as surnames they sound otherwise.
SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "曾": "zeng", "朴": "piao", "区": "ou", "盖": "ge", "吕": "lv",
    "任": "ren", "华": "hua", "纪": "ji", "燕": "yan", "乐": "yue", "种": "chong", "翟": "zhai", "尹": "yin", "缪": "miao",
    "覃": "qin", "佴": "nai", "能": "nai", "员": "yun", "贠": "yun", "召": "shao", "黑": "he", "折": "she", "繁": "po",
    "秘": "bi", "冼": "xian", "洗": "xian", "逄": "pang", "隗": "wei", "褚": "chu", "郗": "xi", "过": "guo", "宁": "ning",
    "万俟": "moqi", "尉迟": "yuchi", "长孙": "zhangsun", "令狐": "linghu",
}  # fmt: skip


def plain(text):
    """NFKC, invisible marks removed, runs of blanks made one, ends trimmed."""
    if ORDINARY.fullmatch(text):  # a name, a number, a code: most of all that is asked
        return text
    if unicodedata.is_normalized("NFKC", text) and not ODD.search(text):
        return text
    return BLANKS.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).strip()


def inside_quotes(text):
    """A name as it stands between “ and ”: its own quotes become ‘ and ’ (GB/T 15834)."""
    return text.translate(INNER_QUOTES)


def quoted(name):
    """先进“两委”班子 → “先进‘两委’班子”."""
    return f"“{inside_quotes(str(name))}”"


def tight(text):
    """`plain` without any blank: for headers, ID numbers, names of places."""
    return plain(text).replace(" ", "")


def row_key(text):
    """The key of a row that an address or a form names by `text`; None for what cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_KEY else None


def person_name(text):
    """A name as it is kept: no blanks, the minority-name dot always U+00B7 (民委发〔2016〕33号), rare Han kept as typed."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return NAME_DOTS.sub("·", BLANKS.sub("", text))


@lru_cache(maxsize=10_000)
def lazy_pinyin(name):
    """pypinyin's syllables without tones; its dictionary takes half a second to load, so not before it is needed."""
    from pypinyin import Style
    from pypinyin import lazy_pinyin as read

    if 1 < len(name) <= LONGEST_BY_CHARACTER and _has_no_word(name):
        # What pypinyin ends in as well, after cutting the name into words; a few hundred characters make most names.
        return tuple(chain.from_iterable(map(lazy_pinyin, name)))
    return tuple(read(name, style=Style.NORMAL))


def _has_no_word(name):
    """True when all of it is Han, and no two or more of its characters are a word that pypinyin knows."""
    from pypinyin.constants import PHRASES_DICT, RE_HANS

    starts, length = range(len(name) - 1), len(name) + 1
    pieces = (name[start:end] for start in starts for end in range(start + 2, length))
    return bool(RE_HANS.fullmatch(name)) and not any(piece in PHRASES_DICT for piece in pieces)


@lru_cache(maxsize=4)  # pinyin and initials are asked one after the other
def _syllables(name):
    for length in (2, 1):
        if name[:length] in SURNAMES:
            return (SURNAMES[name[:length]], *lazy_pinyin(name[length:]))
    return lazy_pinyin(name)


def pinyin(name):
    """Pinyin of a name without tones or blanks, surname read as a surname: 单志强 → shanzhiqiang."""
    return "".join(_syllables(name)).lower()


def initials(name):
    """Pinyin initials, one letter a character: 单志强 → szq."""
    first = _syllables(name)
    if name[:2] in SURNAMES:
        first = (*lazy_pinyin(name[:2]), *first[1:])
    return "".join(syllable[:1] for syllable in first).lower()
