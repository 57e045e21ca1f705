"""Text files: which encoding, which separator, which records."""

import codecs
import csv
from io import StringIO

from rosters.child.sheet import RawSheet, check_extent
from rosters.child.sniff import not_a_spreadsheet
from rosters.child.values import clean_text

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SEPARATORS = ",\t;|，"
MAX_CELL = 200_000


def decode(content):
    """The text of a file in UTF-8, UTF-16 (with or without mark), GB 18030 (hence GBK and GB 2312)."""
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return _decode(content[len(bom) :], encoding)
    head = content[:4000]
    if b"\x00" in head:
        # Chinese text in UTF-16 has few NULs, but its line ends and commas always have one.
        little = sum(head[index] == 0 for index in range(1, len(head), 2))
        return _decode(content, "utf-16-le" if little * 2 >= head.count(b"\x00") else "utf-16-be")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(content, "gb18030")


def _decode(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        # A file cut off in the middle of a character is still readable up to there.
        if error.start >= len(content) - 4:
            return content[: error.start].decode(encoding)
        raise not_a_spreadsheet("无法识别编码的文件") from None


def separator_of(text):
    """The separator whose number agrees best over the first lines."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:30]
    counts = {mark: [line.count(mark) for line in lines] for mark in SEPARATORS}
    return max(SEPARATORS, key=lambda mark: (sum(1 for number in counts[mark] if number), sum(counts[mark])))


def read(content, limits):
    text = decode(content)
    if text.startswith("sep=") and "\n" in text:
        separator, text = text[4], text.split("\n", 1)[1]
    else:
        separator = separator_of(text)
    csv.field_size_limit(MAX_CELL)
    sheet = RawSheet(None)
    try:
        for number, record in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator)):
            row = [clean_text(value) for value in record]
            while row and row[-1] is None:
                row.pop()
            if row:
                check_extent(number, len(row) - 1, limits)
            sheet.rows.append(row)
    except csv.Error:
        raise not_a_spreadsheet("无法识别的文本") from None
    while sheet.rows and not sheet.rows[-1]:
        sheet.rows.pop()
    return [sheet]
