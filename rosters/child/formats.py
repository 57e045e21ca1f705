"""Which number formats show a date, and whether they show its day."""

import re

DAY, MONTH = "day", "month"
# ECMA-376 part 1, 18.8.30, with the zh-CN meaning of 27–36 and 50–58, which Excel writes without spelling them out.
BUILTIN = {
    **dict.fromkeys((14, 15, 22, 28, 29, 30, 31, 51, 53, 54, 58), DAY),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), MONTH),
}
QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
GENERAL = re.compile(r"general|g/通用格式", re.IGNORECASE)


def date_kind(code):
    """DAY, MONTH (year and month but no day) or None, for a format code such as yyyy"年"m"月"."""
    bare = GENERAL.sub("", QUOTED.sub("", code.split(";")[0])).lower()
    bare = bare.replace("am/pm", "").replace("a/p", "")
    if re.search(r"[yeg]", bare) and "m" in bare:
        return DAY if "d" in bare else MONTH
    if "m" in bare and "d" in bare:
        return DAY
    return MONTH if "yy" in bare else None


def kind_of(number, codes):
    """The same for a format number; `codes` holds the workbook's own formats."""
    return date_kind(codes[number]) if number in codes else BUILTIN.get(number)
