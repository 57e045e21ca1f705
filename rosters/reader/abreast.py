"""Several people in one row: tables printed abreast to save paper, the same headers twice in one row, each with its own
rows below; or a row per village with a group of columns for each post, 党支部书记（姓名、电话）| 村委会主任（姓名、电话）."""

from rosters.reader.grid import Grid
from rosters.reader.words import header_key

WHO = ("name", "village")  # what a row is about
NARROWEST = 2


def split(grid, roster, blocks):
    """The grids of the tables that stand abreast under the first of the header blocks, from left to right; [grid] when
    there is but one."""
    if not blocks:
        return [grid]
    return _groups(grid, roster, blocks[0]) or _repeated(grid, roster, blocks[0]) or [grid]


def _groups(grid, roster, block):
    """A grid per group of columns whose heading tells of those in it what the roster has no column for; the columns that
    are in no group belong to each."""
    names, groups = _names_of(roster, ("name",)), {}
    if not roster.headed or _headed_keys(roster) & set(block.leaf_keys().values()):
        return []
    for column, path in sorted(block.paths.items()):
        if said := next((text for text in path[:-1] if roster.heading(text)), None):
            groups.setdefault(said, []).append(column)
    groups = {text: columns for text, columns in groups.items() if _among(block, columns) & names}
    if len(groups) < 2 or _among(block, set(block.paths).difference(*groups.values())) & names:
        return []
    taken = {column for columns in groups.values() for column in columns}
    shared = [column for column in grid.columns if column not in taken]
    return [
        Grid(grid.sheet, sorted([*shared, *columns]), group=text, own=frozenset(columns))
        for text, columns in groups.items()
    ]


def _headed_keys(roster):
    """The headers of a column for what a heading may tell instead."""
    return {
        header_key(word) for column in roster.columns if column.target == roster.headed for word in column.spellings
    }


def _among(block, columns):
    keys = block.leaf_keys()
    return {keys[column] for column in columns}


def _repeated(grid, roster, block):
    keys = [(column, key) for column, key in sorted(block.leaf_keys().items()) if key]
    texts = [key for _, key in keys]
    width = _period(texts, _names_of(roster))
    if not width:
        return []
    starts = [keys[place][0] for place in range(0, _count(texts, width) * width, width)]
    ends = [*starts[1:], grid.width]
    first = [0, *starts[1:]]  # an empty margin belongs to the first
    return [Grid(grid.sheet, range(start, end)) for start, end in zip(first, ends, strict=True)]


def _names_of(roster, fields=WHO):
    """The headers that tell who or what a row of the roster is about."""
    return {header_key(word) for column in roster.columns if column.field in fields for word in column.spellings}


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
