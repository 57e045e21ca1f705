"""Finds header blocks: one to three rows, by how well they fit known headers and how the cells change below them."""

import re
from dataclasses import dataclass

from rosters.cleaning import as_text, squeeze
from rosters.reader.evidence import is_data_like, is_id_like, is_plainly_data, may_name_a_column
from rosters.reader.words import header_key

MOST_ROWS = 4
MOST_LENGTH = 60
GROUP_LENGTH = 12
# What stands above a header but is no group of it: 填报单位：…, 2024年6月, 寨里镇党委（盖章）.
FRAME = re.compile(
    r"[:：\d]|盖章|公章|填报|填表|制表|上报|年.{0,4}月|附件|表$|名册|名单|汇总|(镇|乡|街道)(党委|政府)|委员会$"
)
LOOK_BELOW = 4
MOST_DATA = 0.2


@dataclass(frozen=True)
class Block:
    """Rows `first` to `last` are a header; `paths` gives per column its texts from the group down."""

    first: int
    last: int
    paths: dict

    def leaf_keys(self):
        return {column: header_key(path[-1]) for column, path in self.paths.items()}


def find_blocks(grid, words):
    """All header blocks of a sheet from top to bottom, repeated ones included."""
    blocks, row = [], 0
    while row < grid.height:
        if is_header_row(grid, row, words):
            first, last = extend(grid, row, words)
            if blocks:
                first = max(first, blocks[-1].last + 1)
            blocks.append(Block(first, last, paths(grid, first, last)))
            row = last + 1
        else:
            row += 1
    return blocks or find_by_change(grid, words) or without_header(grid)


def is_header_row(grid, row, words):
    """Short texts of which several are known headers; a row with data in it only if known ones prevail by far."""
    cells = grid.filled[row]
    if len(cells) < 2 or _is_mostly_data(cells):
        return False
    if any(isinstance(cell, str) and len(cell) > MOST_LENGTH for _, cell in cells):
        return False
    weights = [words.weight(cell) if isinstance(cell, str) else 0.0 for _, cell in cells]
    known, score = sum(1 for weight in weights if weight == 1.0), sum(weights)
    if not known:
        return False
    data = sum(1 for _, cell in cells if is_data_like(cell))
    if data:
        return known >= 3 and score >= 0.6 * len(cells) and data <= MOST_DATA * len(cells)
    if score >= 3 and score >= 0.2 * len(cells):
        return True
    return (score >= 1.6 and score >= 0.4 * len(cells) and _data_below(grid, row) >= 1) or _two_of_two(known, cells)


def _is_mostly_data(cells):
    """True as soon as more of the cells than a header may have are data at first sight: nearly every row of a sheet."""
    left = int(MOST_DATA * len(cells))
    for _, cell in cells:
        if is_plainly_data(cell):
            if not left:
                return True
            left -= 1
    return False


def _two_of_two(known, cells):
    return known >= 2 and known == len(cells)


def _data_below(grid, row):
    """In how many of the row's columns data begins within the next rows."""
    columns = {column for column, _ in grid.filled[row]}
    found = set()
    for below in range(row + 1, min(row + 1 + LOOK_BELOW, grid.height)):
        found.update(column for column, cell in grid.filled[below] if column in columns and is_data_like(cell))
    return len(found)


def find_by_change(grid, words):
    """For headers nobody has seen: the first row of several short texts without data, below which data begins."""
    for row in range(min(grid.height - 1, 30)):
        cells = grid.filled[row]
        texts = [cell for _, cell in cells if isinstance(cell, str) and len(cell) <= 20]
        is_plain = len(cells) >= 3 and len(texts) == len(cells) and not any(is_data_like(cell) for cell in texts)
        if is_plain and _data_below(grid, row) >= max(2, len(cells) // 4):
            first, last = extend(grid, row, words)
            return [Block(first, last, paths(grid, first, last))]
    return []


def without_header(grid):
    """Data from the first row on: an empty header above the first ID number that stands in its column."""
    for row in range(min(grid.height, 30)):
        for column, cell in grid.filled[row]:
            if is_id_like(cell) and any(is_id_like(grid.raw(below, column)) for below in range(row + 1, grid.height)):
                return [Block(row, row - 1, {})]
    return []


def extend(grid, row, words):
    """The block around a header row: group rows above it, leaf rows below it."""
    first = last = row
    while first > 0 and last - first + 1 < MOST_ROWS and _belongs_above(grid, first):
        first -= 1
    while last + 1 < grid.height and last - first + 1 < MOST_ROWS and _belongs_below(grid, first, last, words):
        last += 1
    return first, last


def _belongs_above(grid, first):
    """The row above reaches into the header by a merge, or holds nothing but names of groups."""
    above = first - 1
    cells = grid.filled[above]
    if not cells:
        return False
    if any(
        grid.bottom(above, column) >= first and grid.across(above, column) < len(grid.columns) for column, _ in cells
    ):
        return True
    return len(cells) >= 2 and all(_is_group(grid, above, column, cell) for column, cell in cells)


def _is_group(grid, row, column, cell):
    text = squeeze(as_text(cell))
    return grid.across(row, column) > 1 and len(text) <= GROUP_LENGTH and not FRAME.search(text)


def _belongs_below(grid, first, last, words):
    """The row below is covered by the header's merges, or fills only the places that the header left open."""
    below = last + 1
    cells = grid.filled[below]
    if any(len(as_text(cell)) > MOST_LENGTH for _, cell in cells):
        return False
    values = [cell for _, cell in cells if is_data_like(cell)]
    if any(grid.is_merged_down(below, column) and _anchored(grid, below, column, first) for column in grid.columns):
        return all(may_name_a_column(cell) for cell in values)
    if values:
        return False
    # A merge across half the sheet is a sub-heading, not a header.
    if len(cells) < 2 or any(grid.across(below, column) > len(grid.columns) // 2 for column, _ in cells):
        return False
    return _fills_what_was_open(grid, first, last, words, cells)


def _fills_what_was_open(grid, first, last, words, cells):
    """Without merges (.csv): leaves stand below names of groups, nothing stands below a header that is complete."""
    opened = 0
    for column, cell in cells:
        if _is_open(grid, first, last, column):
            opened += 1
        elif words.weight(cell) < 1 and words.weight(_lowest(grid, first, last, column)) == 1:
            return False
    return opened >= 1


def _lowest(grid, first, last, column):
    """The text nearest above the end of the header in that column."""
    texts = [grid.raw(row, column) for row in range(last, first - 1, -1)]
    return next(text for text in texts if text is not None)


def _anchored(grid, row, column, first):
    """The merge that covers the cell began in the header."""
    top = row
    while top > 0 and grid.is_merged_down(top, column):
        top -= 1
    return top >= first


def _is_open(grid, first, last, column):
    """Nothing stands in the header at that column yet, or only a group's name that spans further columns."""
    for row in range(last, first - 1, -1):
        if grid.raw(row, column) is not None:
            right = column + grid.across(row, column)
            has_free_neighbour = right < grid.width and grid.spread(row, right) is None
            return grid.across(row, column) > 1 or has_free_neighbour
    return True


def paths(grid, first, last):
    """{column: texts from the group down}; a group's name also reaches over the open cells to its right."""
    found = {}
    for column in grid.columns:
        texts = []
        for row in range(first, last + 1):
            text = grid.spread(row, column)
            if text is None and row < last:
                text = _from_left(grid, row, last, column)
            if text is not None and (not texts or header_key(text) != header_key(texts[-1])):
                texts.append(as_text(text))
        if texts:
            found[column] = tuple(texts)
    return found


def _from_left(grid, row, last, column):
    """The unmerged group name to the left, when both columns have their own text below."""
    if not _has_text_below(grid, row, last, column):
        return None
    for left in range(column - 1, -1, -1):
        text = grid.spread(row, left)
        if text is not None:
            unmerged = grid.across(row, left) == 1 and not grid.is_merged_down(row + 1, left)
            return (
                text
                if unmerged and grid.spread(row, left) == grid.raw(row, left) and _has_text_below(grid, row, last, left)
                else None
            )
        if not _has_text_below(grid, row, last, left):
            return None
    return None


def _has_text_below(grid, row, last, column):
    return any(grid.raw(below, column) is not None for below in range(row + 1, last + 1))
