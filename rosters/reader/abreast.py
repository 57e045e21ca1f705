"""Tables printed abreast to save paper: the same headers twice in one row, each with its own rows below."""

from rosters.reader.grid import Grid
from rosters.reader.words import header_key

WHO = ("name", "village")  # what a row is about
NARROWEST = 2


def split(grid, roster, blocks):
    """The grids of the tables that stand abreast under the first of the header blocks, from left to right; [grid] when
    there is but one."""
    if not blocks:
        return [grid]
    keys = [(column, key) for column, key in sorted(blocks[0].leaf_keys().items()) if key]
    texts = [key for _, key in keys]
    width = _period(texts, _names_of(roster))
    if not width:
        return [grid]
    starts = [keys[place][0] for place in range(0, _count(texts, width) * width, width)]
    ends = [*starts[1:], grid.width]
    first = [0, *starts[1:]]  # an empty margin belongs to the first
    return [Grid(grid.sheet, range(start, end)) for start, end in zip(first, ends, strict=True)]


def _names_of(roster):
    """The headers that tell who or what a row of the roster is about."""
    return {header_key(word) for column in roster.columns if column.field in WHO for word in column.spellings}


def _period(keys, names):
    """After how many headers the same begin again, every one of them and at least once; 0 when they do not."""
    for width in range(NARROWEST, len(keys) // 2 + 1):
        if keys[:width] == keys[width : 2 * width]:
            rest = keys[_count(keys, width) * width :]
            return width if names & set(keys[:width]) and not names & set(rest) else 0
    return 0


def _count(keys, width):
    """How often the first `width` headers stand one after another."""
    count = 1
    while keys[count * width : (count + 1) * width] == keys[:width]:
        count += 1
    return count
