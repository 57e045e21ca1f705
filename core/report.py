"""Reports that write themselves: an editable text whose placeholders are figures of a date.

A text is data. Its placeholders are found by one pattern and replaced by numbers; nothing in it is ever executed.
A line that begins with # is the title, ## a heading, ### a heading below it, any other a paragraph. A line that begins
with ? is left out while every figure in it is nought, so that nothing is said of what there was not."""

import dataclasses
import re

from core import indicators

PLACEHOLDER = re.compile(r"\{\{([^{}\n]*)\}\}")
LONE = re.compile(r"\{\{|\}\}")
PARTS = {"": "numerator", "应有": "denominator", "占比": "percent", "其余": "missing", "分乡镇": "townships"}
WORDS = ("单位", "时点", "年度")
KINDS = {"###": "subheading", "##": "heading", "#": "title"}
OPTIONAL = ("?", "？")
LONGEST = 50_000  # characters of a text


@dataclasses.dataclass(frozen=True)
class Problem:
    """What is wrong with a text, and where; line and column are counted from 1."""

    line: int
    column: int
    message: str

    def __str__(self):
        return f"第 {self.line} 行第 {self.column} 个字：{self.message}"


@dataclasses.dataclass(frozen=True)
class Piece:
    """A stretch of text; `note` is the number of the note that explains it, None for plain text."""

    text: str
    note: int | None = None


@dataclasses.dataclass(frozen=True)
class Block:
    """A title, heading, subheading or paragraph."""

    kind: str
    pieces: list

    @property
    def text(self):
        return "".join(piece.text for piece in self.pieces)


@dataclasses.dataclass(frozen=True)
class Note:
    """What stands behind a number: the figure, what of it was told, and who or what was counted; `more` were left out."""

    number: int
    figure: indicators.Figure
    part: str
    told: str
    names: list
    count: int

    @property
    def heading(self):
        """What is told, such as 行政村 or 一肩挑的村（占比）."""
        said = next(said for said, part in PARTS.items() if part == self.part)
        return f"{self.figure.label}（{said}）" if said else self.figure.label

    @property
    def unit(self):
        return "%" if self.part == "percent" else self.figure.unit

    @property
    def more(self):
        return self.count - len(self.names)


def problems(text):
    """[Problem] of every placeholder that names no figure, or a part that its figure has not, and of every lone brace."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        for match in PLACEHOLDER.finditer(line):
            if message := _problem(match[1]):
                found.append(Problem(number, match.start() + 1, message))
        left = PLACEHOLDER.sub(lambda match: "　" * len(match[0]), line)
        found += [
            Problem(number, match.start() + 1, f"“{match[0]}”没有配对，占位符请写成 {{{{指标}}}}。")
            for match in LONE.finditer(left)
        ]
    return sorted(found, key=lambda one: (one.line, one.column))


def _problem(inside):
    key, part = _split(inside)
    if key in WORDS and not part:
        return ""
    if key not in indicators.REGISTRY:
        return f"没有“{key}”这个指标，请从占位符表里选。"
    if part not in PARTS:
        return f"“{key}”后面不能写“{part}”，只能写{'、'.join(filter(None, PARTS))}。"
    needed = {"denominator": "denominator", "percent": "missing", "missing": "missing"}.get(PARTS[part])
    if needed and needed not in indicators.get(key).parts:
        return f"指标“{key}”没有{part}，请改用 {{{{{key}}}}}。"
    return ""


def _split(inside):
    key, _, part = inside.partition(":") if ":" in inside else inside.partition("：")
    return key.strip(), part.strip()


def compose(text, user, on, *, words, names=None, code=None):
    """([Block], [Note]) of a text without problems, for the user's division or `code` below it.

    `words` = {单位, 时点, 年度}; a note names at most `names` of those counted, without it nobody is looked up.
    One query per figure and per list."""
    keys = [key for key, _ in _asked(text) if key not in WORDS]
    figures = {figure.key: figure for figure in indicators.board(user, on, code, dict.fromkeys(keys))}
    lines = [line.lstrip("".join(OPTIONAL)) for line in text.splitlines() if _is_said(line, figures)]
    asked = list(dict.fromkeys(one for line in lines for one in _asked(line) if one[0] in figures))
    notes = _notes(asked, figures, user, on, code, names)
    return [_block(line, notes, words) for line in lines], list(notes.values())


def _asked(text):
    """[(key, part)] of every placeholder."""
    return [_split(match[1]) for match in PLACEHOLDER.finditer(text)]


def _is_said(line, figures):
    told = [figures[key].value for key, _ in _asked(line) if key in figures]
    return bool(line.strip()) and (not line.startswith(OPTIONAL) or not told or any(told))


def _notes(asked, figures, user, on, code, names):
    """(key, what was said of it) → Note, in the order in which they are read."""
    spread = list(dict.fromkeys(key for key, said in asked if PARTS[said] == "townships"))
    townships = indicators.board_by_township(user, on, code, spread) if spread else []
    notes = {}
    for number, (key, said) in enumerate(asked, 1):
        part = PARTS[said]
        rows = [] if names is None else _listed(key, part, user, on, code)
        told, shown = _told(figures[key], part, townships), [_name(row) for row in rows[:names]]
        notes[key, said] = Note(number, figures[key], part, told, shown, len(rows))
    return notes


def _listed(key, part, user, on, code):
    """The rows behind a number; of a share those that are not in it."""
    wanted = {"percent": "missing", "townships": "numerator"}.get(part, part)
    return indicators.rows(key, user, on, code, wanted)


def _told(figure, part, townships):
    if figure.value is None:
        return indicators.OF_COUNTY
    if part == "percent":
        return "—" if figure.percent is None else f"{figure.percent:g}%"
    if part == "townships":
        if indicators.get(figure.key).of_county:
            return indicators.OF_COUNTY
        return "、".join(f"{township.name} {_number(own[figure.key].value)}" for township, own in townships) or "—"
    missing = (figure.denominator or 0) - figure.numerator
    return _number({"numerator": figure.value, "denominator": figure.denominator, "missing": missing}[part])


def _number(value):
    return f"{value}" if isinstance(value, int) else f"{value:.6f}".rstrip("0").rstrip(".")


def _name(row):
    """Somebody with their place, a village with its township; how much of them was counted where it is not one each."""
    where = row["where"].replace(" ", "")
    named = where if row["kind"] == "village" else f"{row['label']}（{where}）" if where else row["label"]
    return named if row["amount"] == 1 else f"{named} {_number(row['amount'])}"


def _block(line, notes, words):
    mark = next((mark for mark in KINDS if line.startswith(mark)), "")
    return Block(KINDS.get(mark, "paragraph"), list(_pieces(line[len(mark) :].strip(), notes, words)))


def _pieces(line, notes, words):
    at = 0
    for match in PLACEHOLDER.finditer(line):
        if match.start() > at:
            yield Piece(line[at : match.start()])
        key, part = _split(match[1])
        yield Piece(words[key]) if key in words else Piece(notes[key, part].told, notes[key, part].number)
        at = match.end()
    if at < len(line):
        yield Piece(line[at:])
