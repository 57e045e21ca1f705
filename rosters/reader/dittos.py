"""A table's marks for “the same as above”, and villages that are written once for all rows below: row by row from the top,
each cell as the one that it stands for."""

from rosters.cleaning import is_blank, squeeze
from rosters.cleaning.ditto import FROM_THE_LEFT, MARKS, is_ditto

# Two people share a place, a post, a schooling; a name, an ID number or a phone that is the same is another row's slip.
NEVER = frozenset(("name", "id_number", "phone"))
PLACES = ("village", "township")
FEWEST_GROUPS = 2
PASSED_OVER = frozenset(("blank", "repeated_header", "repeated_title"))


class Dittos:
    """`columns` are what the cells of a row are read as, `indexes` where they stand in the table's grid; `ignored` are the
    rows of the sheet that are no data, {row: reason}."""

    def __init__(self, roster, table, indexes, columns, ignored):
        self.grid, self.indexes, self.columns, self.ignored = table.grid, indexes, columns, ignored
        self.above, self.before, self.once = (), None, ()
        self.read = (
            self._given if self.grid.sheet.fields else self._read
        )  # given rows have lists for cells, and no looks
        if roster.village_required and not self.grid.sheet.fields:
            rows = [data.index for data in table.rows]
            self.once = [place for place in range(len(columns)) if self._is_once(place, rows)]

    def _given(self, row):
        return self.grid.downs(row, self.indexes), {}

    def _read(self, row):
        """(cells of the row, {field: the mark that stood in its cell}); a mark with nothing to stand for stays."""
        cells, marks = self.grid.downs(row, self.indexes), {}
        if not MARKS.isdisjoint(cells):
            self._replace(row, cells, marks)
        for place in self.once:
            if is_blank(cells[place]) and self.above and self._goes_on(self.before, row):
                cells[place], marks[self.columns[place].field] = self.above[place], ""
        self.above, self.before = cells, row
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

    def _is_once(self, place, rows):
        """A column of places in which each is written in its first row only: no name twice, and several with blanks below."""
        if self.columns[place].field not in PLACES:
            return False
        index, names, groups, name, before = self.indexes[place], set(), set(), None, None
        for row in rows:
            cell = self.grid.down(row, index)
            if is_blank(cell):
                if name is None:
                    return False
                if self._goes_on(before, row):
                    groups.add(name)
            elif not self.grid.is_merged_down(row, index):
                name = squeeze(cell)
                if name in names:
                    return False
                names.add(name)
            before = row
        return len(groups) >= FEWEST_GROUPS

    def _goes_on(self, before, row):
        """Nothing but page breaks stands between two rows."""
        return all(self.ignored.get(between) in PASSED_OVER for between in range(before + 1, row))
