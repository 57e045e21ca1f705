"""Dates as clerks write them: ISO text out, YYYY-MM when only the month is known."""

import datetime
import re

from rosters.cleaning.base import LONGEST_VALUE, Kind, is_blank, quote, remembered, squeeze
from rosters.problems import Found

TIME = re.compile(r"[T\s]*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*$")
REMARK = re.compile(r"\([^()]*\)$")
# Since then: 2021.03至今, 2021年3月起, 2021.3—, 自2021年3月, 2021年3月当选.
SINCE = re.compile(
    r"^[自从于]|[\-—–~～]{0,2}(至今|以来|起任职|起|当选|换届|上任|到任|任职|任)$|(?<=[\d月日])[\-—–~～]+$"
)
IN_WORDS = re.compile(
    r"([一二三四五六七八九零〇○]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?"
)
WORDS = {word: digit for digit, words in enumerate(("零〇○", *"一二三四五六七八九")) for word in words}
SEPARATED = re.compile(r"(\d{4}|\d{2})[年.\-/。·,、](\d{1,2})(?:[月.\-/。·,、](\d{1,2})日?)?[月日.]?(?:出?生)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
EPOCH = datetime.date(1899, 12, 30)
SERIALS = (10_000, 80_000)
FIRST_YEAR, LAST_YEAR = 1901, 2100
# A two-digit year above this is of the last century.
PIVOT = 30


def clean_date(raw):
    """ISO text of a date cell, a number or a text; None with bad_date when not even the month can be read."""
    if is_blank(raw):
        return None, None
    if isinstance(raw, (datetime.date, datetime.datetime)):
        return raw.isoformat()[:10], None
    value = _parse(squeeze_date(raw)) if isinstance(raw, str) else parse_number(raw)
    return (value, None) if value else (None, Found("bad_date", _message(raw)))


def _parse(text):
    """A squeezed text → ISO, also with what says that it lasts until today, and in words."""
    return parse_text(text) or parse_text(SINCE.sub("", text)) or _in_words(text)


def _in_words(text):
    """二〇二一年三月 → 2021-03."""
    found = IN_WORDS.fullmatch(text)
    if not found:
        return None
    year = "".join(str(WORDS[word]) for word in found[1])
    return _iso(year, *(part and _counted(part) for part in found.groups()[1:]))


def _counted(text):
    """二十三 → 23."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return WORDS[text] if len(text) == 1 else 0
    return (WORDS[tens] if tens else 1) * 10 + (WORDS[ones] if ones else 0) if len(tens) < 2 and len(ones) < 2 else 0


def squeeze_date(raw):
    return REMARK.sub("", squeeze(TIME.sub("", raw))) if len(raw) <= LONGEST_VALUE else ""


def parse_number(number):
    """198506, 19850612, a day number of Excel, or 1985.1, which is October: Excel dropped the 0 of 1985.10."""
    if isinstance(number, float) and not number.is_integer():
        if SERIALS[0] < number < SERIALS[1]:
            return _from_serial(int(number))
        return parse_text(f"{number:.2f}") if abs(number * 100 - round(number * 100)) < 1e-6 else None
    number = int(number)
    if SERIALS[0] < number < SERIALS[1]:
        return _from_serial(number)
    return parse_text(str(number))


def parse_text(text):
    """A squeezed text → ISO, or None."""
    found = SEPARATED.fullmatch(text) or COMPACT.fullmatch(text)
    if found:
        return _iso(*found.groups())
    # In a .csv a day number has lost its type; 19856 is rather a mistyped 1985.6.
    if re.fullmatch(r"[23456]\d{4}", text) and not text.startswith("20"):
        return _from_serial(int(text))
    return None


def _from_serial(number):
    return (EPOCH + datetime.timedelta(days=number)).isoformat()


def _iso(year, month, day):
    year = int(year) if len(year) == 4 else int(year) + (1900 if int(year) > PIVOT else 2000)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        date = datetime.date(year, int(month), int(day or 1))
    except ValueError:
        return None
    return date.isoformat() if day else date.isoformat()[:7]


def _message(raw):
    text = squeeze(raw)[:LONGEST_VALUE]
    if re.fullmatch(r"\d{4}年?", text):
        return f"{quote(raw)}只有年份，请写到月，如 {text[:4]}.06"
    if re.match(r"(\d{4}|\d{2})[年.\-/]\d", text) or re.fullmatch(r"\d{6}|\d{8}", text):
        return f"{quote(raw)}不是一个真实的日期，请改成如 1985.06 或 1985-06-12"
    return f"{quote(raw)}看不出年月，请改成如 1985.06 或 1985-06-12"


def looks_like_date(text):
    return _parse(squeeze_date(text)) is not None


def same_date(typed, exact):
    """True when `typed` (YYYY-MM or a full date) does not contradict the full ISO date `exact`."""
    return exact.startswith(typed)


def later_than(typed, on):
    """True when `typed` is after the date `on`; a month counts from its first day."""
    return (typed if len(typed) == 10 else typed + "-01") > on.isoformat()


date = Kind("date", lambda hint="": remembered(clean_date), looks_like_date)
