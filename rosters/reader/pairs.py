"""The labels of a form with their values: beside them, or in the same cell."""

from dataclasses import dataclass, replace

from rosters.cleaning import is_blank
from rosters.reader import frame
from rosters.reader.evidence import is_data_like
from rosters.reader.inline import parts_of
from rosters.reader.labels import key_of
from rosters.reader.words import header_key

ANOTHER = "另一处"  # before a label that a form has twice: the first of them counts


@dataclass(frozen=True, slots=True)
class Pair:
    """A label, in `column`, and its value, in the cell `place` (row, column). Of several in one cell it is the `part`-th,
    0 for the only one, with `head` before the value. `group` is the label before it that has no value of its own."""

    text: str
    column: int
    place: tuple
    value: object
    group: str = ""
    part: int | None = None
    head: str = ""
    is_known: bool = True

    @property
    def key(self):
        return header_key(self.text)


def pairs_of(grid, rows, columns, words, known):
    """[Pair] of a part of a sheet; a row of labels over a table of its own (家庭成员) is none of it. Labels that nobody knows
    count where they stand like the others."""
    found, in_table = [], False
    for row in rows:
        line, is_header = _pairs_of_row(grid, row, columns, words, known)
        if not grid.filled[row] or any(pair.is_known and not is_blank(pair.value) for pair in line):
            in_table = False
        found += [pair for pair in line if pair.is_known or not in_table]
        in_table = in_table or is_header
    return list(_like_the_known(grid, found))


def _like_the_known(grid, pairs):
    """Without unknown labels above the first that is known, in other columns, or in the lines below a form."""
    first = next((pair.place[0] for pair in pairs if pair.is_known), 0)
    lefts = {pair.column for pair in pairs if pair.is_known and pair.part is None}
    for pair in pairs:
        stands = pair.part is not None or pair.column in lefts
        if pair.is_known or (pair.place[0] >= first and stands and not _is_frame(grid, pair)):
            yield pair


def _is_frame(grid, pair):
    texts = grid.texts(pair.place[0])
    return frame.SIGNATURE.match(f"{pair.key}：") or (pair.part is None and frame.is_footnote(texts))


def each_once(pairs):
    """The same with each label once, the first of them; the further ones under another name."""
    found, others = {}, []
    for pair in pairs:
        key = pair.key if pair.key not in found or not pair.group else f"{pair.group}{pair.key}"
        if key not in found:
            found[key] = pair if key == pair.key else replace(pair, text=key)
        elif not is_blank(pair.value) and pair.value != found[key].value:
            others.append(replace(pair, text=f"{ANOTHER}{pair.text}", is_known=False))
    return [*found.values(), *others]


def _pairs_of_row(grid, row, columns, words, known):
    """([Pair], True for the header of a table within the form)"""
    line, unknown, group, lone, column = [], [], "", 0, columns.start
    while column < columns.stop:
        text, beside = grid.raw(row, column), column + grid.across(row, column)
        if parts := parts_of(text, known):
            line += _parts(parts, row, column)
            group, column = "", beside
            continue
        if not _is_label(text, words) or beside >= columns.stop:
            if beside < columns.stop and _may_be_label(text):
                unknown.append(_pair(grid, row, column, beside))
            column = beside
            continue
        pair = _pair(grid, row, column, beside, group)
        if is_blank(pair.value) and words.weight(text) < 1:  # mere likeness: a value like 带动农户30户, or 村党组织意见
            column = beside
            continue
        if isinstance(pair.value, str) and words.weight(pair.value) == 1:
            group, lone, column = pair.key, lone + 1, beside
            continue
        line.append(pair)
        group, column = "", beside + grid.across(*pair.place)
    if lone >= 2:
        return [], True
    taken = {pair.place for pair in line}
    unknown = [pair for pair in unknown if (row, pair.column) not in taken and pair.place not in taken]
    unknown = [pair for pair in unknown if _is_told(pair, words, line)]
    return sorted([*line, *(replace(pair, is_known=False) for pair in unknown)], key=lambda pair: pair.place), False


def _pair(grid, row, column, beside, group=""):
    place = grid.area(row, beside)[:2]
    return Pair(grid.raw(row, column), column, place, grid.raw(*place), group)


def _parts(parts, row, column):
    for number, part in enumerate(parts, 1):
        count = number if len(parts) > 1 else 0
        yield Pair(part.label, column, (row, column), part.value, "", count, part.head, bool(part.key))


def _is_label(text, words):
    return isinstance(text, str) and words.weight(text) > 0


def _may_be_label(text):
    return len(key_of(text) or "") > 1 and not is_data_like(text) and not frame.SENTENCE.search(text)


def _is_told(pair, words, line):
    """A label that nobody knows has a value beside it, which is no label, or stands in a row with known ones."""
    if is_blank(pair.value):
        return bool(line)
    return not (isinstance(pair.value, str) and words.weight(pair.value) == 1)
