"""Labels and values in one cell, 姓名：张三  性别：男, as text from a document is pasted in."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rosters.reader.words import header_key

COLON = re.compile(r"[:：]")
LONGEST_LABEL = 24
LONGEST_UNKNOWN = 10
# What ends a value beside the next label: blanks, the signs of a list, the lines to write on, the number or mark of the label.
AROUND = " \t\r\n\u3000\xa0_＿;；,，、|/／"
NUMBER = re.compile(r"(?:^|(?<=[\s;；。，,]))[(（]?[\d一二三四五六七八九十]{1,2}[、.．)）]\s*$|[*★☆●■□◆◇※▲△]+\s*$")
# A label that nobody knows: where a line begins or after a wide gap; after any blank where the value before it ends there.
UNKNOWN = re.compile(r"(?:^|\n|[ \t\xa0]{2,}|[\u3000;；])[ \t\u3000\xa0]*([^\W\d_][^\W\d_]{1,9})$")
UNKNOWN_NEXT = re.compile(r"\s([^\W\d_]{2,10})$")


@dataclass(frozen=True, slots=True)
class Part:
    """A label with its value; `head` is what stands before the value in the cell, `key` is "" for a label nobody knows."""

    label: str
    key: str
    head: str
    value: str


def parts_of(cell, known):
    """[Part] of a cell from left to right; [] where no label that is `known` stands in it with something behind it."""
    if type(cell) is not str or ("：" not in cell and ":" not in cell):
        return []
    starts, floor = [], 0  # (where the label begins, its key, where it ends, where its value begins)
    for colon in COLON.finditer(cell):
        found = _label(cell, floor, colon.start(), known, starts)
        if found:
            starts.append((*found, colon.start(), colon.end()))
            floor = colon.end()
    if not any(key for _, key, *_ in starts):
        return []
    ends = [start for start, *_ in starts[1:]] + [len(cell)]
    parts = [_part(cell, start, end) for start, end in zip(starts, ends, strict=True)]
    return parts if len(parts) > 1 or parts[0].value else []


def _part(cell, start, end):
    first, key, label_end, value_from = start
    value_at = value_from
    while value_at < end and cell[value_at] in AROUND:
        value_at += 1
    if value_at == end:
        value_at = value_from
    label = NUMBER.sub("", cell[first:label_end]) if key else cell[first:label_end]
    return Part(" ".join(label.split()), key, cell[first:value_at], cell[value_at:end].rstrip(AROUND))


def _label(cell, floor, end, known, before):
    """(where the label that ends at `end` begins, its key); None when there is none."""
    for start in range(max(floor, end - LONGEST_LABEL), end):
        if start and (cell[start - 1].isalpha() or not cell[start].isalpha()):
            continue
        if (key := _key(cell[start:end])) in known:
            number = NUMBER.search(cell, floor, start)
            return (number.start() if number else start), key
    if before and (start := _joined(cell, floor, end, known, before[-1][1])):
        return start, _key(cell[start:end])
    stretch = cell[floor:end]
    closed = before and _ends(before[-1][1], known)
    found = UNKNOWN.search(stretch) or (UNKNOWN_NEXT.search(stretch) if closed else None)
    if not found or (found.start() == 0 and floor):
        return None
    return floor + found.start(1), ""


def _joined(cell, floor, end, known, key):
    """Where a label begins that stands right behind the value of the label `key`, 张三性别: what is cut off is such a value."""
    column = known.get(key)
    if column is None or column.kind.looks is None:
        return None
    value = cell[floor:end].lstrip(AROUND)
    first = end - len(value)
    starts = (start for start in range(first + 1, end - 1) if _key(cell[start:end]) in known)
    return next((start for start in starts if column.kind.looks(cell[first:start])), None)


def _ends(key, known):
    """A value of that label is one word: what comes after a blank is no more of it."""
    column = known.get(key)
    return column is not None and column.kind.looks is not None


_key = lru_cache(maxsize=4096)(header_key)
