"""Free text: one line, or several."""

import re

from rosters.cleaning.base import as_text, is_blank, plain_kind

RUNS = re.compile(r"[ \t\xa0\u3000]+")
LINE_ENDS = re.compile(r"[ \t\xa0\u3000]*\n[ \t\xa0\u3000]*")
# An apostrophe before these only kept the spreadsheet from reading a formula.
KEPT_FROM_FORMULA = re.compile(r"^'(?=[=+\-@])")


def clean_line(raw):
    """Text on one line; a line break was only for the width of the column."""
    if is_blank(raw):
        return None, None
    return _unquoted(RUNS.sub(" ", as_text(raw).replace("\n", "")).strip()), None


def clean_free_text(raw):
    """Text whose line breaks are the clerk's own."""
    if is_blank(raw):
        return None, None
    return _unquoted(LINE_ENDS.sub("\n", RUNS.sub(" ", as_text(raw))).strip()), None


def _unquoted(text):
    return KEPT_FROM_FORMULA.sub("", text)


line = plain_kind("text", clean_line)
free_text = plain_kind("free_text", clean_free_text)
