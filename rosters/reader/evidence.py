"""What a cell's text looks like, whatever its header says: the shapes that only data has."""

import re

from rosters.cleaning import as_text, squeeze

ID_LIKE = re.compile(r"\d{15,19}[\dXx]?|\d(\.\d+)?[Ee]\+1\d")
ID_NUMBER = re.compile(r"\d{17}[\dXx]")
PHONE_LIKE = re.compile(r"1\d[\d\-]{8,12}|0\d{2,3}-?\d{7,8}")
DATE_LIKE = re.compile(r"(19|20)?\d{2}[.年\-/]\d{1,2}([.月\-/]\d{0,2})?[月日]?|(19|20)\d{4}(\d\d)?")
SINGLE = frozenset(["男", "女", "√", "✓", "×", "是", "否", "无", "汉", "汉族", "/", "-", "—"])

NAMING = frozenset(["男", "女", "汉", "汉族", "是", "否"])  # values that also stand below a group: 性别 over 男 and 女


def is_id_like(raw):
    """True for what could be an ID number as text."""
    return isinstance(raw, str) and bool(ID_NUMBER.fullmatch(squeeze(raw)))


def is_plainly_data(raw):
    """The quick half of `is_data_like`: what needs no pattern."""
    return not isinstance(raw, str) or raw in SINGLE or raw.replace(".", "").isdigit()


def is_data_like(raw):
    """True for an ID number, a phone, a date, a number, a sex, a tick: never a header."""
    if raw is None:
        return False
    if not isinstance(raw, str):
        return True
    text = squeeze(as_text(raw))
    if len(text) > 40:
        return False
    return text in SINGLE or bool(ID_LIKE.fullmatch(text) or PHONE_LIKE.fullmatch(text) or DATE_LIKE.fullmatch(text))


def may_name_a_column(raw):
    """True for a value that is a word, such as 男: below a group's merge it names a column to be ticked."""
    return isinstance(raw, str) and squeeze(raw) in NAMING
