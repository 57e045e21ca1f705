"""What of a workbook is ours when it comes back. Imported by the reading child process: no Django, no openpyxl here."""

# The column that we add to a clerk's own workbook, and the document property that says which upload it came from.
COLUMN = "问题/建议"
PROPERTY = "xiangcai"


def elsewhere(label, text):
    """What is said of a correction that has no cell to be put into."""
    return f"{label}已在系统页面上改为“{text}”，请在表里也改过来"


def without_our_column(rows):
    """The rows of a sheet without what stands in and below a heading of our own."""
    cleared, found = set(), []
    for row in rows:
        if COLUMN in row:
            cleared.update(index for index, cell in enumerate(row) if cell == COLUMN)
        found.append([None if index in cleared else cell for index, cell in enumerate(row)] if cleared else row)
    return found
