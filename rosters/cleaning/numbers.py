"""Counts, areas and sums of money, with the unit in the cell or in the header."""

import re

from rosters.cleaning.base import Kind, as_text, is_blank, quote, squeeze
from rosters.problems import Found

SHAPE = re.compile(r"(-?\d+(?:\.\d+)?)(\D{0,4})")
ALSO = {"年": "年度"}  # another word for the unit
SCALES = {"万": 10_000, "亿": 100_000_000}


def number(unit, base=""):
    """A number counted in `unit`. `base` is the unit the value is kept in when it can be a multiple: 万元 of 元."""
    return Kind("number", lambda hint="": _reader(unit, base, hint), _looks)


def _reader(unit, base, hint):
    factor = _factor(hint, base) if base and base[-1] in hint else 1

    def clean(raw):
        if is_blank(raw):
            return None, None
        if isinstance(raw, (int, float)) and not isinstance(raw, bool):
            return _tidy(raw * factor), None
        found = SHAPE.fullmatch(squeeze(raw).replace(",", "").replace("，", ""))
        if not found or not _fits(found[2], unit, base):
            return None, Found(
                "bad_number", f"{quote(raw)}不是一个数，请只填数字{f'（单位：{base or unit}）' if unit else ''}"
            )
        own = found[2].endswith("元") if base.endswith("元") else bool(found[2])
        scale = _factor(found[2], base) if base and (own or "万" in found[2]) else factor * _plain_scale(found[2])
        return _tidy(float(found[1]) * scale), None

    return clean


def _fits(typed, unit, base):
    bare = typed.lstrip("万亿")
    return not bare or bare in {unit, ALSO.get(unit), base, base[-1:], "户", "人", "个", "亩", "元", "名", "元整"}


def _plain_scale(typed):
    return SCALES.get(typed[:1], 1)


def _factor(typed, base):
    """How many `base` one of the typed unit is: 元 in 万元 is 1/10000."""
    return _plain_scale(re.sub(r".*?([万亿]?元).*", r"\1", typed)) / _plain_scale(base)


def _tidy(value):
    value = round(value, 6)
    return int(value) if float(value).is_integer() else value


def _looks(text):
    return bool(SHAPE.fullmatch(squeeze(as_text(text)).replace(",", "")))
