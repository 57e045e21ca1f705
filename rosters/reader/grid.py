"""The cells of one sheet with its merges; hidden columns are not there at all."""

from functools import cached_property

from rosters.cleaning import as_text, squeeze


class Grid:
    """`raw` is the cell itself, `down` what a vertical merge makes of it, `spread` what any merge makes of it."""

    def __init__(self, sheet, part=None, group="", own=frozenset()):
        """`part`: the columns of one of several tables that stand abreast; `group`: the heading over those of them, `own`,
        that the other tables have not."""
        self.sheet, self.group, self.own = sheet, group, own
        self.is_turned = sheet.shape == "turned"
        self.rows = sheet.rows
        self.height = len(sheet.rows)
        self.width = max((len(row) for row in sheet.rows), default=0)
        columns = range(self.width) if part is None else part
        self.columns = [column for column in columns if column not in sheet.hidden_columns]
        self._visible = set(self.columns)
        self._anchor, self.spans = self._index_merges()

    def _index_merges(self):
        anchors, spans = {}, {}
        for top, left, bottom, right in self.sheet.merges:
            bottom, right = min(bottom, self.height - 1), min(right, self.width - 1)
            if top > bottom or left > right or (top, left) == (bottom, right):
                continue
            spans[top, left] = (bottom, right)
            if self.raw(top, left) is None or (bottom - top + 1) * (right - left + 1) > 200_000:
                continue
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    anchors[row, column] = (top, left)
        return anchors, spans

    def raw(self, row, column):
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def spread(self, row, column):
        top, left = self._anchor.get((row, column), (row, column))
        return self.raw(top, left)

    def down(self, row, column):
        """The cell's value, or that of the vertical merge it lies in; a merge across gives its value to its first column."""
        anchor = self._anchor.get((row, column)) if self._anchor else None
        if anchor and anchor[1] == column:
            return self.raw(*anchor)
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def downs(self, row, columns):
        """The same for several columns."""
        if self._anchor:
            return [self.down(row, column) for column in columns]
        cells = self.rows[row]
        width = len(cells)
        return [cells[column] if column < width else None for column in columns]

    def is_merged_down(self, row, column):
        """True when a merge that began above covers the cell."""
        anchor = self._anchor.get((row, column))
        return anchor is not None and anchor[0] < row

    def area(self, row, column):
        """(top, left, bottom, right) of the merge the cell lies in, or of the cell alone."""
        anchor = self._anchor.get((row, column))
        return (*anchor, *self.spans[anchor]) if anchor else (row, column, row, column)

    def across(self, row, column):
        """How many columns the merge that begins at the cell covers."""
        return self.spans[row, column][1] - column + 1 if (row, column) in self.spans else 1

    def bottom(self, row, column):
        """The last row of the merge the cell lies in."""
        anchor = self._anchor.get((row, column))
        return self.spans[anchor][0] if anchor else row

    @cached_property
    def filled(self):
        """Row by row the visible cells that have content: [(column, raw)]."""
        return [
            [(column, cell) for column, cell in enumerate(row) if cell is not None and column in self._visible]
            for row in self.rows
        ]

    def texts(self, row):
        """[(column, squeezed text)] of the row's visible cells with content."""
        return [(column, squeeze(as_text(cell))) for column, cell in self.filled[row]]
