"""〃, 同上 and the like: what stands in the cell above, written once."""

# As texts of cells, whole, with the blanks that clerks put around and into them.
_BARE = ("〃", "″", "“", "”", "〞", "〝", '"', "＂", "''", "’’", "′′", "“”", '""', "〃〃", "同上", "同 上", "同　上",
         "同前", "同上行", "同上一行", "同上格", "如上", "上同", "（同上）", "(同上)", "“同上”", "同左", "同 左")  # fmt: skip
MARKS = frozenset(before + mark + after for mark in _BARE for before in ("", " ", "　") for after in ("", " ", "　"))
FROM_THE_LEFT = frozenset(mark for mark in MARKS if "左" in mark)


def is_ditto(raw):
    return isinstance(raw, str) and raw in MARKS


def resolved(cells):
    """The cells of a column from the top down, a mark as what stands above it."""
    above = None
    for cell in cells:
        above = above if is_ditto(cell) else cell
        yield above
