"""What all kinds of values share."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from core.identity import mask_text
from rosters.problems import MEANT, Found

BLANKS = re.compile(r"\s+")
INVISIBLE = re.compile(
    r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
APOSTROPHES = "'‘’`´＇"
# What clerks put into a cell that has nothing in it.
PLACEHOLDERS = frozenset({"", "/", "//", "\\", "-", "--", "---", "—", "——", "———", "–", "―", "─", "──", "无"})


LONGEST_PLACEHOLDER = 5
# No date, choice or post is longer; the patterns for them are never let loose on a novel.
LONGEST_VALUE = 100
LONGEST_WORD = 30


@dataclass(frozen=True)
class Kind:
    """How cells of a column become values.

    `compile(header hint)` gives a function raw → (value, Found or None); it is called once a column, the function once
    a cell. `looks` says of a text whether it could be such a value: evidence for what a column holds.
    """

    name: str
    compile: Callable
    looks: Callable | None = None
    # The value of an empty cell: None, or False for yes/no.
    empty: object = None
    # The values it may have: (code, label). `learn(header hint, {word: code, "" for not read})` is `compile` for cells
    # with words that were told; without it a kind cannot learn any.
    options: tuple[tuple[str, str], ...] = ()
    learn: Callable | None = None
    # The name of the row's own place may stand before it: 茶富村党支部书记.
    of_place: bool = False
    # `within(part, header hint, told or None)` is `compile` for cells that stand under a part of the list (村务监督委员会).
    within: Callable | None = None


def remembered(clean):
    """Few different texts stand in such a column, each is judged once."""
    memory = {}

    def recall(raw):
        key = raw if type(raw) is str else (type(raw), str(raw))
        if key not in memory:
            memory[key] = clean(raw)
        return memory[key]

    return recall


def plain_kind(name, clean, looks=None, empty=None):
    """A kind that does not care about the header's hint."""
    return Kind(name, lambda hint="": clean, looks, empty)


def unknown_words(*words):
    """The words to ask about: what could be one, not a sentence and not a number of somebody."""
    return tuple(word for word in words if word and len(word) <= LONGEST_WORD and mask_text(word) == word)


def meant(words, labels):
    """The note at a cell in which `words` {word: code} were read as told; `labels` {code: label}."""
    told = "，".join(
        f"“{word}”按上次的选择当作“{labels.get(code, code)}”" if code else f"“{word}”按上次的选择没有读"
        for word, code in words.items()
    )
    return Found(MEANT, told, tuple(words))


def as_text(raw):
    """A cell as text: numbers without exponent or trailing .0."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, (list, tuple)):
        return "、".join(as_text(part) for part in raw)
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e300 else repr(raw)
    return str(raw)


def squeeze(raw):
    """The text of a cell in NFKC without blanks, invisible marks and a leading apostrophe."""
    text = raw if isinstance(raw, str) else as_text(raw)
    if text.isalnum() and (text.isascii() or unicodedata.is_normalized("NFKC", text)):
        return text  # most cells: letters, digits and Han have nothing to squeeze out
    if not text.isascii():
        text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return BLANKS.sub("", text).strip(APOSTROPHES)


def is_blank(raw):
    """True for an empty cell and for a stroke or 无 in its place."""
    if raw is None:
        return True
    if not isinstance(raw, str) or (len(raw) > LONGEST_PLACEHOLDER and len(raw.strip()) > LONGEST_PLACEHOLDER):
        return False
    return _is_placeholder(raw)


@lru_cache(maxsize=4096)
def _is_placeholder(text):
    return squeeze(text) in PLACEHOLDERS


def quote(text, most=12):
    """What was found, short enough for a message, digits of ID numbers and phones starred."""
    text = BLANKS.sub(" ", as_text(text)).strip()
    text = re.sub(r"\d{7,}[Xx]?", lambda digits: digits[0][:3] + "*" * (len(digits[0]) - 5) + digits[0][-2:], text)
    return f"“{text[:most]}…”" if len(text) > most else f"“{text}”"


def clean_one(kind, raw, hint=""):
    """(value, Found or None) of one cell of that kind."""
    return kind.compile(hint)(raw)
