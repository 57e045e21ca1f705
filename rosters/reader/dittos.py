"""A table's marks for “the same as above”, row by row from the top: each as the cell that it stands for."""

from rosters.cleaning import is_blank
from rosters.cleaning.ditto import FROM_THE_LEFT, MARKS, is_ditto

# Two people share a place, a post, a schooling; a name, an ID number or a phone that is the same is another row's slip.
NEVER = frozenset(("name", "id_number", "phone"))


class Dittos:
    """`columns` are what the cells of a row are read as, `indexes` where they stand in `grid`."""

    def __init__(self, grid, indexes, columns):
        self.grid, self.indexes, self.columns = grid, indexes, columns
        self.is_given = bool(grid.sheet.fields)  # such rows have no looks, and lists for cells
        self.above = ()

    def read(self, row):
        """(cells of the row, {field: the mark that stood in its cell}); a mark with nothing to stand for stays."""
        cells, marks = self.grid.downs(row, self.indexes), {}
        if not self.is_given:
            if not MARKS.isdisjoint(cells):
                self._replace(row, cells, marks)
            self.above = cells
        return cells, marks

    def _replace(self, row, cells, marks):
        for place, cell in enumerate(cells):
            column = self.columns[place]
            if not is_ditto(cell) or column.kind.name in NEVER:
                continue
            meant = self._meant(row, place, cell)
            if not is_blank(meant) and not is_ditto(meant):
                cells[place], marks[column.field] = meant, cell.strip()

    def _meant(self, row, place, mark):
        if mark in FROM_THE_LEFT and not self.grid.is_turned:
            return self.grid.down(row, self.indexes[place] - 1) if self.indexes[place] else None
        return self.above[place] if self.above else None
